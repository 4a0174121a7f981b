"""Config -> DiscussionPartner: the one place where parts are put together."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from bot.config import Config, LLMConfig
from bot.core.budget import MILLION, Amount, Budget, Price
from bot.core.errors import ConfigError
from bot.core.prompts import Prompt, parse
from bot.engines import Engine
from bot.engines.chat import Chat
from bot.engines.llm import VARIABLES, LLMEngine
from bot.engines.local import LocalModel
from bot.engines.quotes import QuotesEngine
from bot.engines.recorded import recorded_chat
from bot.engines.server import Endpoint, Server
from bot.partner import DiscussionPartner
from bot.partner.threads import ArchiveThreads

RECORDED = files("bot") / "sample" / "recorded.json"
"""What a large model answered to the sample."""


def _now() -> datetime:
    return datetime.now(UTC)


def build_partner(
    config: Config, clock: Callable[[], datetime] = _now, *, recorded: bool = False
) -> DiscussionPartner:
    """A partner over the configured database, not yet opened. Raises ConfigError.

    `recorded`: with no model configured, answers that a large one gave to the sample are played.
    """
    return DiscussionPartner(
        threads=ArchiveThreads(config.database.path),
        engines=_engines(config, recorded),
        clock=clock,
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
    return {name: load_prompt(name, own) for name in VARIABLES}


def load_prompt(name: str, own: Path | None) -> Prompt:
    """One prompt, checked. Raises ConfigError."""
    return parse(name, _prompt_text(name, own), VARIABLES[name])


def prompt_folder(name: str, own: Path | None) -> Path | Traversable:
    """The folder that a prompt comes from."""
    return own if own is not None and (own / f"{name}.md").is_file() else _shipped_prompts()


def build_chat(settings: LLMConfig) -> Chat | None:
    """A chat with the configured model, not yet connected; None without one. Raises ConfigError."""
    if settings.gguf is not None:
        return _local_chat(settings, settings.gguf)
    if settings.model is None:
        return None
    if settings.base_url is None and settings.api_key is None:
        raise ConfigError(
            "The model needs a key: set OPENAI_API_KEY, or base_url under [llm] for another server."
        )
    endpoint = Endpoint(
        model=settings.model,
        base_url=settings.base_url,
        api_key=settings.api_key.get_secret_value() if settings.api_key else None,
        timeout=settings.timeout,
        at_once=settings.at_once,
    )
    return Chat(endpoint)


def _local_chat(settings: LLMConfig, path: Path) -> Chat:
    """One call at a time, which has all cores; asked once, since a second try takes as long."""
    if settings.base_url is not None:
        raise ConfigError(
            "base_url and gguf under [llm] name two models: keep base_url for a server that runs, "
            "or gguf for a file that Moot runs itself."
        )
    endpoint = Endpoint(
        model=settings.name or path.name,
        base_url=str(path),
        timeout=settings.timeout,
        retries=0,
        at_once=1,
    )
    runner = LocalModel(endpoint, path, settings.context, settings.threads)
    return Chat(Server(endpoint, runner=runner))


def build_engine(settings: LLMConfig, chat: Chat) -> LLMEngine:
    """The engine that asks through a chat. Raises ConfigError where a prompt can't be used."""
    prompts = load_prompts(settings.prompts)
    return LLMEngine(chat, prompts, context=settings.context)


def _engines(config: Config, recorded: bool) -> Mapping[str, Engine]:
    """The engines by name; the first is the one that serves by default."""
    quotes, chat = QuotesEngine(), build_chat(config.llm)
    if chat is None and recorded:
        chat = recorded_chat(RECORDED.read_text(encoding="utf-8"))
    if chat is None:
        return {"quotes": quotes}
    return {"llm": build_engine(config.llm, chat), "quotes": quotes}


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
