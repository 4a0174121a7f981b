import traceback
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.assembly import budget
from bot.config import Config, LLMConfig, load_config
from bot.core.budget import UNLIMITED, Amount, Budget, Price
from bot.core.errors import ConfigError

EXAMPLE = Path(__file__).parents[1] / "config.example.toml"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("OPENAI_API_KEY", "DISCORD_TOKEN", "MOOT_LLM__MODEL", "MOOT_DATABASE__PATH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_nothing_configured_is_a_configuration() -> None:
    assert load_config() == Config()
    assert load_config().llm.model is None


def test_the_example_shows_the_defaults() -> None:
    assert load_config(EXAMPLE) == Config()


def test_every_line_of_the_example_is_a_setting(tmp_path: Path) -> None:
    lines = EXAMPLE.read_text().splitlines()
    settings = [line.removeprefix("# ") if " = " in line else line for line in lines]
    path = tmp_path / "all.toml"
    path.write_text("\n".join(line for line in settings if not line.startswith("# ")))
    config = load_config(path)
    assert config.llm.model is not None
    assert config.discord.token is not None


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("config.toml").write_text('[llm]\nmodel = "from-file"\ntimeout = 5\n')
    assert load_config().llm.model == "from-file"
    monkeypatch.setenv("MOOT_LLM__MODEL", "from-environment")
    assert load_config().llm.model == "from-environment"
    assert load_config().llm.timeout == 5


def test_the_usual_variables_for_keys_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    monkeypatch.setenv("DISCORD_TOKEN", "tok")
    config = load_config()
    assert config.llm.api_key is not None
    assert config.llm.api_key.get_secret_value() == "sk-test"
    assert config.discord.token is not None
    assert "sk-test" not in repr(config)
    monkeypatch.setenv("MOOT_LLM__API_KEY", "sk-moot")
    ours = load_config().llm.api_key
    assert ours is not None
    assert ours.get_secret_value() == "sk-moot"


@pytest.mark.parametrize(
    "text",
    [
        '[llm]\napi_key = ["sk-sentinel"]',
        "[llm]\napi_key = sk-sentinel",
        '[llm]\ntimeout = "sk-sentinel"',
        '[llm]\nmodel = "m"\nmodel = "sk-sentinel"',
        '[discord]\ntoken = {sentinel = "sk-sentinel"}',
        'llm = "sk-sentinel"',
    ],
)
def test_what_is_wrong_is_said_without_what_may_be_a_key(text: str) -> None:
    Path("config.toml").write_text(text)
    with pytest.raises(ConfigError) as refused:
        load_config()
    told = "".join(traceback.format_exception(refused.value))
    assert "sentinel" not in told


def test_a_broken_section_in_the_environment_is_said_without_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MOOT_LLM", '{"api_key": "sk-sentinel')
    with pytest.raises(ConfigError, match="has to be JSON") as refused:
        load_config()
    assert "sentinel" not in "".join(traceback.format_exception(refused.value))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[llm]\nmodle = "x"', "There is no setting llm.modle; did you mean llm.model?"),
        ("[llm]\ntimeout = -1", "The setting llm.timeout is wrong"),
        ("[llm", "not valid TOML"),
        ("llm = 3", "The setting llm is wrong"),
        ("[llm]\nprice_prompt = 1", "Set both price_prompt and price_completion under [llm]"),
        ("[llm]\nprice_prompt = inf", "The setting llm.price_prompt is wrong"),
        ("[budget]\nserver_day_money = 2", "can't hold without prices: set price_prompt and"),
        ("[budget]\nserver_day_tokens = -1", "The setting budget.server_day_tokens is wrong"),
        ("[budget]\nserver_days = 1", "did you mean budget.server_day_"),
    ],
)
def test_a_mistake_is_named(text: str, sentence: str) -> None:
    Path("config.toml").write_text(text)
    with pytest.raises(ConfigError, match=r".") as raised:
        load_config()
    assert sentence in str(raised.value)


def test_a_budget_is_what_the_file_says(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("config.toml").write_text(
        "[llm]\nprice_prompt = 0.25\nprice_completion = 2\ncurrency = 'EUR'\n"
        "[budget]\nperson_day_tokens = 20_000\nserver_month_money = 12.50\n"
    )
    monkeypatch.setenv("MOOT_BUDGET__SERVER_DAY_TOKENS", "300000")
    assert budget(load_config()) == Budget(
        person_day=Amount(20_000),
        server_day=Amount(300_000),
        server_month=Amount(None, 12_500_000),
        price=Price(0.25, 2, "EUR"),
    )


def test_without_a_word_about_budgets_there_is_no_limit() -> None:
    assert budget(Config()) == UNLIMITED


def test_a_file_that_was_named_must_be_there() -> None:
    with pytest.raises(ConfigError, match=r"no configuration file nowhere\.toml"):
        load_config("nowhere.toml")


def test_nothing_but_blanks_is_not_set_and_blanks_around_a_word_are_no_part_of_it() -> None:
    blank = LLMConfig.model_validate({"model": " ", "base_url": "", "api_key": "\n"})
    assert (blank.model, blank.base_url, blank.api_key) == (None, None, None)
    set_ = LLMConfig.model_validate({"model": "m ", "base_url": " http://h/v1\n", "api_key": "k\n"})
    assert (set_.model, set_.base_url) == ("m", "http://h/v1")
    assert set_.api_key is not None
    assert set_.api_key.get_secret_value() == "k"


@pytest.mark.parametrize("name", ["timeout", "patience", "price_prompt"])
@pytest.mark.parametrize("value", ["inf", "nan", "-1", "1e308"])
def test_numbers_that_nothing_can_be_done_with_are_refused(name: str, value: str) -> None:
    with pytest.raises(ValidationError):
        LLMConfig.model_validate({name: value, "price_completion": 1})


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({}, None),
        ({"model": "m"}, "m"),
        ({"gguf": "models/small.gguf"}, "small"),
        ({"gguf": "models/small.gguf", "model": "m"}, "m"),
    ],
)
def test_a_model_has_one_name_wherever_it_runs(settings: dict[str, str], name: str | None) -> None:
    assert LLMConfig.model_validate(settings).name == name
