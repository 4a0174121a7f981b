"""`moot demo`: the whole job on a sample topic, in a database that is gone afterwards."""

import asyncio
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Group
from rich.rule import Rule

from bot import importers
from bot.cli import render
from bot.cli.options import choices, common, run
from bot.cli.output import show
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


@click.command()
@click.option("--browser", is_flag=True, help="Serve the Discord bot on a page, until Ctrl-C.")
@common
def demo(browser: bool) -> None:
    """Import a sample topic, summarise it and suggest three replies."""
    play = _playground() if browser else None
    with _passing_database() as config:
        if play:
            asyncio.run(play(config, sample(), click.echo))
        else:
            show(run(whole_job, config), False, _layout)


@contextmanager
def _passing_database() -> Generator[Config]:
    with TemporaryDirectory(prefix="moot-demo-") as folder:
        settings = choices()
        settings.db = Path(folder) / "demo.db"
        yield settings.load()


def _playground() -> Callable[[Config, Thread, Callable[[str], None]], Coroutine[None, None, None]]:
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


async def whole_job(partner: DiscussionPartner) -> tuple[Summary, Suggestions]:
    """The sample topic in; its summary and three suggestions out."""
    thread = sample()
    recorded = await partner.record(thread.topic, thread.messages)
    summary = await partner.summarise(recorded.topic_id)
    return summary, await partner.suggest(recorded.topic_id, Wanted(count=3))


def _layout(both: tuple[Summary, Suggestions]) -> Group:
    summary, suggestions = both
    return Group(render.summary(summary), Rule(style="dim"), render.suggestions(suggestions))
