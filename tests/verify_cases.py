"""A small newsletter of our own and a faithful Korean draft of it, for the tests of verify."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from pipeline.records.drafts import Bullet, Cited, Draft, Opening, Part, Reference, Topic
from pipeline.records.issues import CleanIssue, Item, Link, Section
from pipeline.records.verdicts import Finding
from pipeline.verify.index import Index, Place

ISSUE_ID = "20260310-0123abcd"
MADE_FROM = "a" * 64

# Role, title, flags, items: (flags, text with links written [text](url)).
_NEWSLETTER: tuple[tuple[str, str, tuple[str, ...], tuple[tuple[str, str], ...]], ...] = (
    (
        "intro",
        "",
        (),
        (
            (
                "",
                "Northwind Labs released "
                "[Larch-2](https://northwind.example/larch-2), an open source reasoning model with"
                " 34B parameters, and says it outperforms GPT-4o on the HardMath benchmark.",
            ),
        ),
    ),
    (
        "news",
        "AI Twitter Recap",
        (),
        (
            (
                "",
                "Larch-2 release: "
                "[@mira_kwon](https://x.com/mira_kwon/status/11) announced that Larch-2 was trained on 9T"
                " tokens; weights are on [Hugging Face](https://huggingface.co/northwind/larch-2) under Apache 2.0.",
            ),
            (
                "",
                "Inference costs: "
                "[@devon_ash](https://x.com/devon_ash/status/12) measured that serving with Quill is 40%"
                " cheaper than vLLM, while throughput stays the same. [Quill docs](https://quill.example/docs)",
            ),
            (
                "",
                "Robotics: Tern Robotics showed TernHand, a robot hand that "
                "learns to fold shirts from 200 hours of video."
                " [demo video](https://tern.example/demo) by [@tern_robotics](https://x.com/tern_robotics/status/13)",
            ),
            (
                "",
                "Policy: the European Parliament voted to delay the "
                "labeling rules for synthetic images until August;"
                " critics warn of deepfakes. [article](https://eunews.example/labels)",
            ),
            (
                "",
                "Memory: [@yuna_codes](https://x.com/yuna_codes/status/14) "
                "found that the new chat app does not support"
                " image upload on Android, and that search is slower than before.",
            ),
            ("sponsor", "Sponsored: Train faster with CloudCove credits. [Sign up](https://cove.example/ai)"),
        ),
    ),
    (
        "community",
        "AI Discord Recap",
        (),
        (
            (
                "",
                "Kernel engineers compared Triton and CUDA for sparse "
                "attention; a fused kernel reduced memory use by half"
                " on the H100. [pull request](https://github.com/fused/attn/pull/7)",
            ),
            (
                "",
                "Members debated whether synthetic dialog datasets cause overfitting in small models; several shared"
                " ablations. [dataset card](https://huggingface.co/datasets/talkset)",
            ),
            (
                "",
                "A tutorial on speculative decoding for local models got praise for clear diagrams."
                " [tutorial](https://blog.example/speculative)",
            ),
            (
                "",
                "Voice cloning: users reported that the Heron speech model "
                "fails to handle code switching between Spanish"
                " and English. [issue](https://github.com/heron/speech/issues/3)",
            ),
        ),
    ),
    ("news", "Yesterday", ("stale",), (("", "Old story: the Osprey browser agent was launched in beta last week."),)),
    ("detail", "Channels", (), (("", "general: someone asked how to install drivers on a laptop with an old GPU."),)),
)
_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")


def _issue() -> CleanIssue:
    sections, links = [], []
    for s, (role, title, flags, rows) in enumerate(_NEWSLETTER, 1):
        items = []
        for i, (flag, text) in enumerate(rows, 1):
            ids = []
            for label, url in _LINK.findall(text):
                id_ = f"l{len(links) + 1}"
                kind = "content"
                links.append(Link(id=id_, url=url, found=url, text=label, item=f"s{s}i{i}", kind=kind))
                ids.append(id_)
            plain = _LINK.sub(r"\1", text)
            items.append(Item(id=f"s{s}i{i}", text=plain, links=tuple(ids), flags=(flag,) if flag else ()))
        sections.append(
            Section.model_validate({"id": f"s{s}", "role": role, "title": title, "items": tuple(items), "flags": flags})
        )
    return CleanIssue(
        id=ISSUE_ID,
        made_from=MADE_FROM,
        source="demo",
        url="https://news.example/1",
        title="Larch-2",
        published=dt.datetime(2026, 3, 10, 6, tzinfo=dt.UTC),
        sections=tuple(sections),
        links=tuple(links),
    )


ISSUE = _issue()
INDEX = Index(ISSUE)
LINKS = {link.text: link.id for link in ISSUE.links}
LEAD, RELEASE, COSTS, ROBOT, POLICY, MEMORY, SPONSOR = "s1i1", "s2i1", "s2i2", "s2i3", "s2i4", "s2i5", "s2i6"
KERNEL, DIALOG, TUTORIAL, VOICE, STALE, DETAIL = "s3i1", "s3i2", "s3i3", "s3i4", "s4i1", "s5i1"


def bullet(text: str, *items: str, head: str = "", **refs: str) -> Bullet:
    """A bullet; ``refs`` give a label and the text of the link it leads to."""
    made = tuple(Reference(label=label, link=LINKS[link]) for label, link in refs.items())
    return Bullet(text=text, head=head, items=items, refs=made)


DRAFT = Draft(
    id=ISSUE_ID,
    made_from=MADE_FROM,
    opening=Opening(
        title=Cited(text="Northwind Labs, 오픈소스 추론 모델 Larch-2 공개", items=(LEAD,)),
        description=Cited(
            text="Northwind Labs가 340억 매개변수의 오픈소스 추론 모델 Larch-2를 공개했습니다.", items=(LEAD, RELEASE)
        ),
        intro=(
            bullet("Northwind Labs가 오픈소스 추론 모델 Larch-2를 공개했습니다.", LEAD, **{"Larch-2": "Larch-2"}),
            bullet("회사는 이 모델이 HardMath 벤치마크에서 GPT-4o를 능가한다고 밝혔습니다.", LEAD),
        ),
        viewpoint=(
            Cited(text="가중치까지 공개한 추론 모델이 늘수록 평가의 재현 가능성이 경쟁력이 됩니다.", items=(LEAD,)),
            Cited(text="숫자 하나보다 공개된 학습 과정을 먼저 살펴보기를 권합니다.", items=(LEAD,)),
        ),
        tags=("오픈소스", "추론 모델", "LLM"),
    ),
    preview=Part(
        topics=(
            Topic(
                title="모델 공개와 비용",
                bullets=(
                    bullet(
                        "mira_kwon은 Larch-2가 9조 토큰으로 학습됐다고 발표했으며, 가중치는 "
                        "Hugging Face에 Apache 2.0으로 올라왔습니다.",
                        RELEASE,
                        **{"mira_kwon": "@mira_kwon", "Hugging Face": "Hugging Face"},
                    ),
                    bullet(
                        "devon_ash는 Quill로 서빙하면 처리량은 그대로이면서 vLLM보다 40% 저렴하다고 측정했습니다.",
                        COSTS,
                        devon_ash="@devon_ash",
                    ),
                ),
            ),
            Topic(
                title="로봇과 정책",
                bullets=(
                    bullet(
                        "Tern Robotics는 200시간 분량의 영상으로 셔츠 개기를 배우는 로봇 손 TernHand를 선보였습니다.",
                        ROBOT,
                        **{"Tern Robotics": "@tern_robotics"},
                    ),
                    bullet(
                        "유럽 의회는 합성 이미지의 라벨 표시 규정을 8월까지 미루기로 "
                        "표결했고, 비판하는 쪽은 딥페이크를 경고합니다.",
                        POLICY,
                        **{"라벨 표시 규정": "article"},
                    ),
                ),
            ),
        )
    ),
    overview=Part(
        topics=(
            Topic(
                title="커널과 데이터",
                bullets=(
                    bullet(
                        "엔지니어들은 희소 어텐션을 두고 Triton과 CUDA를 비교했으며, 융합 "
                        "커널이 H100에서 메모리 사용을 절반으로 줄였습니다.",
                        KERNEL,
                        head="희소 어텐션 커널",
                        **{"풀 리퀘스트": "pull request"},
                    ),
                    bullet(
                        "합성 대화 데이터셋이 소형 모델의 과적합을 일으키는지 토론이 "
                        "있었고, 여러 회원이 절제 실험을 공유했습니다.",
                        DIALOG,
                        head="합성 대화 데이터 논쟁",
                        **{"데이터셋 카드": "dataset card"},
                    ),
                    bullet(
                        "로컬 모델의 추측 디코딩을 다룬 튜토리얼이 명료한 그림으로 호평을 받았습니다.",
                        TUTORIAL,
                        head="추측 디코딩 안내",
                        **{"추측 디코딩 튜토리얼": "tutorial"},
                    ),
                ),
            ),
        )
    ),
    numbers={},
)


def place(text: str, *items: str, kind: str = "bullet", where: str = "preview/0/0", **more: Any) -> Place:
    """A place with one text."""
    return Place(where, kind, text, items=items, **more)  # type: ignore[arg-type]


def errors(found: Any) -> list[Finding]:
    return [one for one in found if one.severity == "error"]


def with_bullet(made: Bullet, part: str = "preview", topic: int = 0, number: int = 0) -> Draft:
    """The faithful draft with one bullet replaced."""
    topics = list(getattr(DRAFT, part).topics)
    bullets = list(topics[topic].bullets)
    bullets[number] = made
    topics[topic] = topics[topic].model_copy(update={"bullets": tuple(bullets)})
    return DRAFT.model_copy(update={part: Part(topics=tuple(topics))})


def with_opening(**changes: Any) -> Draft:
    """The faithful draft with another opening."""
    return DRAFT.model_copy(update={"opening": DRAFT.opening.model_copy(update=changes)})
