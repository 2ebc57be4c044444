from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import read_prompts, read_secrets, read_settings
from pipeline.errors import ConfigError
from pipeline.presets import PRESETS

ROOT = Path(__file__).resolve().parents[1]


def settings_of(tmp_path: Path, text: str) -> object:
    (tmp_path / "maeil.toml").write_text(text, "utf-8")
    return read_settings(tmp_path)


def test_the_settings_that_come_with_the_program_are_valid() -> None:
    settings = read_settings(ROOT)
    assert [source.name for source in settings.sources] == ["ainews"]
    assert settings.timezone == "Asia/Seoul"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("timezon = 'Asia/Seoul'", "unknown setting 'timezon'"),
        ("[model]\nnmae = 'x'", "unknown setting 'model.nmae'"),
        ("[[sources]]\nname = 'a'\nkind = 'feed'\nulr = 'x'", "unknown setting 'sources.0.ulr'"),
        ("timezone = 'Mars/Olympus'", "'Mars/Olympus' is not a time zone"),
        ("[model]\ntimeout_s = -1", "model.timeout_s"),
        ("[[sources]]\nname = 'demo'\nkind = 'folder'", "'demo' is taken"),
        ("[[sources]]\nname = 'a'\nkind = 'gopher'", "sources.0.kind"),
        ("[[sources]]\nname = '../x'\nkind = 'feed'", "sources.0.name"),
        ("[[sources]]\npreset = 'ainews'", "there is no preset 'ainews'; there are ainews-feed, ainews-page"),
        ("model = [", "cannot be read"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        settings_of(tmp_path, text)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_environment_overrides_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAEIL_MODEL__NAME", "other")
    settings = settings_of(tmp_path, "[model]\nname = 'one'\njobs = 2")
    assert (settings.model.name, settings.model.jobs) == ("other", 2)  # type: ignore[attr-defined]


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert read_settings(tmp_path).sources == ()


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("OPENAI_API_KEY=sk-test-canary\n")
    file.chmod(0o644)
    with pytest.raises(ConfigError, match="chmod 600") as caught:
        read_secrets(tmp_path, {})
    assert "canary" not in str(caught.value)
    file.chmod(0o600)
    secrets = read_secrets(tmp_path, {})
    assert secrets.api_key is not None
    assert secrets.api_key.get_secret_value() == "sk-test-canary"
    assert "canary" not in repr(secrets)


def test_a_key_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"OPENAI_API_KEY=\xff\n")
    file.chmod(0o600)
    with pytest.raises(ConfigError, match=r"\.env: cannot be read"):
        read_secrets(tmp_path, {})


def test_the_environment_goes_before_the_key_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("OPENAI_BASE_URL=http://file.example/v1\n")
    file.chmod(0o600)
    assert read_secrets(tmp_path, {"OPENAI_BASE_URL": "http://here.example/v1"}).base_url == "http://here.example/v1"


def test_the_prompts_that_come_with_the_program_are_valid() -> None:
    prompts = read_prompts(ROOT / "prompts")
    assert set(prompts) == {"editor", "front", "overview", "again", "factcheck"}
    for prompt in prompts.values():
        assert all(example in prompt.text for example in prompt.examples)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("overview", "---\nname: overview\nschema: overview\n---\n{{ shape }}", "missing variable items"),
        (
            "overview",
            "---\nname: overview\nschema: overview\n---\n{{ items }} {{ shape }} {{ urls }}",
            "unknown variable urls",
        ),
        ("overview", "---\nname: overview\nschema: overview\ntone: gay\n---\n{{ items }}", "unknown setting 'tone'"),
        ("overview", "---\nname: view\nschema: overview\n---\n{{ items }}", "its name is 'view'"),
        ("overview", "---\nname: preview\nschema: postscript\n---\n{{ items }}", "answers"),
        ("overview", "---\nname: overview\nschema: overview\n---\n{{ items", "cannot be read"),
        ("overview", "---\nname: [\n---\n{{ items }}", "cannot be read"),
        ("editor", "---\nname: editor\n---\n{{ items }}", "unknown variable items"),
    ],
)
def test_a_wrong_prompt_is_refused_by_name(tmp_path: Path, name: str, text: str, told: str) -> None:
    for file in (ROOT / "prompts").glob("*.md"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / f"{name}.md").write_text(text, "utf-8")
    with pytest.raises(ConfigError) as caught:
        read_prompts(tmp_path)
    assert f"{name}.md" in str(caught.value)
    assert told in str(caught.value)


def test_a_missing_prompt_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"editor\.md: the prompt is missing"):
        read_prompts(tmp_path)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_is_a_whole_source_but_for_what_is_the_users(preset: str, tmp_path: Path) -> None:
    settings = settings_of(tmp_path, f"[[sources]]\npreset = '{preset}'")
    (source,) = settings.sources  # type: ignore[attr-defined]
    assert source.newsletter == "AINews"
    assert bool(source.url) == (source.kind == "feed")


def test_what_a_source_says_itself_counts_more_than_its_preset(tmp_path: Path) -> None:
    text = "[[sources]]\npreset = 'ainews-page'\nname = 'one'\nurl = 'https://news.example/issues/1/'"
    (source,) = settings_of(tmp_path, text).sources  # type: ignore[attr-defined]
    assert (source.name, source.kind, source.url) == ("one", "page", "https://news.example/issues/1/")
