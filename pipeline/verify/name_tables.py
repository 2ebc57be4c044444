"""Names as data: what Korean prose calls the names of the field, and Latin words that belong to no story."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.verify.korean_names import COMPANIES, MODELS, PEOPLE, TOOLS
from pipeline.verify.korean_names import PLACES as PLACE_ROWS
from pipeline.verify.units import listed


def _rows(table: str) -> dict[str, tuple[str, ...]]:
    rows = {}
    for line in table.strip().splitlines():
        korean, _, latin = line.partition(" | ")
        rows.update(dict.fromkeys(korean.split(","), tuple(latin.split())))
    return rows


KOREAN_NAMES: dict[str, tuple[str, ...]] = {
    **_rows(COMPANIES), **_rows(MODELS), **_rows(TOOLS), **_rows(PEOPLE)
}  # fmt: skip
"""A Korean name and the Latin forms of which one must stand in the items."""

PLACES: dict[str, tuple[str, ...]] = _rows(PLACE_ROWS)
"""Places, likewise; a missing one is a warning."""

BY_SYLLABLE: dict[str, list[str]] = {}
"""Korean names and places by their first syllable, the longest first."""
for _name in sorted(KOREAN_NAMES | PLACES, key=len, reverse=True):
    BY_SYLLABLE.setdefault(_name[0], []).append(_name)

KOREAN_FAMILIES: frozenset[str] = frozenset(_rows(MODELS)) | frozenset(_rows(TOOLS))
"""Korean names that a version number may follow (라마 3.1)."""

LATIN_FAMILIES: frozenset[str] = frozenset(
    form for table in (MODELS, TOOLS) for row in _rows(table).values() for form in row
)
"""Latin names that a version number may follow though they are written without a capital (llama 3)."""

# Latin names for one thing: any of a row may stand for another.
SAME_NAMES: tuple[frozenset[str], ...] = tuple(
    frozenset(row.split())
    for row in (
        "openai oai",
        "huggingface hf",
        "microsoft msft ms",
        "nvidia nvda",
        "deepmind googledeepmind gdm",
        "twitter x xcom",
        "meta metaai aiatmeta",
        "mistral mistralai",
        "cohere cohereforai",
        "stablediffusion sd",
        "lmsys lmsysorg",
        "chatbotarena lmsysarena",
        "macos mac osx",
        "kubernetes k8s",
        "postgres postgresql",
        "llm llms",
        "lm lms",
        "gradientai gradient",
        "eu europe european",
    )
)


def korean_names_within(text: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of every Korean name in a text, places left out, and the first of its Latin forms.

    Also of one inside another word: 구글 in 구글링 and in 구글 딥마인드.
    """
    for at, syllable in enumerate(text):
        for name in BY_SYLLABLE.get(syllable, ()):
            if name in KOREAN_NAMES and text.startswith(name, at):
                yield at, at + len(name), KOREAN_NAMES[name][0]


# Latin words of Korean technical prose that claim nothing about a story, allowed though no item has them.
VOCABULARY: frozenset[str] = frozenset(
    listed(
        "ai api apis app apps llm llms lm slm vlm gpu gpus cpu cpus tpu npu ram vram ssd hdd rag pdf url urls uri "
        "ml dl os ui ux it sns nlp cv rl rlhf sft dpo moe agi asi gpt sdk ide cli gui http https html css json "
        "xml yaml csv sql pr prs qa q a b c d id ip pc ceo cto cfo coo vp hr rnd r&d b2b b2c saas iot ar vr xr 2d "
        "3d 4d 5g faq diy tts stt asr ocr ci cd kv qkv eval evals benchmark benchmarks dataset datasets open "
        "source opensource fine tuning finetuning finetune prompt prompts prompting token tokens tokenizer "
        "transformer transformers attention embedding embeddings context window model models agent agents chatbot "
        "chatbots bot bots inference training pretraining post pre zero shot few multi modal multimodal text "
        "image video audio speech voice code coding reasoning quantization quantized lora qlora adapter adapters "
        "weights parameter parameters layer layers head heads cache kernel kernels batch batching pipeline "
        "framework library plugin plugins server client cloud edge local web browser online offline demo beta "
        "alpha preview release update version pro con etc vs and or the of in to for with on by as at via per new "
        "news note tip team user users community channel thread blog post paper papers research researcher "
        "engineer developer large language small deep learning machine data robot robotics hardware software "
        "firmware input output json schema mode system retrieval augmented generation mixture experts expert "
        "reinforcement human feedback direct preference optimization supervised chain thought cot in-context "
        "state art sota end-to-end on-device real-time open-source fine-tuning pre-training am pm kst utc pt et "
        "pst pdt est edt gb mb tb kb kib mib gib ms px fps tok s sec min hr usd krw eur x ok"
    )
)

# Words of programmers that Korean writes in Latin letters; told though no item has them they are a warning, not a name.
PLAIN_WORDS: frozenset[str] = frozenset(
    listed(
        "abstract accuracy array assistant async auto autoencoder average backbone backend backprop backup bash "
        "beam branch buffer bug build callback canvas card chart chatbot checkbox chunk class click clip cluster "
        "column command comment commit compile compiler component config connector console container content copy "
        "crawler cron dashboard debug debugger decode decoder default deploy design desktop diff diffusion docker "
        "docs document domain download driver dropout dump effort email encode encoder endpoint engine epoch error "
        "exploit export false feature feed fetch file filter flag float folder format frontend full function gateway "
        "general github gradient graph grid guardrail harness hash header heatmap high hook host hybrid icon import "
        "index install instance instruct integer interface issue join kernel key keyword label landing latency "
        "latent library license linear list load local log logger logit logits logprob logprobs loop loss low lower "
        "main manifest mask matrix memory menu merge message meta metadata metric mixed mobile mock module native "
        "network neural node none normal notebook null object offset opensource operator optimizer orchestrator "
        "overview pack package page panel parallel parse parser patch path payload people perplexity pipe pixel "
        "platform playground policy pool popup portal precision process profile project proxy public push python "
        "query queue random rank rate raw readme recall refactor regex register repl repo report repository request "
        "research response rest retrieval reverse reward root rollout router routing rule rules runtime sample "
        "sandbox scale scaling schedule scheduler score scraper screen script search seed self server session set "
        "setting setup sheet shell skill skills slider softmax source space spec speed stack stage standard static "
        "storage store stream streaming string studio style subreddit switch sync syntax table tag target task "
        "template tensor terminal test theme thread threshold timeout title tool toolkit tools topic trace tree "
        "trigger true tuple tutorial type unit update upload upper usage value vector verbose video view virtual "
        "vision wake warning watermark website webhook webview weight widget wiki window wizard worker workflow "
        "workspace world wrapper write"
    )
)

# Of these, abbreviations that claim a technique, a device or a trade: told only where the items have it, spelt out, or
# have one of these words (normalised).
CLAIMS: dict[str, tuple[str, ...]] = {
    "slm": ("small", "smaller"),
    "vlm": ("vision", "visual", "multimodal", "image", "images"),
    "tpu": (),
    "npu": (),
    "vram": ("memory", "ram", "gb", "gigabytes", "gpu", "gpus"),
    "ssd": ("disk", "storage", "nvme"),
    "hdd": ("disk", "storage"),
    "rag": ("retrieval", "retrieve", "retriever"),
    "rl": ("reinforcement", "rlhf", "grpo", "ppo", "reward", "rewards"),
    "rlhf": ("humanfeedback", "reinforcementlearning", "rlaif"),
    "sft": ("supervised", "finetuning", "finetune", "finetuned", "instructiontuning"),
    "dpo": ("preference", "preferences"),
    "moe": ("expert", "experts"),
    "agi": ("generalintelligence",),
    "asi": ("superintelligence", "superintelligent", "superhuman"),
    "tts": ("speech", "voice", "voices", "texttospeech"),
    "stt": ("speech", "transcription", "transcribe", "voice"),
    "asr": ("speech", "transcription", "transcribe", "whisper"),
    "ocr": ("scan", "scanned", "documentparsing"),
    "kv": (),
    "qkv": (),
    "lora": ("lowrank", "adapter", "adapters", "qlora", "loras", "dora"),
    "qlora": ("lora",),
    "cot": ("chainofthought", "reasoning"),
    "b2b": ("enterprise", "business", "businesses"),
    "b2c": ("consumer", "consumers"),
    "saas": ("software",),
    "iot": ("internetofthings", "devices"),
    "ar": ("augmentedreality", "glasses"),
    "vr": ("virtualreality", "headset"),
    "xr": ("headset", "ar", "vr"),
}

# Words that tell members of a model family apart: "Gemini 2.5 Pro" is not in an item that has "Gemini 2.5 Flash".
TIERS: frozenset[str] = frozenset(
    listed("pro flash mini max ultra opus sonnet haiku turbo nano lite scout maverick behemoth")
)
KOREAN_TIERS: dict[str, str] = {
    "프로": "pro",
    "플래시": "flash",
    "미니": "mini",
    "울트라": "ultra",
    "터보": "turbo",
    "나노": "nano",
    "오푸스": "opus",
    "소네트": "sonnet",
    "소넷": "sonnet",
    "하이쿠": "haiku",
    "스카우트": "scout",
    "매버릭": "maverick",
}
