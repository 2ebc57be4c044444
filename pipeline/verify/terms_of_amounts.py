"""Rows of `pipeline.verify.terms`. What is counted, priced and scored: the words that stand beside figures."""

from __future__ import annotations

ROWS = """
가치 몸값 = valu valuat worth
조달 유치 = rais secur fund
지분 = share stake
매각 팔았 팔아 팔린 = sold sell sale
지금 오늘 현재 = today now$ current
마케팅 = market
현실 = reality real$
레이아웃 = layout
차트 = chart
서식 = format
원래 본래 = original
운임 = fare
환불 돌려주 돌려받 = refund return
이자 = interest
수수료 = fee
할인 = discount
할인가 = discount
턴 = turn
문항 = question problem
언어 = language
대역폭 = bandwidth
주간 매주 = week
월간 매월 매달 = month
일간 매일 하루 = day$ days daily
연간 매년 = annual year
총 = total overall
활성 = activ
팔로워 = follower
다운로드 내려받 = download
조회 시청 = view
처음 초기 첫 = initial first start begin origin
정답 = correct accura right
통과 = pass$ passed passes
크레딧 = credit
실제 = actual real$
확보 = secur
상위 = top$
원본 = original
사양 = spec
코어 = core$ cores
수명 = lifetim
대기 = wait queue
이상치 = outlier
여름 = summer
겨울 = winter
봄 = spring
가을 = fall$ autumn
"""
