"""maeil.toml, prompts/ and the environment: what a user sets, checked before anything runs."""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import jinja2
import jinja2.meta
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from pipeline import matter
from pipeline.errors import ConfigError
from pipeline.presets import with_preset
from pipeline.records.base import PartName
from pipeline.records.questions import Budget, Price, Prompt
from pipeline.records.sources import Source

SETTINGS_FILE = "maeil.toml"

OVERVIEW_HEADING = "### 최신 인공지능 기술과 응용 분야의 종합 리포트"

VARIABLES: dict[PartName | None, frozenset[str]] = {
    None: frozenset(),
    "front": frozenset({"items", "shape"}),
    "overview": frozenset({"items", "shape"}),
    "again": frozenset({"items", "pieces", "shape"}),
    "factcheck": frozenset({"items", "passages"}),
}
"""The variables that each prompt is given; every one of them must stand in its text, and no other may."""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ModelSettings(_Table):
    """Which model is asked, and how.

    Attributes:
        name: As the server names it.
        parameters: Only these are sent besides model, messages and schema (newer models refuse ``temperature``).
        timeout_s: Total for one call, retries not counted.
        patience_s: A run stops asking when the server has answered nothing for this long.
        jobs: Calls under way at once.
        usd_per_run, usd_per_day: A call that would pass these is not made; needs a price for the model.
    """

    name: str = ""
    parameters: dict[str, Any] = {}
    timeout_s: float = Field(default=180, gt=0)
    patience_s: float = Field(default=120, gt=0)
    jobs: int = Field(default=4, ge=1, le=64)
    requests_per_minute: int | None = Field(default=None, ge=1)
    tokens_per_minute: int | None = Field(default=None, ge=1)
    usd_per_run: float | None = Field(default=None, gt=0)
    usd_per_day: float | None = Field(default=None, gt=0)


class FactCheckSettings(_Table):
    """The reader that checks every sentence of a draft against its items.

    Attributes:
        model: As its server names it; the writing model when empty.
        parameters: Only these are sent besides model, messages and schema; those of the writing model when it reads.
        base_url: Address of its server; that of the writing model when empty.
    """

    model: str = ""
    parameters: dict[str, Any] = {}
    base_url: str = ""


class PostSettings(_Table):
    """What a post needs, and what it ends with.

    Attributes:
        credit: Whether the last line credits the newsletter.
        date: What front matter gives as the date: the newsletter's ``day``, or for sites that take a day for midnight
            UTC and hold a post back until then (Hugo, Jekyll) its ``instant``.
        preview_bullets, overview_bullets: With fewer than these left after the checks, no post is written.
        overview_heading: The line under the Overview's heading; empty for none.
        freshness_days: Posts of how many newsletter days before are compared with today's.
    """

    credit: bool = True
    date: Literal["day", "instant"] = "day"
    preview_bullets: int = Field(default=3, ge=1)
    overview_bullets: int = Field(default=3, ge=1)
    overview_heading: Annotated[str, Field(max_length=200, pattern=r"^[^\r\n]*$")] = OVERVIEW_HEADING
    freshness_days: int = Field(default=30, ge=0)


class CleanSettings(_Table):
    """What becomes of links that pass by a click tracker which cannot be decoded.

    Attributes:
        resolve: Whether they are followed; else they are left out of posts.
        resolve_limit: How many are followed in one run; the rest waits for the next.
    """

    resolve: bool = False
    resolve_limit: int = Field(default=200, ge=1)


class WebSettings(_Table):
    """How pages and feeds are fetched. Hosts in ``allow_private`` may have addresses that are not public."""

    timeout_s: float = Field(default=60, gt=0)
    max_bytes: int = Field(default=15_000_000, ge=1)
    allow_private: tuple[str, ...] = ()


class Folders(_Table):
    """Where things lie, relative to the root unless absolute."""

    raw: Path = Path("data/raw")
    replies: Path = Path("data/replies")
    ledger: Path = Path("data/ledger")
    work: Path = Path("data/work")
    posts: Path = Path("data/posts")


class Settings(BaseSettings):
    """All of maeil.toml. ``MAEIL_MODEL__NAME=…`` in the environment overrides ``name`` under ``[model]``, and so on.

    Attributes:
        factcheck: ``"off"`` leaves the fact check out; the post's record says so.
        notify_url: Gets one GET at the end of a good run, and ``/fail`` behind it one at the end of a bad one.
    """

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        env_prefix="MAEIL_",
        env_nested_delimiter="__",
        nested_model_default_partial_update=True,
    )

    timezone: str = "Asia/Seoul"
    notify_url: str = ""
    model: ModelSettings = ModelSettings()
    factcheck: FactCheckSettings | Literal["off"] = FactCheckSettings()
    budget: Budget = Budget()
    post: PostSettings = PostSettings()
    clean: CleanSettings = CleanSettings()
    web: WebSettings = WebSettings()
    folders: Folders = Folders()
    prices: dict[str, Price] = {}
    sources: tuple[Source, ...] = ()

    @field_validator("timezone")
    @classmethod
    def _is_a_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"{name!r} is not a time zone of the tz database, such as Asia/Seoul") from error
        return name

    @field_validator("sources", mode="before")
    @classmethod
    def _start_from_presets(cls, sources: Any) -> Any:
        tables = isinstance(sources, list) and all(isinstance(source, Mapping) for source in sources)
        return [with_preset(source) for source in sources] if tables else sources

    @field_validator("sources")
    @classmethod
    def _names_differ(cls, sources: tuple[Source, ...]) -> tuple[Source, ...]:
        names = [source.name for source in sources]
        for name in names:
            if names.count(name) > 1 or name in ("input", "demo"):
                raise ValueError(f"the name {name!r} is taken: every source needs one of its own")
        return sources

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which an instant has its day."""
        return ZoneInfo(self.timezone)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment before the file, and nothing else."""
        return env_settings, init_settings


class Secrets(BaseModel):
    """What must never be printed.

    Attributes:
        base_url: None for OpenAI itself.
        factcheck_key: None when the reader needs no key of its own.
    """

    model_config = ConfigDict(frozen=True)

    api_key: SecretStr | None = None
    base_url: str | None = None
    mail_password: SecretStr | None = None
    factcheck_key: SecretStr | None = None


def read_settings(root: Path) -> Settings:
    """The settings of ``root/maeil.toml``; the defaults where there is no such file.

    Raises:
        ConfigError: The file is not TOML, names an unknown setting or has a wrong value; all of them are named.
    """
    file = root / SETTINGS_FILE
    try:
        table = tomllib.loads(file.read_text("utf-8-sig")) if file.exists() else {}
        return Settings(**table)
    except RecursionError as error:
        raise ConfigError("cannot be read: it nests too deep", subject=SETTINGS_FILE) from error
    except ValidationError as error:
        raise ConfigError(_told(error), subject=SETTINGS_FILE) from error
    # Not TOML, not UTF-8, or a number of more digits than Python reads; ValidationError is a ValueError too.
    except (OSError, ValueError) as error:
        raise ConfigError(f"cannot be read: {error}", subject=SETTINGS_FILE) from error


def _told(error: ValidationError) -> str:
    lines = []
    for problem in error.errors(include_url=False):
        place = ".".join(str(step) for step in problem["loc"])
        if problem["type"] == "extra_forbidden":
            lines.append(f"unknown setting {place!r}")
        else:
            lines.append(f"{place}: {problem['msg'].removeprefix('Value error, ')}")
    return "; ".join(lines)


def read_secrets(root: Path, environ: dict[str, str]) -> Secrets:
    """Keys from the environment, else from ``root/.env``.

    Raises:
        ConfigError: ``.env`` can be read by others than its owner, or cannot be read.
    """
    try:
        found = {**_of_env_file(root / ".env"), **environ}
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", subject=".env") from error
    return Secrets(
        api_key=SecretStr(found["OPENAI_API_KEY"]) if found.get("OPENAI_API_KEY") else None,
        base_url=found.get("OPENAI_BASE_URL") or None,
        mail_password=SecretStr(found["MAEIL_IMAP_PASSWORD"]) if found.get("MAEIL_IMAP_PASSWORD") else None,
        factcheck_key=SecretStr(found["MAEIL_FACTCHECK_API_KEY"]) if found.get("MAEIL_FACTCHECK_API_KEY") else None,
    )


def _of_env_file(file: Path) -> dict[str, str]:
    if not file.is_file():
        return {}
    if os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise ConfigError("others can read it", subject=".env", hint="run: chmod 600 .env")
    from dotenv import dotenv_values

    return {key: value for key, value in dotenv_values(file).items() if value}


def read_prompts(folder: Path) -> dict[str, Prompt]:
    """Every prompt of ``folder`` by name.

    Raises:
        ConfigError: One is missing, cannot be read, has an unknown key, or its text lacks a variable or names an
            unknown one.
    """
    try:
        files = sorted(folder.glob("*.md"))
    except OSError as error:
        raise ConfigError(f"cannot be read: {error}", subject=folder.name) from error
    prompts = {file.stem: _prompt(file) for file in files}
    for name in ("editor", *(part for part in VARIABLES if part)):
        if name not in prompts:
            raise ConfigError("the prompt is missing", subject=f"{folder.name}/{name}.md")
    return prompts


def _prompt(file: Path) -> Prompt:
    subject = f"{file.parent.name}/{file.name}"
    try:
        head, text = matter.split(file.read_text("utf-8-sig").replace("\r\n", "\n"))
        keys: dict[str, Any] = {"name": file.stem, **matter.read(head or ""), "text": text.strip()}
        answers = keys.pop("schema", None)
        prompt = Prompt.model_validate({**keys, "answers": answers})
        used = jinja2.meta.find_undeclared_variables(jinja2.Environment(autoescape=False).parse(prompt.text))
    except ValidationError as error:
        raise ConfigError(_told(error), subject=subject) from error
    except (OSError, UnicodeDecodeError, matter.MatterError, TypeError, jinja2.TemplateSyntaxError) as error:
        raise ConfigError(f"cannot be read: {error}", subject=subject) from error
    if prompt.name != file.stem:
        raise ConfigError(f"its name is {prompt.name!r}; it must be that of its file", subject=subject)
    given = VARIABLES[prompt.answers]
    for names, problem in ((used - given, "unknown variable"), (given - used, "missing variable")):
        if names:
            raise ConfigError(f"{problem} {', '.join(sorted(names))}", subject=subject)
    return prompt
