"""Who is measured: the engines behind the real partner, each over a scratch database."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.assembly import build_chat, build_partner
from bot.config import Config
from bot.core.errors import ConfigError, NotFound
from bot.core.model import Thread
from bot.core.summary import Answer, EngineFacts, Suggestions, Summary, Usage
from bot.engines import Wanted
from bot.evals.baseline import Baseline
from bot.evals.case import Drafting
from bot.partner import DiscussionPartner

ENGINES = ("quotes", "llm", "baseline")
START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody who drafts, under a name; `at_once` cases may be under way at a time."""

    name: str
    facts: EngineFacts
    drafting: Drafting
    at_once: int = 1


class Partnered:
    """An engine as people meet it: the whole partner, which reads a thread once."""

    def __init__(self, partner: DiscussionPartner, engine: str) -> None:
        self._partner = partner
        self._engine = engine

    async def summarise(self, thread: Thread) -> Summary:
        return await self._partner.summarise(await self._topic(thread), self._engine)

    async def ask(self, thread: Thread, question: str) -> Answer:
        return await self._partner.ask(await self._topic(thread), question, self._engine)

    async def suggest(self, thread: Thread, wanted: Wanted) -> Suggestions:
        return await self._partner.suggest(await self._topic(thread), wanted, engine=self._engine)

    async def _topic(self, thread: Thread) -> int:
        """The topic's id; its messages are a minute apart, since the archive orders by time."""
        messages = [
            replace(each, posted_at=START + timedelta(minutes=place))
            for place, each in enumerate(thread.messages)
        ]
        return (await self._partner.record(thread.topic, messages)).topic_id


class Attempt:
    """A contender at work on one case, with what it spends."""

    def __init__(self, drafting: Drafting) -> None:
        self._drafting = drafting
        self.usage = Usage()

    async def summarise(self, thread: Thread) -> Summary:
        summary = await self._drafting.summarise(thread)
        self.usage += summary.usage
        return summary

    async def ask(self, thread: Thread, question: str) -> Answer:
        answer = await self._drafting.ask(thread, question)
        self.usage += answer.usage
        return answer

    async def suggest(self, thread: Thread, wanted: Wanted) -> Suggestions:
        suggestions = await self._drafting.suggest(thread, wanted)
        self.usage += suggestions.usage
        return suggestions


@asynccontextmanager
async def contending(
    config: Config, engine: str, prompts: Path | None = None
) -> AsyncGenerator[Contender]:
    """An engine ready to be measured, with prompts of a folder in place of the configured ones.

    Raises ConfigError where it can't be put together.
    """
    if engine not in ENGINES:
        raise NotFound(f"There is no engine {engine}; there are {', '.join(ENGINES)}.")
    if engine != "quotes" and config.llm.name is None:
        raise _no_model(engine)
    async with AsyncExitStack() as stack:
        if engine == "baseline":
            yield await _baseline(config, stack)
        else:
            yield await _partnered(config, engine, prompts, stack)


def _no_model(engine: str) -> ConfigError:
    return ConfigError(
        f"--engine {engine} asks a model, and none is set: set model or gguf under [llm]; "
        "`moot doctor` says how."
    )


async def _baseline(config: Config, stack: AsyncExitStack) -> Contender:
    chat = build_chat(config.llm)
    if chat is None:
        raise _no_model("baseline")
    baseline = Baseline(chat, config.llm.context)
    stack.push_async_callback(baseline.close)
    return Contender("baseline", baseline.facts, baseline, config.llm.at_once)


async def _partnered(
    config: Config, engine: str, prompts: Path | None, stack: AsyncExitStack
) -> Contender:
    folder = Path(stack.enter_context(TemporaryDirectory(prefix="moot-eval-")))
    config = _over(config, folder / "scratch.db", prompts)
    partner = await stack.enter_async_context(build_partner(config))
    name = engine if prompts is None else f"{engine}:{prompts}"
    at_once = config.llm.at_once if engine == "llm" else 1
    return Contender(name, partner.facts(engine), Partnered(partner, engine), at_once)


def _over(config: Config, database: Path, prompts: Path | None) -> Config:
    """The configuration with another database, and other prompts if some are named."""
    llm = config.llm.model_copy(update={"prompts": prompts}) if prompts else config.llm
    kept = config.database.model_copy(update={"path": database})
    return config.model_copy(update={"database": kept, "llm": llm})
