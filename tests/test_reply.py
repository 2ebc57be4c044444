"""From the text of a reply to a record, and what is said about one that does not fit."""

from __future__ import annotations

import json
from typing import Annotated

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field

from pipeline import reply
from pipeline.errors import ReplyError
from pipeline.records.base import Record
from pipeline.reply import decode_reply, is_cut_short
from pipeline.tokens import estimate_tokens


class Topic(Record):
    title: Annotated[str, Field(max_length=40)]
    bullets: tuple[str, ...] = Field(max_length=3)


class Answer(reply.Answer):
    preview: Topic


GOOD = '{"preview": {"title": "오늘", "bullets": ["하나", "둘"]}}'
ANSWER = Answer(preview=Topic(title="오늘", bullets=("하나", "둘")))


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"\ufeff{GOOD}",
        f"\n  {GOOD}\n\n",
        f"```json\n{GOOD}\n```",
        f"```\n{GOOD}\n```\n",
        f"<think>The user wants {{…}} and ```json\n</think>\n\n{GOOD}",
        f"\ufeff<think></think>```json\n{GOOD}\n```",
        f"{GOOD}\n{GOOD}",
        json.dumps(GOOD),
        json.dumps(GOOD, ensure_ascii=False),
        GOOD.replace("오늘", "오\\u0000늘\\u200b\\u202e"),
    ],
)
def test_wrapping_is_taken_off(text: str) -> None:
    assert decode_reply(text, shape=Answer) == ANSWER


def test_backticks_inside_a_string_stay() -> None:
    fenced = "```json\n" + json.dumps({"preview": {"title": "```py\nx\n```", "bullets": []}}) + "\n```"
    assert decode_reply(fenced, shape=Answer).preview.title == "```py\nx\n```"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "the reply holds no JSON object"),
        ("네, 정리해 드리겠습니다.", "the reply holds no JSON object"),
        (f"{GOOD}{GOOD.replace('둘', '셋')}", "the reply holds two different JSON objects"),
        (json.dumps(json.dumps(GOOD)), "the reply holds no JSON object"),
        (f"[{GOOD}]", "the reply is not a JSON object but a list"),
        ("null", "the reply holds no JSON object"),
        ("7", "the reply holds no JSON object"),
        (repr(json.loads(GOOD)), "the reply holds no JSON object"),
        ('{"preview": NaN}', "the reply is not JSON: NaN is not a number"),
        ('{"preview": -Infinity}', "the reply is not JSON: -Infinity is not a number"),
        ('{"preview": 1e999}', "the reply is not JSON: a number is too large"),
        (f'{{"preview": {"1" * 5000}}}', "the reply is not JSON: a number has too many digits"),
        ('{"preview": {"title": "a", "title": "b", "bullets": []}}', 'the key "title" stands twice in one object'),
        ('{"preview": {"title": "\\ud800", "bullets": []}}', "a string holds half of a surrogate pair"),
        ("[" * 100_000, "the reply nests too deeply"),
        ('{"a":' * 100_000, "the reply nests too deeply"),
        ('{"preview": {"title": "a"}}', "the field preview.bullets is missing"),
        (
            '{"preview": {"title": 1, "bullets": []}}',
            "the field preview.title is wrong: a string in quotes is wanted there, not a number",
        ),
        (GOOD.replace("{", '{"draft": false, ', 1), "the field draft is not asked for"),
        (GOOD.replace("오늘", "오" * 41), "the field preview.title is wrong: string should have at most 40 characters"),
    ],
)
def test_what_does_not_fit_is_told(text: str, reason: str) -> None:
    with pytest.raises(ReplyError) as caught:
        decode_reply(text, shape=Answer)
    assert caught.value.message.startswith(reason)
    assert not caught.value.retry
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@pytest.mark.parametrize(
    "text",
    [
        f"Here it is: {GOOD}",
        f"{GOOD} Done.",
        f"{GOOD}{GOOD}{GOOD}",
        f"As you {{asked}}:\n```json\n{GOOD}\n```\nAnything else?",
        f"<think>What of {{that}}? Well.</think> So: {GOOD}",
        f"<think>never ends {GOOD}",
        GOOD.replace("{", '{"notes": "", "draft": null, "more": [], ', 1),
    ],
)
def test_the_one_object_is_taken_whatever_is_around_it_or_empty_in_it(text: str) -> None:
    assert decode_reply(text, shape=Answer) == decode_reply(GOOD, shape=Answer)


def test_several_complaints_come_in_one_sentence() -> None:
    extra = {f"extra{number}": 1 for number in range(9)}
    with pytest.raises(ReplyError) as caught:
        decode_reply(json.dumps({"preview": {"title": "a"}} | extra), shape=Answer)
    message = caught.value.message
    assert message.startswith("the field preview.bullets is missing; the field extra0 is not asked for")
    assert message.endswith("the field extra8 is not asked for")


@settings(deadline=None)
@given(st.text(min_size=200, max_size=2_000), st.sampled_from(["key", "twice", "text", "plain"]))
def test_a_complaint_repeats_little_of_the_reply(text: str, place: str) -> None:
    body = {
        "key": json.dumps({text: 1}),
        "twice": f"{{{json.dumps(text)}: 1, {json.dumps(text)}: 2}}",
        "text": json.dumps({"preview": {"title": text, "bullets": [text] * 9}}),
        "plain": text,
    }[place]
    with pytest.raises(ReplyError) as caught:
        decode_reply(body, shape=Answer)
    assert len(caught.value.message) <= 1_200


@pytest.mark.parametrize("end", range(1, len(GOOD)))
def test_json_cut_anywhere_is_cut_short(end: int) -> None:
    assert is_cut_short(GOOD[:end])
    assert is_cut_short(f"<think>so</think>{GOOD[:end]}")


@pytest.mark.parametrize(
    "text",
    ["", "prose", GOOD, f"{GOOD} {GOOD}", f"{GOOD} more", "{'a': 1}", "[" * 100_000, "```json", f"```json\n{GOOD}```"],
)
def test_what_closes_or_never_was_json_is_not_cut_short(text: str) -> None:
    assert not is_cut_short(text)


@pytest.mark.parametrize(
    "text",
    ["<think>" * 5_000, "```" * 10_000, "`\n" * 15_000, "{" * 30_000, '"\\' * 15_000, " \n" * 15_000, "[[]," * 8_000],
)
def test_hostile_text_is_refused(text: str) -> None:
    with pytest.raises(ReplyError):
        decode_reply(text, shape=Answer)
    is_cut_short(text)


@pytest.mark.parametrize(
    ("text", "tokens"), [("", 0), ("a", 1), ("a" * 33, 10), ("가" * 12, 10), ("가" * 12 + "a" * 33, 20)]
)
def test_tokens_are_estimated_by_script(text: str, tokens: int) -> None:
    assert estimate_tokens(text) == tokens
