"""What the way out to a model learns of its server, shares between threads, and sends."""

from __future__ import annotations

import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.errors import ConfigError, EndpointError
from pipeline.llm import open_model
from pipeline.llm.endpoint import Endpoint
from pipeline.llm.outcomes import Adapt, Failure
from pipeline.reply import Call, Unavailable, decode_reply
from tests.faulty_model import FaultyModel
from tests.model_calls import CANARY, Instants, model_at, question
from tests.test_llm_faults import Shape


def test_only_the_parameters_of_the_question_are_sent() -> None:
    asked = question(temperature=0.2, top_k=5)
    with FaultyModel() as server:
        model, _ = model_at(server)
        model(asked)
        model.close()
    body = server.asked[0].body
    assert set(body) == {"model", "messages", "response_format", "temperature", "top_k"}
    assert body["messages"] == [message.model_dump() for message in asked.messages]
    assert body["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "front", "strict": True, "schema": asked.answer_schema},
    }
    assert server.asked[0].headers["accept-encoding"] == "identity"
    assert server.asked[0].headers["authorization"] == f"Bearer {CANARY}"


def test_the_ladder_is_climbed_down_once_and_the_schema_told_in_words() -> None:
    with FaultyModel("400_no_response_format") as server:
        model, _ = model_at(server)
        for text in ("one " * 40, "two " * 40):
            model(question(text))
        assert model.rung == "prompt"
        model.close()
        again, _ = model_at(server, rung=model.rung)
        again(question("three " * 40))
        again.close()
    kinds = [asked.body.get("response_format", {}).get("type") for asked in server.asked]
    assert kinds == ["json_schema", "json_object", None, None, None]
    in_words = '"properties":{"title":{"type":"string"}}'
    told = [in_words in asked.body["messages"][0]["content"] for asked in server.asked]
    assert told == [False, True, True, True, True]
    assert all(len(asked.body["messages"]) == 2 for asked in server.asked)


def test_a_rung_that_another_thread_has_left_is_left_once() -> None:
    endpoint = Endpoint(run_deadline_s=120, rung="json_schema", clock=Instants().clock)
    first = endpoint.shape(question(), longer=False)
    endpoint.adapt(Adapt("rung", "not taken"), first)
    second = endpoint.shape(question(), longer=False)
    endpoint.adapt(Adapt("rung", "not taken"), first)
    assert endpoint.rung == "json_object"
    endpoint.adapt(Adapt("rung", "not taken"), second)
    endpoint.adapt(Adapt("rung", "not taken"), first)
    assert endpoint.rung == "prompt"


def test_a_refused_parameter_is_left_out_from_then_on() -> None:
    with FaultyModel("400_temperature") as server:
        model, _ = model_at(server)
        for text in ("one " * 40, "two " * 40):
            model(question(text, temperature=0.2, seed=1))
        model.close()
    assert ["temperature" in asked.body for asked in server.asked] == [True, False, False]
    assert all(asked.body["seed"] == 1 for asked in server.asked)
    assert model.rung == "json_schema"


def test_room_for_the_answer_is_doubled_once_and_only_where_it_was_set() -> None:
    with FaultyModel("200_length_until_200") as server:
        model, _ = model_at(server)
        model(question(max_tokens=100))
        model.close()
    assert [asked.body["max_tokens"] for asked in server.asked] == [100, 200]


def test_blanks_without_end_step_down_and_never_ask_for_more_room() -> None:
    with FaultyModel("200_ws_flood") as server:
        model, _ = model_at(server)
        model(question(max_tokens=100))
        model.close()
    assert [asked.body["max_tokens"] for asked in server.asked] == [100, 100]
    assert model.rung == "json_object"


def test_a_quota_used_up_stops_every_later_question() -> None:
    with FaultyModel("429_insufficient_quota") as server:
        model, _ = model_at(server)
        for _ in range(3):
            with pytest.raises(EndpointError, match="OPENAI_API_KEY: the quota is used up"):
                model(question())
        model.close()
    assert server.connections == 1


def test_a_server_that_asks_for_an_hour_is_left_alone_for_an_hour() -> None:
    with FaultyModel("429_ra_3600", times=1) as server:
        model, time = model_at(server)
        for _ in range(2):
            with pytest.raises(Unavailable) as caught:
                model(question())
            assert caught.value.retry_after_s == 3600
            assert caught.value.retry
            time.now += 1000
        assert server.connections == 1
        time.now += 1601
        assert model(question()).content
        model.close()


def _closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def test_a_server_that_is_not_there_is_waited_for_until_the_deadline_of_the_run() -> None:
    model, time = model_at(f"http://127.0.0.1:{_closed_port()}/v1", run_deadline_s=60)
    with pytest.raises(Unavailable, match="no connection"):
        model(question())
    assert 60 <= sum(time.slept) < 60 + 30
    waits = len(time.slept)
    with pytest.raises(Unavailable, match="answered nothing for"):
        model(question())
    assert len(time.slept) == waits
    model.close()


def test_a_server_that_comes_back_is_asked_on() -> None:
    """Longer away than four attempts would last."""
    port = _closed_port()
    with FaultyModel(port=port, start=False) as server:
        time = Instants()

        def until_it_is_back(seconds: float) -> None:
            time.sleep(seconds)
            if len(time.slept) == 7:
                server.start()

        model, _ = model_at(server, sleep=until_it_is_back, clock=time.clock, run_deadline_s=1000)
        assert model(question()).content
        model.close()
    assert len(time.slept) == 7


def test_a_server_that_loads_its_model_is_waited_for() -> None:
    with FaultyModel("503_loading_model", times=6) as server:
        model, _ = model_at(server, run_deadline_s=1000)
        assert model(question()).content
        model.close()
    assert server.connections == 7


def test_silence_counts_from_the_first_failure_and_any_answer_ends_it() -> None:
    time = Instants()
    endpoint = Endpoint(run_deadline_s=120, rung="json_schema", clock=time.clock)
    endpoint.silent()
    time.now += 119
    endpoint.silent()
    endpoint.answered()
    time.now += 119
    endpoint.silent()
    time.now += 119
    endpoint.silent()
    endpoint.check()
    time.now += 1
    endpoint.silent()
    with pytest.raises(Failure, match="answered nothing for 120 s"):
        endpoint.check()


def test_many_threads_share_one_ladder_and_one_pace() -> None:
    calls: list[Call] = []
    with FaultyModel("400_no_json_schema", latency_s=0.02) as server:
        model, _ = model_at(server, on_call=calls.append)
        asked = [question(f"{number} " * 40) for number in range(24)]
        with ThreadPoolExecutor(8) as pool:
            replies = list(pool.map(model, asked))
        model.close()
    assert [reply.question for reply in replies] == [one.hash for one in asked]
    assert model.rung == "json_object"
    assert server.at_once > 1
    refused = [call for call in calls if call.outcome == "adapt"]
    assert 1 <= len(refused) <= 8
    assert len(calls) == server.connections == len(refused) + 24


def test_threads_keep_to_the_requests_of_a_minute() -> None:
    with FaultyModel() as server:
        model, time = model_at(server, requests_per_minute=5)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(model, [question(f"{number} " * 40) for number in range(12)]))
        model.close()
    assert server.connections == 12
    assert time.now >= 1_000 + 2 * 60


def test_the_tokens_of_a_minute_are_what_was_sent_and_what_came() -> None:
    with FaultyModel() as server:
        model, time = model_at(server, tokens_per_minute=300)
        for text in ("one " * 40, "two " * 40, "six " * 40):
            model(question(text))
        model.close()
    assert time.slept == [60, 60]  # each is estimated at 60 tokens, and counted by the server at more than 200


def test_each_reply_goes_to_its_own_question() -> None:
    def echo(body: dict[str, object]) -> str:
        messages = body["messages"]
        assert isinstance(messages, list)
        return f'{{"title": "{messages[-1]["content"][:3]}", "topics": []}}'

    with FaultyModel("500", times=5, answer=echo, latency_s=0.01) as server:
        model, _ = model_at(server)
        asked = [question(f"{number:03} " * 40) for number in range(12)]
        with ThreadPoolExecutor(6) as pool:
            titles = [decode_reply(reply.content, shape=Shape).title for reply in pool.map(model, asked)]
        model.close()
    assert titles == [f"{number:03}" for number in range(12)]


def test_a_proxy_in_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{_closed_port()}")
    with FaultyModel() as server:
        model, _ = model_at(server)
        assert model(question()).content
        model.close()


@pytest.mark.parametrize("address", ["api.openai.com/v1", "ftp://host/v1", "http://", "http://[::1/v1", "http://h:x/"])
def test_an_address_that_is_none_is_refused_before_a_question(address: str) -> None:
    with pytest.raises(ConfigError, match="OPENAI_BASE_URL"):
        open_model(base_url=address, api_key=CANARY)


@pytest.mark.parametrize("key", [f"{CANARY} x", f"{CANARY}\n", "sk-키"])
def test_a_key_that_no_header_carries_is_refused_without_being_told(key: str) -> None:
    with pytest.raises(ConfigError, match="OPENAI_API_KEY") as caught:
        open_model(api_key=key)
    assert CANARY not in str(caught.value)


def test_the_sdk_is_imported_by_the_first_question_only() -> None:
    code = (
        "import sys; from pipeline.llm import open_model; open_model(api_key='x');"
        "sys.exit(any(name in sys.modules for name in ('openai', 'httpx2', 'httpx')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
