"""The way out to a model: one request at a time through the SDK, one retry loop around it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from pipeline.llm.completion import read_completion
from pipeline.llm.connection import checked_address, checked_key, connect, failure_of
from pipeline.llm.endpoint import Endpoint
from pipeline.llm.outcomes import Adapt, Failure
from pipeline.llm.pace import Pace
from pipeline.llm.request import Request
from pipeline.llm.retry import Asking, attempts
from pipeline.records.questions import Question, Reply
from pipeline.reply import Call, Rung

if TYPE_CHECKING:
    from openai import OpenAI

_log = logging.getLogger(__name__)

_MAX_BYTES = 2_000_000


class Model:
    """Puts questions to one server; may be called from several threads at once.

    Attributes:
        rung: Where on the schema ladder it stands; hand it to ``open_model`` of the next run for the same server.
    """

    def __init__(
        self,
        *,
        connect: Callable[[], OpenAI],
        key: str,
        endpoint: Endpoint,
        pace: Pace,
        sleep: Callable[[float], None],
        clock: Callable[[], float],
        on_call: Callable[[Call], None] | None,
    ) -> None:
        self._connect = connect
        self._key = key
        self._endpoint = endpoint
        self._pace = pace
        self._sleep = sleep
        self._clock = clock
        self._on_call = on_call
        self._sdk: OpenAI | None = None
        self._lock = threading.Lock()

    @property
    def rung(self) -> Rung:
        return self._endpoint.rung

    def __call__(self, question: Question) -> Reply:
        """The model's answer, as ``pipeline.reply.Complete`` says."""
        asking = Asking(question)
        loop = attempts(asking, give_up=self._endpoint.is_closed, sleep=self._sleep)
        try:
            return loop(self._attempt, asking)
        except Failure as failure:
            self._endpoint.failed(failure)
            raise failure.final(partial(Reply, question=question.hash, content="", model=question.model)) from None

    def schema_ignored(self) -> None:
        """An answer did not keep to the schema that the server had taken: it is told in words from now on."""
        self._endpoint.step_down()

    def close(self) -> None:
        """Lets go of the SDK's client; a later call makes a new one."""
        with self._lock:
            sdk, self._sdk = self._sdk, None
        if sdk is not None:
            sdk.close()

    def _attempt(self, asking: Asking) -> Reply:
        """One attempt: requests until one is in a form that the server takes."""
        while True:
            request = self._endpoint.shape(asking.question, longer=asking.longer)
            try:
                return self._request(asking.question, request)
            except Adapt as adapt:
                _log.info("%s", adapt.reason)
                asking.longer = asking.longer or adapt.change == "length"
                self._endpoint.adapt(adapt, request)
            except Failure as failure:
                asking.failures.append(failure)
                raise

    def _request(self, question: Question, request: Request) -> Reply:
        """One request, with its turn before and its record in the ledger after."""
        turn = self._pace.wait(request.tokens)
        self._endpoint.check()
        started = self._clock()
        record = partial(self._record, question, request, started)
        try:
            reply = self._send(question, request)
        except Adapt as adapt:
            record("adapt", reason=adapt.reason, reply=adapt.reply)
            raise
        except Failure as failure:
            record(failure.outcome.value, reason=failure.reason, reply=failure.reply, lost=failure.lost)
            raise
        record("answered", reply=reply)
        # What the server counted, its answer included, is known only now.
        turn.tokens = max(turn.tokens, (reply.prompt_tokens or 0) + (reply.completion_tokens or 0))
        return reply

    def _send(self, question: Question, request: Request) -> Reply:
        import openai

        form: dict[str, Any] = {} if request.response_format is None else {"response_format": request.response_format}
        try:
            answer = self._client().chat.completions.with_raw_response.create(
                model=request.model,
                messages=request.messages,  # type: ignore[arg-type]
                # The SDK knows only OpenAI's parameters by name; other servers have more.
                extra_body=request.parameters,
                **form,
            )
        except openai.OpenAIError as error:
            failure = failure_of(error, request=request, key=self._key)
            reached = isinstance(error, openai.APIStatusError) and not getattr(failure, "unreachable", False)
            (self._endpoint.answered if reached else self._endpoint.silent)()
            raise failure from None
        self._endpoint.answered()
        media_type = answer.headers.get("content-type", "").split(";")[0].strip().lower()
        reply = read_completion(
            answer.http_response.content, media_type=media_type, question=question, request=request, key=self._key
        )
        return self._without_key(reply)

    def _without_key(self, reply: Reply) -> Reply:
        """The reply with ``[key]`` for our key, which a hostile or broken server may send back."""
        if not self._key or self._key not in reply.model_dump_json():
            return reply
        said = {name: value for name, value in reply if isinstance(value, str) and name != "question"}
        return reply.model_copy(update={name: value.replace(self._key, "[key]") for name, value in said.items()})

    def _client(self) -> OpenAI:
        with self._lock:
            if self._sdk is None:
                self._sdk = self._connect()
            return self._sdk

    def _record(
        self,
        question: Question,
        request: Request,
        started: float,
        outcome: str,
        *,
        reason: str = "",
        reply: Reply | None = None,
        lost: bool = False,
    ) -> None:
        if self._on_call is None:
            return
        call = Call(
            part=question.part,
            question=question.hash,
            model=reply.model if reply else question.model,
            outcome=outcome,
            reason=reason,
            duration_s=self._clock() - started,
            prompt_tokens=reply.prompt_tokens if reply else request.tokens if lost else None,
            completion_tokens=reply.completion_tokens if reply else None,
            estimated=lost and reply is None,
        )
        with self._lock:
            self._on_call(call)


def open_model(
    *,
    base_url: str | None = None,
    api_key: SecretStr | str | None = None,
    timeout_s: float = 180,
    requests_per_minute: int | None = None,
    tokens_per_minute: int | None = None,
    run_deadline_s: float = 120,
    rung: Rung = "json_schema",
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
    on_call: Callable[[Call], None] | None = None,
) -> Model:
    """The model behind an OpenAI-compatible server. Nothing is imported or connected before the first question.

    Args:
        base_url: None for OpenAI itself.
        api_key: None for a server that wants none.
        timeout_s: Total for one request.
        requests_per_minute, tokens_per_minute: None for no limit.
        run_deadline_s: The server is given up when it has answered nothing for that long.
        rung: Where on the schema ladder to begin.
        clock: Seconds, monotonic.
        on_call: Is told of every request, one at a time.

    Raises:
        ConfigError: The address or the key cannot be one.
    """
    address, key = checked_address(base_url), checked_key(api_key)
    return Model(
        connect=partial(connect, address, key, timeout_s=timeout_s, max_bytes=_MAX_BYTES),
        key=key,
        endpoint=Endpoint(run_deadline_s=run_deadline_s, rung=rung, clock=clock),
        pace=Pace(
            requests_per_minute=requests_per_minute, tokens_per_minute=tokens_per_minute, sleep=sleep, clock=clock
        ),
        sleep=sleep,
        clock=clock,
        on_call=on_call,
    )
