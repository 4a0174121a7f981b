"""`moot demo`: the whole job on a sample topic, in a database that is gone afterwards."""

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
from bot.core.summary import Suggestions, Summary
from bot.engines import Wanted
from bot.partner import DiscussionPartner

SAMPLE = files("bot") / "sample" / "small-batch.json"


@click.command()
@common
def demo() -> None:
    """Import a sample topic, summarise it and suggest three replies."""
    with TemporaryDirectory(prefix="moot-demo-") as folder:
        settings = choices()
        settings.db = Path(folder) / "demo.db"
        show(run(whole_job, settings.load()), False, _layout)


async def whole_job(partner: DiscussionPartner) -> tuple[Summary, Suggestions]:
    """The sample topic in; its summary and three suggestions out."""
    with as_file(SAMPLE) as path:
        (thread,) = importers.read(path).threads
    recorded = await partner.record(thread.topic, thread.messages)
    summary = await partner.summarise(recorded.topic_id)
    return summary, await partner.suggest(recorded.topic_id, Wanted(count=3))


def _layout(both: tuple[Summary, Suggestions]) -> Group:
    summary, suggestions = both
    return Group(render.summary(summary), Rule(style="dim"), render.suggestions(suggestions))
