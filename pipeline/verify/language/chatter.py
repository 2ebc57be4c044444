"""What a model says of itself, of its task or of its prompt. Data for the check of language."""

from __future__ import annotations

from pipeline.verify.patterns import compiled

# Each is a model speaking of itself, of its task or of the prompt; none is a thing a newsletter post would say.
_CHATTER = (
    (
        r"^(?:다음|아래)(?:은|는)? ?(?:[가-힣A-Za-z]{1,20} ){0,6}(?:요약|정리|번역|초안|결과|주요 내용)",
        "introduces a summary",
    ),
    (r"이상으로 (?:[가-힣]{1,8} ){0,3}(?:마치|마칩|줄이|줄입)", "takes its leave"),
    (
        r"요청하신|말씀하신|원하시는 (?:형식|내용)|도움이 되(?:셨|었)|더 필요하(?:신|시면)|추가로 궁금",
        "speaks to who asked",
    ),
    (r"^(?:물론입니다|물론이죠|알겠습니다|네[,.!]|좋습니다[,.!]|죄송합니다|죄송하지만)", "answers who asked"),
    (r"(?:AI|인공지능) ?(?:언어 ?)?모델(?:로서|이기 때문에)|저는 (?:AI|인공지능|언어 모델)", "speaks as a model"),
    (r"제가 (?:작성|요약|번역|정리)|(?:작성|요약|정리|번역)해 ?드리", "speaks of its task"),
    (
        r"(?:주어진|제공된|제시된|입력된) (?:항목|텍스트|본문|자료|원문|뉴스레터)(?:에는|에서는|에 따르면|[을를] 바탕)",
        "speaks of its input",
    ),
    (
        r"위 (?:항목|원문|뉴스레터)|(?:원문|뉴스레터)에 따르면|(?:항목|원문|뉴스레터)에는? (?:없|나와)",
        "speaks of its input",
    ),
    (
        r"(?i)\bas an? (?:ai|language model)\b|\bI(?:'m| am) (?:sorry|unable|an ai)\b|\bI (?:cannot|can't) ",
        "speaks as a model",
    ),
    (r"(?i)^(?:sure|certainly|of course)[,!.]|\bhere(?:'s| is| are) (?:the|a|your) \w", "answers who asked"),
    (
        r"(?i)ignore (?:all |the )?(?:previous|prior)|이전 지시(?:사항)?[을를]? ?(?:모두 )?무시|지시(?:사항)?에 따라",
        "echoes",
    ),
    (
        r"합니다체|(?:작성|요약|번역|출력|반환|답)(?:하십시오|하세요|하시오|해 주세요|해주세요|하라[.])",
        "echoes an instruction",
    ),
)
CHATTERS = tuple((compiled(pattern), what) for pattern, what in _CHATTER)
"""Pattern, and what it does, for the finding."""
