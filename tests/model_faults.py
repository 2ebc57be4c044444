"""What a model's server can do wrong, each fault as the bytes it puts on the wire."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

GOOD = '{"title": "제목", "topics": ["하나", "둘"]}'


@dataclass(frozen=True)
class Play:
    """What goes over one connection: bytes, the pause between bursts of them, and how it ends."""

    data: bytes = b""
    end: Literal["fin", "rst", "hang"] = "fin"
    unread: bool = False
    burst: int = 0
    pause_s: float = 0.0


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any] = field(default_factory=dict)


Row = Callable[[Asked, str], Play]


def http(status: int, body: bytes | str | dict[str, Any] | list[Any] | None, **headers: str) -> Play:
    """A whole response; header names are written with ``_`` for ``-``."""
    kind = "application/json"
    if isinstance(body, str):
        kind, data = "text/html", body.encode()
    elif isinstance(body, bytes):
        data = body
    else:
        data = json.dumps(body, ensure_ascii=False).encode()
    fields = {"Content-Type": kind, "Content-Length": str(len(data)), "Connection": "close"}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return Play(f"HTTP/1.1 {status} Said\r\n{head}\r\n".encode() + data)


def completion(
    content: Any, *, finish: str | None = "stop", asked: Asked | None = None, **changes: Any
) -> dict[str, Any]:
    """The body of a chat completion; ``message_…`` changes its message, other names the body itself."""
    message = {"role": "assistant", "content": content, "refusal": None}
    message |= {name.removeprefix("message_"): value for name, value in changes.items() if name.startswith("message_")}
    sent = len(json.dumps(asked.body.get("messages", []), ensure_ascii=False).encode()) if asked else 40
    body: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": asked.body.get("model", "m") if asked else "m",
        "choices": [{"index": 0, "finish_reason": finish, "logprobs": None, "message": message}],
        "usage": {"prompt_tokens": sent, "completion_tokens": 20, "total_tokens": sent + 20},
    }
    return body | {name: value for name, value in changes.items() if not name.startswith("message_")}


def _status(status: int, error: Any, **headers: str) -> Row:
    body = error if isinstance(error, (str, bytes)) or "error" in error or "detail" in error else {"error": error}
    return lambda asked, good: http(status, body, **headers)


def _bare(status: int, body: Any) -> Row:
    return lambda asked, good: http(status, body)


def _says(change: Callable[[str], Any], *, finish: str | None = "stop", **changes: Any) -> Row:
    return lambda asked, good: http(200, completion(change(good), finish=finish, asked=asked, **changes))


def _body(change: Callable[[dict[str, Any]], Any], **headers: str) -> Row:
    def row(asked: Asked, good: str) -> Play:
        changed = change(completion(good, asked=asked))
        return http(200, changed, **headers)

    return row


def _raw(change: Callable[[bytes], bytes], end: Literal["fin", "rst", "hang"] = "fin", **headers: str) -> Row:
    """The good response with its bytes changed, headers and all."""
    return lambda asked, good: Play(change(http(200, completion(good, asked=asked), **headers).data), end=end)


def play_good(asked: Asked, good: str) -> Play:
    return http(200, completion(good, asked=asked))


def _chunked(data: bytes) -> bytes:
    head, _, body = data.partition(b"\r\n\r\n")
    head = b"\r\n".join(line for line in head.split(b"\r\n") if not line.startswith(b"Content-Length"))
    return head + b"\r\nTransfer-Encoding: chunked\r\n\r\n" + b"%x\r\n" % len(body) + body[: len(body) // 2]


def _without_parameter(name: str) -> Row:
    said = f"Unsupported value: '{name}' does not support this value with this model."
    error = {"message": said, "type": "invalid_request_error", "param": name, "code": "unsupported_value"}
    return lambda asked, good: http(400, {"error": error}) if name in asked.body else play_good(asked, good)


def _only_formats(*taken: str) -> Row:
    def row(asked: Asked, good: str) -> Play:
        kind = asked.body.get("response_format", {}).get("type", "none")
        said = f"'response_format' of type '{kind}' is not supported with this model."
        error = {"message": said, "type": "invalid_request_error", "param": "response_format", "code": None}
        return play_good(asked, good) if kind in taken else http(400, {"error": error})

    return row


def _blanks_under_schema(asked: Asked, good: str) -> Play:
    if asked.body.get("response_format", {}).get("type") != "json_schema":
        return play_good(asked, good)
    return http(200, completion("{" + " \n" * 20_000, finish="length", asked=asked))


def _short_unless_long(asked: Asked, good: str) -> Play:
    enough = asked.body.get("max_tokens", 0) >= 200
    return play_good(asked, good) if enough else http(200, completion(good[:20], finish="length", asked=asked))


def _silently_cut(asked: Asked, good: str) -> Play:
    return http(200, completion(good, asked=asked, usage={"prompt_tokens": 20, "completion_tokens": 5}))


def _first_choice(change: Callable[[dict[str, Any]], Any]) -> Row:
    return _body(lambda body: body | {"choices": [change(choice) for choice in body["choices"]]})


def _huge(asked: Asked, good: str) -> Play:
    body = json.dumps(completion(good, asked=asked)).encode()
    return http(200, body + b" " * 3_000_000)


def _key_of(asked: Asked) -> str:
    return asked.headers.get("authorization", "").removeprefix("Bearer ")


def _echoes_key(status: int) -> Row:
    def row(asked: Asked, good: str) -> Play:
        said = f"Incorrect API key provided: {_key_of(asked)}. Also {_key_of(asked)[:12]}***."
        return http(status, {"error": {"message": said, "type": "invalid_request_error", "code": "invalid_api_key"}})

    return row


_PAGE = "<!doctype html><html><body><script>alert(1)</script>Just a moment…</body></html>"
_RATE = {"message": "Rate limit reached", "type": "requests", "code": "rate_limit_exceeded"}
_CONTEXT = "This model's maximum context length is 256 tokens, but you asked for 1015. Reduce the length."
_TWICE = '{"title": "A", "title": "B", "topics": ["하나"]}'

ROWS: dict[str, Row] = {
    "good": play_good,
    "429_no_ra": _status(429, _RATE),
    "429_ra_1s": _status(429, _RATE, Retry_After="1"),
    "429_ra_ms": _status(429, _RATE, retry_after_ms="20"),
    "429_ra_3600": _status(429, _RATE, Retry_After="3600"),
    "429_ra_date_past": _status(429, _RATE, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"),
    "429_ra_neg": _status(429, _RATE, Retry_After="-5"),
    "429_ra_nan": _status(429, _RATE, Retry_After="nan"),
    "429_insufficient_quota": _status(429, {"message": "You exceeded your quota", "type": "insufficient_quota"}),
    "429_budget_exceeded": _status(429, {"message": "Budget", "type": "budget_exceeded", "code": "429"}),
    "429_credit_balance": _status(429, {"message": "No credit", "code": "credit_balance_exhausted"}),
    "429_request_too_large": _status(429, _RATE | {"message": "Request too large for m on tokens per min (TPM)"}),
    "402_credits": _status(402, {"message": "Insufficient credits", "code": 402}),
    "401": _echoes_key(401),
    "403_html": _bare(403, _PAGE),
    "403_json": _status(403, {"message": "Country not supported", "code": "unsupported_country_region_territory"}),
    "404_model": _status(404, {"message": "The model `m` does not exist", "code": "model_not_found"}),
    "404_path": _status(404, {"detail": "Not Found"}),
    "400_ctx_openai": _status(400, {"message": _CONTEXT, "code": "context_length_exceeded", "param": "messages"}),
    "400_ctx_vllm_bare": _bare(400, {"object": "error", "message": _CONTEXT, "type": "BadRequestError", "code": 400}),
    "400_ctx_vllm_016": _status(400, {"message": "You passed 1015 input tokens", "param": "input_tokens", "code": 400}),
    "400_ctx_llamacpp": _status(400, {"code": 400, "type": "exceed_context_size_error", "n_ctx": 256}),
    "500_ctx_llamacpp": _status(500, {"code": 500, "type": "exceed_context_size_error", "n_ctx": 256}),
    "200_ctx_silently_cut": _silently_cut,
    "400_content_filter_azure": _status(
        400, {"message": "filtered", "code": "content_filter", "innererror": {"code": "ResponsibleAIPolicyViolation"}}
    ),
    "400_temperature": _without_parameter("temperature"),
    "400_no_json_schema": _only_formats("json_object", "none"),
    "400_no_response_format": _only_formats("none"),
    "413": _bare(413, _PAGE),
    "422": _status(422, {"detail": [{"loc": ["body", "messages"], "msg": "field required"}]}),
    "500": _status(500, {"message": "The server had an error"}),
    "503_ra": _status(503, {"message": "Overloaded"}, Retry_After="2"),
    "529_overloaded": _status(529, {"message": "Overloaded", "type": "overloaded_error"}),
    "520_cf": _bare(520, _PAGE),
    "502_html": _bare(502, _PAGE),
    "504_html": _bare(504, _PAGE),
    "503_empty": _bare(503, b""),
    "503_loading_model": _status(503, {"message": "Loading model", "type": "unavailable_error", "code": 503}),
    "408": _bare(408, b""),
    "409": _status(409, {"message": "Conflict"}),
    "x_should_retry_false_500": _status(500, {"message": "No"}, x_should_retry="false"),
    "accept_rst": lambda asked, good: Play(end="rst", unread=True),
    "close_no_response": lambda asked, good: Play(),
    "partial_headers": lambda asked, good: Play(b"HTTP/1.1 200 OK\r\nContent-Ty"),
    "cut_body_fin": _raw(lambda data: data[:-20]),
    "cut_body_rst": _raw(lambda data: data[:-20], end="rst"),
    "cut_chunked": _raw(_chunked),
    "short_content_length": _raw(
        lambda data: data.replace(
            b"Content-Length: %d" % len(data.partition(b"\r\n\r\n")[2]),
            b"Content-Length: %d" % (len(data.partition(b"\r\n\r\n")[2]) - 7),
        )
    ),
    "hang_no_bytes": lambda asked, good: Play(end="hang"),
    "hang_after_headers": _raw(lambda data: data.partition(b"\r\n\r\n")[0] + b"\r\n\r\n", end="hang"),
    "drip_1B_50ms": lambda asked, good: Play(play_good(asked, good).data, burst=1, pause_s=0.05),
    "drip_headers": lambda asked, good: Play(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 9_000, burst=1, pause_s=0.05),
    "redirect_loop": lambda asked, good: http(302, b"", Location=asked.path),
    "200_html": _bare(200, _PAGE),
    "200_html_as_json": _bare(200, _PAGE.encode()),
    "200_empty_body": _bare(200, b""),
    "200_null": _bare(200, b"null"),
    "200_list": _bare(200, []),
    "200_error_502": _bare(200, {"error": {"message": "Provider returned error", "code": 502}}),
    "200_error_quota": _bare(200, {"error": {"message": "no money", "code": "insufficient_quota"}}),
    "200_error_string": _bare(200, {"error": "model runner has stopped"}),
    "200_choices_empty": _body(lambda body: body | {"choices": []}),
    "200_choices_null": _body(lambda body: body | {"choices": None}),
    "200_choices_absent": _body(lambda body: {k: v for k, v in body.items() if k != "choices"}),
    "200_choice_null": _first_choice(lambda choice: None),
    "200_message_null": _first_choice(lambda choice: choice | {"message": None}),
    "200_content_null": _says(lambda good: None),
    "200_content_empty": _says(lambda good: ""),
    "200_refusal": _says(lambda good: None, message_refusal="I'm sorry, I cannot help with that."),
    "200_length": _says(lambda good: good[:20], finish="length"),
    "200_length_until_200": _short_unless_long,
    "200_ws_flood": _blanks_under_schema,
    "200_ws_flood_always": _says(lambda good: " \n" * 20_000, finish="length"),
    "200_length_but_stop": _says(lambda good: good[:20]),
    "200_content_filter": _says(lambda good: good[:20], finish="content_filter"),
    "200_finish_null": _says(lambda good: good, finish=None),
    "200_finish_unknown": _says(lambda good: good, finish="eos"),
    "200_finish_unknown_cut": _says(lambda good: good[:20], finish="eos"),
    "200_fence": _says(lambda good: f"```json\n{good}\n```"),
    "200_leading": _says(lambda good: f"Here it is:\n{good}"),
    "200_trailing": _says(lambda good: f"{good}\nI hope this helps!"),
    "200_think": _says(lambda good: f"<think>Let me {{see}}.</think>\n{good}"),
    "200_content_bom": _says(lambda good: "\ufeff" + good),
    "200_two_objects": _says(lambda good: f"{good}\n{good}"),
    "200_two_different": _says(lambda good: f'{good}\n{{"title": "other", "topics": []}}'),
    "200_double_encoded": _says(json.dumps),
    "200_single_quotes": _says(lambda good: repr(json.loads(good))),
    "200_nan": _says(lambda good: good.replace("{", '{"n": NaN, ', 1)),
    "200_inf_1e999": _says(lambda good: good.replace("{", '{"n": 1e999, ', 1)),
    "200_dup_keys": _says(lambda good: _TWICE),
    "200_nul": _says(lambda good: good.replace("제목", "제\\u0000목")),
    "200_lone_surrogate": _says(lambda good: good.replace("제목", "제\\ud800목")),
    "200_schema_missing": _says(lambda good: '{"title": "제목"}'),
    "200_schema_type": _says(lambda good: '{"title": 1, "topics": "하나"}'),
    "200_schema_extra": _says(lambda good: good.replace("{", '{"draft": false, "date": "2030-01-01", ', 1)),
    "200_free_text": _says(lambda good: "오늘의 소식을 정리해 드리겠습니다."),
    "200_bad_utf8": _raw(lambda data: data.replace("제".encode(), b"\xff\xff\xff")),
    "200_bom": _body(lambda body: b"\xef\xbb\xbf" + json.dumps(body).encode()),
    "200_tool_calls": _says(
        lambda good: None, finish="tool_calls", message_tool_calls=[{"id": "1", "function": {"arguments": GOOD}}]
    ),
    "200_reasoning_only": _says(lambda good: None, message_reasoning_content="Let me think"),
    "200_content_list": _says(lambda good: [{"type": "text", "text": good[:9]}, {"type": "text", "text": good[9:]}]),
    "200_two_choices": _body(lambda body: body | {"choices": body["choices"] + completion("{}")["choices"]}),
    "200_model_swapped": _body(lambda body: body | {"model": "other-model"}),
    "200_no_usage": _body(lambda body: body | {"usage": None}),
    "200_usage_words": _body(lambda body: body | {"usage": {"prompt_tokens": "many", "completion_tokens": -3}}),
    "200_gzip_bad": _raw(lambda data: data, Content_Encoding="gzip"),
    "200_gzip_bomb": lambda asked, good: http(200, gzip.compress(b" " * 50_000_000, 9), Content_Encoding="gzip"),
    "200_huge": _huge,
    "200_deep_json": _bare(200, b"[" * 100_000),
    "200_deep_content": _says(lambda good: "[" * 100_000),
}
