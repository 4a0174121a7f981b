"""config.toml and the environment, checked once at the start; nobody reads either elsewhere.

The environment wins over the file: `MOOT_LLM__MODEL` is `model` in the file's `[llm]`.
"""

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.core.errors import ConfigError

DEFAULT_FILE = Path("config.toml")


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DatabaseConfig(_Section):
    """Where topics are kept."""

    path: Path = Path("moot.db")


class LLMConfig(_Section):
    """The model that reads and drafts. Without `model`, the quotes engine serves."""

    model: str | None = None
    base_url: str | None = None
    api_key: SecretStr | None = None
    timeout: Annotated[float, Field(gt=0)] = 60.0
    """Seconds a call."""
    patience: Annotated[float, Field(gt=0)] = 600.0
    """Seconds over all calls of one request."""
    at_once: Annotated[int, Field(ge=1, le=100)] = 4
    """Calls under way at a time."""
    context: Annotated[int, Field(ge=1024)] | None = None
    """Tokens that the model can take in; asked of the server where not set."""
    window: Annotated[int, Field(ge=1)] | None = None
    """Characters of new messages a call; 1 reads message by message."""
    prompts: Path | None = None
    """A folder with prompt files of your own; what it lacks is taken from Moot's."""
    price_prompt: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    """What a million tokens that the model reads cost."""
    price_completion: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    """What a million tokens that the model writes cost."""
    currency: Annotated[str, Field(min_length=1, max_length=10)] = "USD"

    @model_validator(mode="after")
    def _both_prices(self) -> Self:
        if (self.price_prompt is None) != (self.price_completion is None):
            raise ValueError("Set both price_prompt and price_completion under [llm], or neither.")
        return self


Tokens = Annotated[int, Field(ge=0)] | None
Money = Annotated[float, Field(ge=0, allow_inf_nan=False)] | None


class BudgetConfig(_Section):
    """What models may be asked for in a day and a month (UTC); no limit where nothing is set."""

    person_day_tokens: Tokens = None
    person_month_tokens: Tokens = None
    server_day_tokens: Tokens = None
    server_month_tokens: Tokens = None
    person_day_money: Money = None
    person_month_money: Money = None
    server_day_money: Money = None
    server_month_money: Money = None

    @property
    def limits_money(self) -> bool:
        """Whether any of the limits is in money."""
        limits = self.model_dump(exclude_none=True)
        return any(name.endswith("_money") for name in limits)


class DiscordConfig(_Section):
    """How the bot signs in, and how far back it looks after an absence."""

    token: SecretStr | None = None
    reread_days: Annotated[int, Field(ge=0, le=365)] = 7
    """Days before its absence in which the bot looks for edits and deletions that it missed."""
    cooldown: Annotated[float, Field(ge=0)] = 5.0
    """Seconds between two requests of one person that ask a model anew."""


class EvalConfig(_Section):
    """Where `moot eval` finds its cases."""

    data: Path | None = None
    """The folder that holds the data sets of others."""
    cases: Path | None = None
    """A folder with small cases in TOML files; without it, those of a checkout."""


class Config(BaseSettings):
    """All settings, with every default filled in."""

    model_config = SettingsConfigDict(
        env_prefix="MOOT_",
        env_nested_delimiter="__",
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
    )

    database: DatabaseConfig = DatabaseConfig()
    llm: LLMConfig = LLMConfig()
    discord: DiscordConfig = DiscordConfig()
    eval: EvalConfig = EvalConfig()
    budget: BudgetConfig = BudgetConfig()

    @model_validator(mode="after")
    def _money_has_a_price(self) -> Self:
        if self.budget.limits_money and self.llm.price_prompt is None:
            raise ValueError(
                "A limit in money under [budget] can't hold without prices: set price_prompt and "
                "price_completion under [llm], or limit tokens instead."
            )
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment before the file's values, and nothing else."""
        return env_settings, init_settings


def load_config(path: Path | str | None = None) -> Config:
    """The settings from `path` (default: config.toml, if there is one) and the environment.

    Raises ConfigError where the file is missing or broken, or a value or name in it is wrong.
    """
    values = _read(Path(path)) if path else _read(DEFAULT_FILE) if DEFAULT_FILE.exists() else {}
    try:
        return Config(**_with_shared_names(values, os.environ))
    except ValidationError as error:
        raise ConfigError(_explain(error)) from None


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError(
            f"There is no configuration file {path}; copy config.example.toml to start one."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not valid TOML: {error}.") from None
    except OSError as error:
        raise ConfigError(f"{path} can't be read: {error.strerror}.") from None


def _with_shared_names(values: Mapping[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    """The file's values, with what other tools' variables give where Moot's own are not set."""
    told = dict(values)
    for variable, section, key in (
        ("OPENAI_API_KEY", "llm", "api_key"),
        ("DISCORD_TOKEN", "discord", "token"),
    ):
        part = told.get(section, {})
        if isinstance(part, Mapping) and environment.get(variable) and key not in part:
            told[section] = {**part, key: environment[variable]}
    return told


def _explain(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    if first["type"] == "value_error":  # a sentence of this module's own
        return first["msg"].removeprefix("Value error, ")
    place = [str(part) for part in first["loc"]]
    name = ".".join(place)
    if first["type"] != "extra_forbidden":
        return f"The setting {name} is wrong: {first['msg']}."
    known = _known_names()
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
    return f"There is no setting {name}; did you mean {near[0]}?"


def _known_names() -> list[str]:
    names: list[str] = []
    for section, field in Config.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            names += [f"{section}.{key}" for key in field.annotation.model_fields]
    return names
