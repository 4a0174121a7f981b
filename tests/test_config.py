import traceback
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.assembly import budget
from bot.config import Config, LLMConfig, load_config, unknown_variables
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


SECTIONS = "[database], [llm], [discord], [eval], [budget]"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[llm]\nmodle = "x"', "there is no setting modle under [llm]; did you mean model?"),
        (
            '[llm]\ntoken = "x"',
            "there is no setting token under [llm]; it belongs under [discord].",
        ),
        ("[eval]\nzz = 1", "there is no setting zz under [eval]; there are data, cases."),
        (
            'model = "x"',
            "there is no setting model above the first section; it belongs under [llm].",
        ),
        (
            "zz = 1",
            f"there is no setting zz above the first section; settings stand under {SECTIONS}.",
        ),
        ("[foo]\na = 1", f"there is no section [foo]; there are {SECTIONS}."),
        ('[lm]\nmodel = "x"', "there is no section [lm]; did you mean [llm]?"),
        ("llm = 3", "llm is a section: write its settings below a line [llm]."),
        ("[[llm]]", "llm is a section: write its settings below a line [llm]."),
        ("[llm]\ntimeout = -1", "timeout under [llm] takes a number above 0."),
        ('[llm]\ntimeout = "soon"', "timeout under [llm] takes a number above 0."),
        ("[llm]\nat_once = 0", "at_once under [llm] takes a whole number from 1 to 100."),
        ("[llm]\nat_once = 1.5", "at_once under [llm] takes a whole number from 1 to 100."),
        ("[llm]\ncontext = true", "context under [llm] takes a whole number, 1024 or more."),
        ("[llm]\nmodel = 5", "model under [llm] takes text in quotes."),
        ("[llm.model]\na = 1", "model under [llm] takes text in quotes."),
        ("[llm]\napi_key = 5", "api_key under [llm] takes text in quotes."),
        ('[llm]\ncurrency = ""', "currency under [llm] takes text in quotes, 1 to 10 characters."),
        ("[database]\npath = 5", "path under [database] takes a path in quotes."),
        ("[llm]\nprice_prompt = inf", "price_prompt under [llm] takes a number from 0 to 1000000."),
        (
            "[budget]\nserver_day_tokens = -1",
            "server_day_tokens under [budget] takes a whole number, 0 or more.",
        ),
        (
            "[budget]\nserver_days = 1",
            "no setting server_days under [budget]; did you mean server_",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place_and_what_is_taken(text: str, sentence: str) -> None:
    Path("config.toml").write_text(text)
    with pytest.raises(ConfigError, match=r".") as raised:
        load_config()
    assert str(raised.value).startswith("config.toml: ")
    assert sentence in str(raised.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[llm", "config.toml is not valid TOML: settings stand as name = value"),
        ("[llm]\nmodel = gpt-5", "config.toml is not valid TOML in line 2: settings stand"),
        ('[llm]\nprompts = "C:\\users"', "paths with \\ in single ones"),
        ("a = " + "[" * 100_000, "config.toml is not valid TOML"),
        ("[llm]\nprice_prompt = 1", "Set both price_prompt and price_completion under [llm]"),
        ("[budget]\nserver_day_money = 2", "can't hold without prices: set price_prompt and"),
    ],
)
def test_what_is_no_toml_or_does_not_fit_together_is_said(text: str, sentence: str) -> None:
    Path("config.toml").write_text(text)
    with pytest.raises(ConfigError, match=r".") as raised:
        load_config()
    assert sentence in str(raised.value)


def test_a_file_that_is_no_text_is_said() -> None:
    Path("config.toml").write_bytes(b"\xff\xfe[\0l")
    with pytest.raises(ConfigError, match=r"config\.toml is not text in UTF-8: save it as UTF-8\."):
        load_config()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("MOOT_LLM__CONTEXT", "0", "MOOT_LLM__CONTEXT takes a whole number, 1024 or more."),
        ("moot_llm__at_once", "many", "MOOT_LLM__AT_ONCE takes a whole number from 1 to 100."),
        ("MOOT_LLM__CURRENCY", "x" * 11, "MOOT_LLM__CURRENCY takes text, 1 to 10 characters."),
        ("MOOT_LLM__MODLE", "x", "MOOT_LLM__MODLE; did you mean MOOT_LLM__MODEL?"),
        ("MOOT_LLM__ZZZZ", "x", "MOOT_LLM__ZZZZ; take it out of the environment."),
    ],
)
def test_a_mistake_in_the_environment_is_named_with_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match=r".") as raised:
        load_config()
    assert str(raised.value).endswith(f"the variable {sentence}") or str(raised.value) == (
        f"The variable {sentence}"
    )


@pytest.mark.parametrize(
    ("name", "offer"),
    [
        ("MOOT_LM__MODEL", "did you mean MOOT_LLM__MODEL?"),
        ("MOOT_TOKEN", "did you mean MOOT_DISCORD__TOKEN?"),
        ("MOOT_FOO", "take it out of the environment."),
        ("MOOT_", "take it out of the environment."),
    ],
)
def test_a_variable_that_nothing_reads_is_told_with_one_only_if_it_is_near(
    name: str, offer: str
) -> None:
    (told,) = unknown_variables({name: "x", "HOME": "y"})
    assert told == f"Nothing reads the variable {name}; {offer}"


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
