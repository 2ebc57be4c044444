"""Korean words of AI news and their English stems, for comparing a Korean bullet with an English item.

One concept a line: Korean stems, ``=``, English stems. A stem stands for every word that begins with it and goes on for
at most six letters; ``$`` ends a word that must stand alone. Words of two are written joined: ``opensource`` is ``open
source`` and ``open-source`` too. Korean stems are found anywhere in a word, longest first. Written for this program.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

TERMS = """
출시 선보 내놓 내놨 발매 = releas launch unveil ship$ shipp introduc debut rollout rollsout roll$
공개 발표 = releas launch unveil announc introduc reveal publish publicly disclos share$ sharing present drop$ open$
소개 = introduc present unveil announc showcas propos
배포 = deploy distribut rollout releas ship$ shipp
유출 = leak
삭제 제거 = remov delet drop$ strip eliminat
추가 = add$ adds added adding addition extra more$
도입 = introduc adopt bring implement
지원 = support compatib enabl back$ backed
제공 = provid offer giv$ gives availab serv$ serves served suppl
이용 사용 활용 쓰이 쓸 쓰는 = us$ use used user uses using usage utiliz leverag emplo appl$ apply adopt
적용 = appl$ apply applie applicat adopt
구현 = implement build$ built
개발 = develop build$ built creat engineer
구축 = build$ built construct creat establish
제작 만든 만들 만드 = build$ built creat make$ makes made making craft develop produc
생성 = generat creat produc
설계 = design architect
개선 향상 = improv better enhanc boost upgrad increas refin gain
최적화 = optimi
강화 = strengthen reinforc enhanc bolster harden boost
확장 = expand extend extension scal exten
확대 = expand extend increas scal grow widen enlarg
축소 = shrink reduc downsiz cut$ cuts smaller
감소 줄이 줄여 줄었 줄어 줄인 = reduc decreas lower cut$ cuts drop$ drops dropp less$ shrink slash sav declin
낮추 낮춰 낮췄 = reduc decreas lower cut$ cuts drop$ drops dropp less$ slash
증가 늘리 늘려 늘었 늘어 높이 높여 높였 높인 = increas rais grow more$ higher boost expand doubl up$ rise rising
상승 오르 올랐 = rise rising rose increas gain climb surg up$ higher
하락 떨어 = fall$ fell drop declin decreas degrad down$ lower worse
저하 = degrad declin worse drop deteriorat reduc
성장 = grow growth
급증 급등 = surg spik soar skyrocket jump
비교 = compar versus vs$ against
능가 앞서 앞선 앞섰 = outperform beat surpass exceed outpac overtak better best$ top$ tops ahead lead
넘어서 제치 제쳤 뛰어넘 웃도 = outperform beat surpass exceed outpac overtak better top$ tops
뒤처 뒤지 밀리 못미 = lag behind underperform trail worse lose los$ lost
우수 뛰어 탁월 = superior strong excel better best$ outstand impress great outperform good
달성 기록 = achiev reach hit$ hits attain record scor set$ sets post$
도달 = reach hit$ hits achiev attain
돌파 = surpass exceed break broke cross$ pass$ reach hit$ hits
성공 = succe success
실패 = fail
문제 이슈 = problem issue troubl bug$ bugs concern challeng difficult
해결 고치 고쳐 = solv resolv fix address
수정 = fix modif correct chang edit patch revis
오류 에러 = error bug fault fail crash
버그 = bug
결함 = flaw defect bug vulnerab
취약 = vulnerab weak exploit
공격 = attack exploit adversar
보안 = secur
안전 = safe
위험 = risk danger hazard harm
위협 = threat
우려 걱정 = concern worr fear alarm caution doubt
비판 비난 = critic slam blast condemn backlash
논란 논쟁 = controvers debat disput backlash drama argu
논의 토론 = discuss debat talk$ talks explor convers
의견 = opinion view$ views comment thought feedback
주장 = claim argu alleg assert contend suggest
지적 = point$ points pointed not$ note$ noted notes critici highlight
언급 = mention not$ note$ noted notes say$ said stat$ stated refer
설명 = explain describ explan detail descript
강조 = emphasi stress highlight underscor
제안 = propos suggest recommend offer
요청 = request ask$ asks asked ask
질문 = question ask query inquir
답변 응답 대답 답하 = answer respon repl
보고 = report
공유 = shar
경고 = warn caution alert
권장 추천 = recommend suggest advis
예상 예측 전망 = predict expect forecast anticipat project$ projected outlook estimat
추정 = estimat speculat guess
평가 = evaluat assess eval$ evals judg rat$ rate rated rating review benchmark
벤치마크 벤치마킹 = benchmark
시험 테스트 = test trial exam
실험 = experiment trial test
측정 = measur metric
검증 = verif validat check
분석 = analy
연구 = research study studie paper
논문 = paper arxiv
조사 = survey investigat study research poll
발견 = discover find$ finds found finding
확인 = confirm verif check$ checked find$ found see$
증명 입증 = prov$ prove proved proof demonstrat show$
시연 데모 = demo demonstrat showcas
모델 = model
언어모델 = languagemodel llm$ llms
학습 훈련 = train learn pretrain
사전학습 = pretrain pretraining
미세조정 파인튜닝 = finetun tun$ tuned tuning
강화학습 = reinforcementlearn rl$ rlhf grpo ppo
증류 = distill distil
정렬 = align sort
추론 = inferen reason think
사고 생각 = think thought reason
양자화 = quanti gguf gptq awq
압축 = compress
병합 = merg
가중치 = weight
매개변수 파라미터 = paramet
토큰 = token
토크나이저 = tokeniz
임베딩 = embed
어텐션 = attention
문맥 컨텍스트 맥락 = context
길이 = length long
창 윈도 = window
프롬프트 = prompt
환각 = hallucinat
데이터셋 데이터세트 = dataset
데이터 = data
합성 = synthe
라벨 주석 = label annotat
표본 샘플 = sampl
말뭉치 코퍼스 = corpus corpora
지식 = knowledg
검색 = search retriev rag$
인용 = cit$ cite cited citation quot
번역 = translat
요약 = summar recap
대화 = chat convers dialog
챗봇 = chatbot chat
에이전트 = agent
도구 = tool
함수 = function
호출 = call invo
기능 = featur function capabilit
능력 역량 = capabilit abilit skill capac
기술 = tech technolog techni skill
기법 = techni method approach
방법 방식 = method approach way$ ways mean$ means techni manner
접근 = access approach
구조 = structur architect
아키텍처 = architect
프레임워크 = framework
라이브러리 = librar packag
패키지 = packag
플랫폼 = platform
서비스 = servic
제품 = product
앱 애플리케이션 응용 = app$ apps applicat
소프트웨어 = software
하드웨어 = hardwar
반도체 칩 = chip semiconduct
그래픽 = graphic gpu$ gpus
메모리 = memor vram ram$
기억 = memor remember recall
저장 = stor$ store stored storage sav
저장소 = repositor repo$ repos github
캐시 캐싱 = cach
서버 = server
클라우드 = cloud
클러스터 = cluster
데이터센터 = datacenter datacentre
전력 = power energ electric
에너지 = energ
속도 = speed fast rate$ rates latenc throughput tps$
빠르 빠른 빨라 신속 가속 = fast quick speed rapid accelerat
느리 느린 느려 = slow
지연 = latenc delay lag
처리량 = throughput
처리 = process handl treat
병렬 = parallel
동시 = concurren simultan same$ sametime parallel
실시간 = realtime live$
로컬 = local
기기 장치 디바이스 = device
모바일 스마트폰 휴대 = mobile phone smartphone
브라우저 = brows
웹 = web
코드 = code$ codes coding codebas
코딩 프로그래밍 = coding code$ programm
커널 = kernel
컴파일 = compil
라이선스 = licens
오픈소스 = opensourc opensourced oss$
오픈웨이트 공개가중치 = openweight
무료 = free$
유료 = paid$ pay$ paying
가격 요금 = price pricing cost fee$ fees
비용 = cost expens price pricing spend
저렴 값싼 싸 = cheap affordab inexpens lower low$
비싸 비싼 = expens costly pric
구독 = subscri
투자 = invest fund
자금 = fund rais money capital
매출 수익 = revenue sales earn income arr$ profit
기업가치 = valuat
인수 = acqui buy$ buys bought purchas
합병 = merg
상장 = ipo$ public$
협력 제휴 파트너 = partner collaborat cooperat alliance
계약 = contract deal$ deals agreement
경쟁 = compet rival
대회 경연 = competit contest challeng hackathon
상금 = prize award reward
수상 = award prize win$ won
기업 회사 업체 = compan firm$ firms startup enterpris busines vendor
스타트업 = startup
직원 = employee staff worker
채용 고용 = hir$ hire hiring recruit job$ jobs employ
해고 감원 = layoff laidoff fire$ fired firing
사임 퇴사 떠나 떠났 = resign leav$ leave left$ depart quit$ exit
합류 = join
설립 창업 = found$ founded founding founder establish start$
대표 = ceo$ chief represent
연구원 연구자 연구진 = research scientist author
엔지니어 = engineer
개발자 = develop
커뮤니티 = communit
사용자 이용자 회원 = user member
고객 = customer client
기업용 = enterpris busines
정부 = governm
규제 = regulat rule$ rules
법 법안 = law$ laws bill$ legal legislat act$
소송 = lawsuit sue$ sued suing litigat legal
저작권 = copyright
정책 = polic
금지 = ban$ bans banned prohibit block forbid
제한 = limit restrict cap$ constrain
한계 = limit
허용 = allow permit enabl let$ lets
허가 승인 = approv permit authoriz grant
가능 = possib abl$ able capab can$ enabl allow feasib
불가능 = impossib cannot unable
필요 = need requir necess
중요 = import key$ crucial critical significan essential vital major
핵심 = key$ core$ central main$
복잡 = complex complicat
간단 단순 = simpl eas$ easy easily
쉽 쉬운 쉬워 = eas$ easy easier easily simpl
어렵 어려 = hard$ harder difficult challeng tough struggl
효율 = efficien
효과 = effect
정확 = accura precis exact correct
품질 = qualit
성능 = perform
점수 = scor point elo$
순위 = rank leaderboard place$ order
리더보드 = leaderboard
최고 = best$ top$ highest state sota$ record max
최첨단 최신 = stateoftheart sota$ latest newest frontier cuttingedge recent new$
최초 = first$
신규 새로 새 = new$ newly novel fresh
기존 = exist previous prior current tradition
이전 = previous prior before earlier old$
향후 앞으로 미래 = futur upcom soon$ next$ plan
계획 예정 = plan schedul upcom will$ intend
목표 = goal aim target objectiv
결과 = result outcome
원인 이유 = cause reason because why$
차이 = differ gap
관계 = relat
영향 = impact affect effect influenc
변화 바뀌 바꾸 변경 = chang shift switch transform alter replac
전환 = switch transit convert shift transfer mov
이전하 이동 = migrat mov transfer
교체 대체 = replac swap substitut alternativ
통합 = integrat unif merg combin
결합 조합 = combin mix merg joint
분리 = separat split decoupl isolat
연결 = connect link
구성 = config compos consist setup
설정 = setting config setup set$
설치 = instal
실행 구동 돌리 돌릴 = run$ runs running execut ran$ launch operat
작동 동작 = work$ works working function operat behav run$
중단 중지 = stop halt discontinu suspend paus shut
종료 = end$ ends ended shut shutdown clos terminat finish
시작 개시 = start begin began launch kick
완료 완성 = complet finish done$
진행 = progress ongoing proceed conduct run$
유지 = maintain keep$ keeps remain retain preserv
보존 = preserv retain
복구 복원 = recover restor
이미지 사진 그림 = image photo pictur
영상 동영상 비디오 = video film
음성 = voice speech audio
음악 = music song
소리 오디오 = audio sound
텍스트 = text
글자 문자 = character letter text
문서 = document docs doc$
책 도서 = book
영화 = film movi
게임 = game gaming
로봇 = robot
시뮬레이션 = simulat
자율 = autonom
자동 = automat auto$
수동 = manual
인간 사람 = human people person
선호 = prefer
의료 의학 = medic health clinic
과학 = scien
수학 = math
물리 = physic
생물 단백질 = bio protein
교육 = educat teach cours learn
강의 강좌 = cours lectur class
튜토리얼 안내 가이드 = tutorial guide walkthrough
행사 컨퍼런스 = event conferen summit
회의 = meet conferen
온라인 = online
뉴스 소식 = news
기사 = article story
블로그 = blog
인터뷰 = interview
질의응답 = q&a ama$ answer
다국어 = multilingual
한국어 = korean
영어 = english
중국어 = chines
일본어 = japanes
중국 = china chines
미국 = us$ usa$ american unitedstates
유럽 = europ eu$
일본 = japan
한국 = korea
멀티모달 다중모달 = multimodal
시각 비전 = vision visual
객체 = object
인식 = recogni detect
탐지 감지 = detect
분류 = classif categor
군집 클러스터링 = cluster
희소 = spars
밀집 조밀 = dens
전문가 = expert moe$
혼합 = mixture mix hybrid
층 레이어 = layer
헤드 = head
손실 = loss
기울기 그래디언트 = gradient
학습률 = learningrat
배치 = batch
에폭 = epoch
정밀도 = precision
비트 = bit$ bits
행렬 = matri
곱셈 = multipl matmul
연산 계산 = comput calculat operat flop
컴퓨팅 = comput
규모 = scal size large
대규모 대형 = large massiv big$ scale
소형 작은 = small tiny mini compact
크기 = size
거대 = huge giant massiv large
다양 = divers various varie multipl rang
여러 다수 = multiple several many various
절반 = half
두배 = doubl twice
전체 = whole entire full all$ total overall
일부 = some partial part$ few
대부분 = most
평균 = averag mean$
최대 = max up$ upto most largest
최소 = min least minim
오래된 = old$ stale outdated
불만 = complain frustrat dissatisf unhapp
호평 칭찬 = prais positiv applaud
기대 = expect excit hope anticipat hype
관심 = interest attention curio
신뢰 = trust reliab
투명 = transparen
개인정보 프라이버시 = privac personal
비공개 = private closed hidden
폐쇄 = closed proprietar
독점 = proprietar exclusiv monopol
편향 = bias
오염 = contaminat leak
민감 = sensitiv
공정 = fair
윤리 = ethic
거버넌스 = governanc
해석 = interpret
특징 = feature characteristic
특화 = special tailor domain
맞춤 = custom personal tailor
전이 = transfer
제로샷 = zeroshot
퓨샷 = fewshot
다수결 = majorit voting
판사 심판 판단 = judg
심사 = review judg
선택 = choos choice select option pick
옵션 = option
목록 리스트 = list
표 = table
도표 그래프 = graph chart
버전 판 = version
업데이트 갱신 = updat refresh
업그레이드 = upgrad
패치 = patch
미리보기 프리뷰 = preview
베타 = beta
체험 = trial try$ experience
경험 = experien
사례 = case example instance
예시 예제 = example sample
튜닝 = tun$ tuning tuned finetun
탈옥 = jailbreak
주입 = inject
검열 = censor
거부 거절 = refus reject declin den$ deny
차단 = block ban$ banned
사기 = scam fraud
스팸 = spam
딥페이크 가짜 = deepfak fake
"""


@functools.cache
def _tables() -> tuple[dict[str, frozenset[int]], dict[str, frozenset[int]]]:
    """Concepts by Korean stem and by English stem; a stem may belong to several."""
    korean: dict[str, set[int]] = {}
    english: dict[str, set[int]] = {}
    for concept, line in enumerate(TERMS.strip().splitlines()):
        left, right = line.split(" = ")
        for stem in left.split():
            korean.setdefault(stem, set()).add(concept)
        for stem in right.split():
            english.setdefault(stem, set()).add(concept)
    return {k: frozenset(v) for k, v in korean.items()}, {k: frozenset(v) for k, v in english.items()}


_LONGEST_KOREAN = 6
_LONGEST_ENDING = 6
_HANGUL = re.compile(r"[가-힣]+")


@functools.lru_cache(maxsize=65_536)
def english_concepts(word: str) -> frozenset[int]:
    """Concepts of a lower-case English word, by its longest stem in the table."""
    table = _tables()[1]
    exact = table.get(word + "$")
    if exact is not None:
        return exact
    for length in range(len(word), max(2, len(word) - _LONGEST_ENDING - 1), -1):
        found = table.get(word[:length])
        if found is not None:
            return found
    return frozenset()


def korean_concepts(text: str) -> Iterator[tuple[int, str, frozenset[int]]]:
    """Position, stem and concepts of each term in Korean text, longest first, none inside another."""
    table = _tables()[0]
    for run in _HANGUL.finditer(text):
        word, at = run[0], 0
        while at < len(word):
            for length in range(min(_LONGEST_KOREAN, len(word) - at), 0, -1):
                stem = word[at : at + length]
                if stem in table and (length > 1 or at == 0):
                    yield run.start() + at, stem, table[stem]
                    at += length
                    break
            else:
                at += 1
