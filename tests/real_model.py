"""Models' servers as processes of their own, which can be killed: a real one, and one that answers from a record.

The real one is llama.cpp (xllamacpp) with a model of 300 tokens, one layer and random weights, written here. It speaks
the protocol and keeps to a JSON schema as it does with any other model; what it says is garbage.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from tests.rooms import ROOT

MODEL_NAME = "random"
AT_ONCE = 4
CONTEXT_TOKENS = 20_000
"""Of each of the questions at once. A token is one or two characters: the prompts take about 5,000."""

_WIDTH = 32
_HANGUL = "다의이는은를가에한니습고로하모델공개출시격토큰만억조달러배입성능연구발표했지원데터"
_CHARACTERS = "\u2581\n" + "".join(map(chr, range(33, 127)))  # tokenizers of this kind write a blank as U+2581
_BETWEEN = [
    '{"topics":[',
    '{"title":"',
    ',"bullets":[',
    '{"text":"',
    ',"items":["',
    '],"refs":[',
    '{"label":"',
    ',"link":"',
    '],"head":"',
    '{"title":{"text":"',
    ']},"description":{"text":"',
    ']},"intro":[',
    '],"viewpoint":[',
    '],"tags":["',
    '{"pieces":[',
    ',"place":"',
]
"""What stands between the values of an answer: as one token each, for a character takes a step of 3 ms."""

_LIKELY = dict.fromkeys(_HANGUL, 1.5) | dict.fromkeys(_BETWEEN, 6.0) | {'"': 3.0, ",": 2.5, "]": 1.0, "\\": -4.0}
"""Logits by which some tokens are likelier than others, so that answers have bullets and come to an end."""


class Serving(NamedTuple):
    """A server that runs."""

    process: subprocess.Popen[str]
    base_url: str

    @property
    def port(self) -> int:
        return int(self.base_url.split(":")[2].split("/")[0])

    def asked(self) -> str:
        """Waits for the next question that a recorded model is asked: the part. Empty when the server is gone."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def kill(self) -> None:
        """SIGKILL: what is in flight breaks, and connections are refused from now on."""
        self.process.kill()
        self.process.wait()


@contextlib.contextmanager
def random_model() -> Iterator[Serving]:
    """llama.cpp on loopback, which answers any schema with garbage that fits."""
    with serving("random") as server:
        yield server


@contextlib.contextmanager
def recorded_model(replies: Path, *, port: int = 0, latency_s: float = 0.0) -> Iterator[Serving]:
    """A server that answers from the replies that a run has kept, and to nothing else."""
    with serving("recorded", str(replies), str(port), str(latency_s)) as server:
        yield server


@contextlib.contextmanager
def serving(*arguments: str) -> Iterator[Serving]:
    command = [sys.executable, "-m", "tests.real_model", *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        try:
            address = process.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:"), f"{command} did not start"
            yield Serving(process, address)
        finally:
            process.kill()


def write_random_model(file: Path) -> None:
    """A Llama of one layer in the format GGUF."""
    import gguf
    import numpy as np

    words = [*_CHARACTERS, *_HANGUL, *_BETWEEN, *_pairs()]
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), *words]
    kinds = [gguf.TokenType.UNKNOWN, *[gguf.TokenType.CONTROL] * 2, *[gguf.TokenType.BYTE] * 256]
    kinds += [gguf.TokenType.NORMAL] * len(words)
    writer = gguf.GGUFWriter(file, "llama")
    writer.add_context_length(CONTEXT_TOKENS)
    writer.add_embedding_length(_WIDTH)
    writer.add_block_count(1)
    writer.add_feed_forward_length(_WIDTH)
    writer.add_head_count(2)
    writer.add_head_count_kv(2)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(_WIDTH // 2)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_add_bos_token(True)
    writer.add_add_space_prefix(False)
    writer.add_chat_template("{% for m in messages %}[{{ m['role'] }}]\n{{ m['content'] }}\n{% endfor %}[assistant]\n")
    random = np.random.default_rng(7)

    def tensor(name: str, *shape: int, scale: float = 0.02) -> Any:
        return f"{name}.weight", (random.standard_normal(shape) * scale).astype(np.float32)

    # The first number of every token's vector is the same and large, so that of the output is a bias.
    name, embedding = tensor("token_embd", len(tokens), _WIDTH, scale=0.5)
    embedding[:, 0] = 8
    writer.add_tensor(name, embedding)
    name, output = tensor("output", len(tokens), _WIDTH, scale=0.1)
    biases = [_LIKELY.get(token, 0.0 if token in _CHARACTERS else -6.0) for token in tokens]
    output[:, 0] = np.array(biases) / 5
    writer.add_tensor(name, output)
    for part in ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down"):
        writer.add_tensor(*tensor(f"blk.0.{part}", _WIDTH, _WIDTH))
    for norm in ("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"):
        writer.add_tensor(f"{norm}.weight", np.ones(_WIDTH, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _pairs() -> list[str]:
    """The pairs of characters that the prompts have most of, so that questions take fewer tokens."""
    text = "".join(file.read_text("utf-8") for file in (ROOT / "prompts").glob("*.md")).replace(" ", "\u2581")
    counted = Counter(f"{one}{other}" for one, other in pairwise(text) if f"{one}{other}".isascii() or one == "\u2581")
    return [pair for pair, _ in counted.most_common(400)]


def _serve_random() -> None:
    import xllamacpp

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "random.gguf"
        write_random_model(file)
        settings = xllamacpp.CommonParams()
        settings.model.path = str(file)
        settings.model_alias = {MODEL_NAME}
        settings.hostnames, settings.port = ["127.0.0.1"], 0
        settings.use_jinja, settings.warmup, settings.fit_params = True, False, False
        settings.n_parallel, settings.n_ctx = AT_ONCE, AT_ONCE * CONTEXT_TOKENS
        settings.cpuparams.n_threads = 1
        settings.sampling.seed = 7
        server = xllamacpp.Server(settings)
        _tell(f"{server.listening_address}/v1")
        _wait()


def _serve_recorded(replies: Path, port: int, latency_s: float) -> None:
    from pipeline.records.questions import Message, Question, Reply
    from tests.faulty_model import FaultyModel

    kept = [Reply.model_validate(json.loads(file.read_bytes())["record"]) for file in replies.rglob("*.json")]
    contents = {reply.question: reply.content for reply in kept}

    def answer(body: dict[str, Any]) -> str:
        """The question has its hash from what went over the wire."""
        form = body["response_format"]["json_schema"]
        messages = tuple(Message(**message) for message in body["messages"])
        parameters = {name: body[name] for name in body.keys() - {"model", "messages", "response_format"}}
        asked = Question(
            part=form["name"],
            model=body["model"],
            messages=messages,
            answer_schema=form["schema"],
            parameters=parameters,
        )
        _tell(asked.part)
        time.sleep(latency_s)
        return contents[asked.hash]

    with FaultyModel(answer=answer, port=port) as server:
        _tell(server.base_url)
        _wait()


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _wait() -> None:
    """Serve until the parent goes away or kills us."""
    sys.stdin.read()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["random"]:
            _serve_random()
        case ["recorded", folder, port, latency_s]:
            _serve_recorded(Path(folder), int(port), float(latency_s))
