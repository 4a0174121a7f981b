"""`moot demo`: the whole job on a sample topic, in a database that is gone afterwards."""

import asyncio
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Group
from rich.text import Text

from bot import importers
from bot.assembly import build_partner
from bot.cli import render
from bot.cli.drafts import engine_choice, tell_fallback
from bot.cli.options import choices, common, run
from bot.cli.output import show
from bot.cli.streams import written
from bot.config import Config
from bot.core.errors import ConfigError
from bot.core.model import Thread
from bot.core.summary import Suggestions, Summary
from bot.engines import Wanted
from bot.partner import DiscussionPartner

SAMPLE = files("bot") / "sample" / "small-batch.json"
NO_SIMCORD = (
    "The demo in a browser needs simcord, which is not installed: pip install 'moot[browser]', or "
    "leave out --browser."
)
RECORDED = (
    "These are recorded answers of a large model to the sample, checked as any answer would be. "
    "Without a model: moot demo --engine quotes. With your own: set model under [llm]."
)
LINE = 60
"""Columns of the line between summary and suggestions."""

NO_MODEL = (
    "There is no model to ask: set model or gguf under [llm]; without --engine, moot demo plays "
    "recorded answers."
)

Shown = tuple[Summary, Suggestions]


@click.command(short_help="Show the whole job on a sample topic.")
@click.option("--browser", is_flag=True, help="Serve the Discord bot on a page, until Ctrl-C.")
@engine_choice
@common
def demo(browser: bool, engine: str | None) -> None:
    """Import a sample topic, summarise it and suggest three replies.

    With no model configured it plays what a large model answered once.
    """
    play = _playground() if browser else None
    with _passing_database() as config:
        config = without_model(config) if engine == "quotes" else config
        recorded = engine != "quotes" and config.llm.name is None
        if recorded and engine == "llm":
            raise ConfigError(NO_MODEL)
        if play is None:
            both = run(whole_job, build_partner(config, recorded=recorded))
            tell_fallback(
                next((each.engine for each in both if each.engine.fallback), both[0].engine)
            )
            show(both, False, partial(_layout, recorded=recorded))
            return
        if recorded:
            written(RECORDED)
        asyncio.run(play(config, sample(), written, recorded))


@contextmanager
def _passing_database() -> Generator[Config]:
    with TemporaryDirectory(prefix="moot-demo-") as folder:
        settings = choices()
        settings.db = Path(folder) / "demo.db"
        yield settings.load()


def without_model(config: Config) -> Config:
    """The same configuration with no model."""
    return config.model_copy(
        update={"llm": config.llm.model_copy(update={"model": None, "gguf": None})}
    )


def _playground() -> Callable[
    [Config, Thread, Callable[[str], None], bool], Coroutine[None, None, None]
]:
    try:
        # Here, since it is an extra, and so that the other demo does not wait for discord.py.
        from bot.client.playground import play
    except ModuleNotFoundError as error:
        if error.name != "simcord":
            raise
        raise ConfigError(NO_SIMCORD) from None
    return play


def sample() -> Thread:
    """The sample topic as its six people wrote it."""
    with as_file(SAMPLE) as path:
        (thread,) = importers.read(path).threads
    return thread


async def whole_job(partner: DiscussionPartner) -> Shown:
    """The sample topic in; its summary and three suggestions out."""
    thread = sample()
    recorded = await partner.record(thread.topic, thread.messages)
    summary = await partner.summarise(recorded.topic_id)
    return summary, await partner.suggest(recorded.topic_id, Wanted(count=3))


def _layout(both: Shown, *, recorded: bool) -> Group:
    summary, suggestions = both
    played = recorded and summary.engine.name == "llm"
    return Group(
        *((Text(RECORDED + "\n", "dim"),) if played else ()),
        render.summary(summary, hints=False),
        Text(f"\n{'─' * LINE}\n", "dim"),
        render.suggestions(suggestions),
    )
