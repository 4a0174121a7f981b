"""config.toml and the environment, checked once at the start; nobody reads either elsewhere.

The environment wins over the file: `MOOT_LLM__MODEL` is `model` in the file's `[llm]`.
"""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Self, cast, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from bot.core import settings
from bot.core.errors import ConfigError

DEFAULT_FILE = Path("config.toml")
_WHOLE_SECTION = (
    "A whole section in one variable (such as MOOT_LLM) has to be JSON; set each setting by "
    "itself, such as MOOT_LLM__MODEL."
)


_PLACE = re.compile(r"\bline (\d+)")
_KINDS: Mapping[type, str] = {int: "a whole number", float: "a number", Path: "a path in quotes"}


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DatabaseConfig(_Section):
    """Where topics are kept."""

    path: Path = Path("moot.db")


def _stripped(value: Any) -> Any:
    """Without what stands around it by accident, such as the end of a line; nothing is not set."""
    return (value.strip() or None) if isinstance(value, str) else value


Word = Annotated[str | None, BeforeValidator(_stripped)]
Seconds = Annotated[float, Field(gt=0, le=86_400, allow_inf_nan=False)]
MillionTokens = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)] | None
"""What a million tokens cost."""


class LLMConfig(_Section):
    """The model that reads and drafts. Without `model` or `gguf`, the quotes engine serves."""

    model: Word = None
    """The model's name at the server; with `gguf`, the name by which it is shown."""
    gguf: Path | None = None
    """A file with a model's weights, which Moot runs itself, one call at a time."""
    threads: Annotated[int, Field(ge=1, le=512)] | None = None
    """Threads that compute at once for `gguf`; the physical cores where not set."""
    base_url: Word = None
    api_key: Annotated[SecretStr | None, BeforeValidator(_stripped)] = None
    timeout: Seconds = 180.0
    """Seconds a call."""
    patience: Seconds = 600.0
    """Seconds over all calls of one request."""
    at_once: Annotated[int, Field(ge=1, le=100)] = 4
    """Calls under way at a time."""
    context: Annotated[int, Field(ge=1024)] | None = None
    """Tokens that the model can take in; asked of the server where not set."""
    prompts: Path | None = None
    """A folder with prompt files of your own; what it lacks is taken from Moot's."""
    price_prompt: MillionTokens = None
    """Of tokens that the model reads."""
    price_completion: MillionTokens = None
    """Of tokens that the model writes."""
    currency: Annotated[str, Field(min_length=1, max_length=10)] = "USD"

    @property
    def name(self) -> str | None:
        """The name of the model, be it on a server or in a file; None where there is none."""
        return self.model or (self.gguf.stem if self.gguf else None)

    @model_validator(mode="after")
    def _both_prices(self) -> Self:
        if (self.price_prompt is None) != (self.price_completion is None):
            raise ValueError("Set both price_prompt and price_completion under [llm], or neither.")
        return self


Tokens = Annotated[int, Field(ge=0)] | None
Money = Annotated[float, Field(ge=0, le=10**12, allow_inf_nan=False)] | None


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


class _Given(Config):
    """Settings from what is given alone: what was wrong in the environment is out of it already."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


def load_config(path: Path | str | None = None) -> Config:
    """The settings from `path` (default: config.toml, if there is one) and the environment.

    Raises ConfigError where the file is missing or broken, or a value or name in it is wrong.
    """
    config, faults = look_over(path)
    if faults:
        more = f" `moot doctor` tells {len(faults) - 1} more." if len(faults) > 1 else ""
        raise ConfigError(f"{faults[0]}{more}")
    return config


def look_over(path: Path | str | None = None) -> tuple[Config, list[str]]:
    """The settings that can be used, and a sentence for each fault of the others."""
    values, faults = _read_if_any(path)
    values = _with_shared_names(values, os.environ)
    try:
        return Config(**values), faults
    except ValidationError:
        values = _merged(values, EnvSettingsSource(Config)())
    except SettingsError:  # then nothing of the environment can be used
        faults.append(_WHOLE_SECTION)
    config, more = _sound(values, str(path or DEFAULT_FILE))
    return config, faults + more


def _sound(values: Mapping[str, Any], file: str) -> tuple[Config, list[str]]:
    """What the values come to without those that are wrong, and what is wrong with these."""
    try:
        return _Given(**values), []
    except ValidationError as error:
        told = error.errors(include_url=False, include_input=False)
    rest = dict(values)
    for each in told:
        _drop(rest, each["loc"])
    config, more = _sound(rest, file)  # what is left may not fit together any more
    return config, list(dict.fromkeys([*(_explain(each, values, file) for each in told), *more]))


def unknown_variables(environment: Mapping[str, str]) -> list[str]:
    """A sentence for each variable that looks like Moot's and that nothing reads.

    One in a section that there is counts as a setting and is told with these.
    """
    sections = tuple(f"{settings.PREFIX}{name}__".upper() for name in Config.model_fields)
    return [
        settings.unknown_variable(name, _known())
        for name in sorted(environment)
        if name.startswith(settings.PREFIX) and not name.startswith(sections)
    ]


def _read_if_any(path: Path | str | None) -> tuple[dict[str, Any], list[str]]:
    if not path and not DEFAULT_FILE.exists():
        return {}, []
    try:
        return _read(Path(path or DEFAULT_FILE)), []
    except ConfigError as error:
        return {}, [str(error)]


def _merged(values: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(values)
    for name, value in over.items():
        under = _section(merged.get(name))
        merged[name] = {**under, **_section(value)} if under else value
    return merged


def _section(value: object) -> dict[str, Any]:
    return dict(cast("Mapping[str, Any]", value)) if isinstance(value, Mapping) else {}


def _drop(values: dict[str, Any], place: Sequence[int | str]) -> None:
    """Takes a setting out, or a section. What does not fit across sections is a limit in money."""
    name, *key = map(str, place or ("budget",))
    inside = _section(values.pop(name, None))
    if key:
        values[name] = {each: value for each, value in inside.items() if each != key[0]}


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError(
            f"There is no configuration file {path}; copy config.example.toml to start one."
        ) from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path} is not text in UTF-8: save it as UTF-8.") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = _PLACE.search(str(error))
        where = f" in line {place[1]}" if place else ""
        raise ConfigError(
            f"{path} is not valid TOML{where}: settings stand as name = value, text in quotes "
            '(model = "name"), paths with \\ in single ones, each name once in its section.'
        ) from None
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


def _explain(error: ErrorDetails, values: Mapping[str, Any], file: str) -> str:
    if error["type"] == "value_error":  # a sentence of this module's own
        return error["msg"].removeprefix("Value error, ")
    section, *key = map(str, error["loc"])
    known = _known()
    if section in known:
        return (
            _explain_setting(section, key[0], file) if key else settings.no_section(file, section)
        )
    if isinstance(values.get(section), Mapping):
        return settings.unknown_section(file, section, known)
    return settings.unknown(file, None, section, known)


def _explain_setting(section: str, name: str, file: str) -> str:
    known, variable = _known(), settings.variable(section, name)
    takes = known[section].get(name)
    if any(each.upper() == variable for each in os.environ):
        if takes is None:
            return settings.unknown_variable(variable, known)
        return settings.wrong_variable(section, name, takes)
    if takes is None:
        return settings.unknown(file, section, name, known)
    return settings.wrong(file, section, name, takes)


def _known() -> dict[str, dict[str, str]]:
    """What each setting takes, by section and name."""
    return {
        section: {name: _takes(each) for name, each in field.annotation.model_fields.items()}
        for section, field in Config.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
    }


def _takes(field: FieldInfo) -> str:
    kinds = [*_parts(field.annotation), *_parts(field.metadata)]
    bounds = {
        name: getattr(part, name)
        for part in kinds
        for name in ("ge", "gt", "le", "min_length", "max_length")
        if getattr(part, name, None) is not None
    }
    what = next((word for kind, word in _KINDS.items() if kind in kinds), "text in quotes")
    if "max_length" in bounds:
        return f"{what}, {bounds['min_length']} to {bounds['max_length']} characters"
    if "gt" in bounds:
        return f"{what} above {bounds['gt']}"
    if "le" in bounds:
        return f"{what} from {bounds['ge']} to {bounds['le']}"
    return f"{what}, {bounds['ge']} or more" if "ge" in bounds else what


def _parts(of: object) -> Iterator[object]:
    """A type, what it is made of, and what is said of that."""
    inner = cast("list[object]", of) if isinstance(of, list) else [*get_args(of), of]
    for part in inner:
        if isinstance(part, FieldInfo):
            yield from _parts(part.metadata)
        elif part is of or not get_args(part):
            yield part
        else:
            yield from _parts(part)
