"""Config -> DiscussionPartner: the one place where parts are put together."""

from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from bot.config import Config, LLMConfig
from bot.core.budget import MILLION, Amount, Budget, Price
from bot.core.errors import ConfigError
from bot.core.prompts import Prompt, parse
from bot.engines import Engine
from bot.engines.chat import Chat, Endpoint
from bot.engines.llm import VARIABLES, LLMEngine
from bot.engines.quotes import QuotesEngine
from bot.partner import DiscussionPartner
from bot.partner.threads import ArchiveThreads


def build_partner(config: Config) -> DiscussionPartner:
    """A partner over the configured database, not yet opened. Raises ConfigError."""
    return DiscussionPartner(
        threads=ArchiveThreads(config.database.path),
        engines=_engines(config),
        clock=lambda: datetime.now(UTC),
        budget=budget(config),
        patience=config.llm.patience,
    )


def budget(config: Config) -> Budget:
    """What models may be asked for, and what that costs."""
    llm, limits = config.llm, config.budget
    price = None
    if llm.price_prompt is not None and llm.price_completion is not None:
        price = Price(llm.price_prompt, llm.price_completion, llm.currency)
    return Budget(
        server_day=_amount(limits.server_day_tokens, limits.server_day_money),
        server_month=_amount(limits.server_month_tokens, limits.server_month_money),
        person_day=_amount(limits.person_day_tokens, limits.person_day_money),
        person_month=_amount(limits.person_month_tokens, limits.person_month_money),
        price=price,
    )


def _amount(tokens: int | None, money: float | None) -> Amount:
    return Amount(tokens, None if money is None else round(money * MILLION))


def load_prompts(own: Path | None) -> dict[str, Prompt]:
    """All prompts, checked: from the host's own folder where it has them, else Moot's."""
    return {name: parse(name, _prompt_text(name, own), known) for name, known in VARIABLES.items()}


def build_chat(settings: LLMConfig) -> Chat:
    """A conversation with the configured model. Raises ConfigError where there is none."""
    if settings.model is None:
        raise ConfigError("This needs a model: set model under [llm].")
    return Chat(_endpoint(settings, settings.model))


def prompt_folder(name: str, own: Path | None) -> Path | Traversable:
    """The folder that a prompt comes from."""
    return own if own is not None and (own / f"{name}.md").is_file() else _shipped_prompts()


def _engines(config: Config) -> Mapping[str, Engine]:
    """The engines by name; the first is the one that serves by default."""
    quotes = QuotesEngine()
    if config.llm.model is None:
        return {"quotes": quotes}
    return {"llm": _llm_engine(config.llm), "quotes": quotes}


def _llm_engine(settings: LLMConfig) -> LLMEngine:
    return LLMEngine(
        chat=build_chat(settings),
        prompts=load_prompts(settings.prompts),
        context=settings.context,
        window=settings.window,
    )


def _endpoint(settings: LLMConfig, model: str) -> Endpoint:
    if settings.base_url is None and settings.api_key is None:
        raise ConfigError(
            "The model needs a key: set OPENAI_API_KEY, or base_url under [llm] for another server."
        )
    return Endpoint(
        model=model,
        base_url=settings.base_url,
        api_key=settings.api_key.get_secret_value() if settings.api_key else None,
        timeout=settings.timeout,
        at_once=settings.at_once,
    )


def _prompt_text(name: str, own: Path | None) -> str:
    if own is not None and not own.is_dir():
        raise ConfigError(f"The prompts folder {own} is not there; see `prompts` under [llm].")
    try:
        return (prompt_folder(name, own) / f"{name}.md").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"The prompt {name}.md can't be read: {error}.") from None


def _shipped_prompts() -> Path | Traversable:
    """Inside the package where it is installed, beside it in a checkout."""
    inside = files("bot") / "prompts"
    return inside if inside.is_dir() else Path(__file__).parents[1] / "prompts"
