"""`moot summary`, `moot suggest`: what Moot drafts from a topic."""

import click

from bot.cli import render
from bot.cli.options import as_json, common, run
from bot.cli.output import show
from bot.core.summary import Intent, Suggestions, Summary
from bot.engines import Wanted
from bot.partner import DiscussionPartner

engine_choice = click.option(
    "--engine",
    type=click.Choice(["llm", "quotes"]),
    help="What drafts it (default: the model if one is configured, else verbatim quotes).",
)


@click.command()
@click.argument("topic")
@engine_choice
@as_json
@common
def summary(topic: str, engine: str | None, as_json: bool) -> None:
    """Say where a topic stands: what is asked, who holds what, what is agreed and open."""

    async def work(partner: DiscussionPartner) -> Summary:
        kept = await partner.find_topic(topic)
        return await partner.summarise(kept.id, engine)

    show(run(work), as_json, render.summary)


@click.command()
@click.argument("topic")
@click.option("--count", type=click.IntRange(1, 10), default=3, show_default=True)
@click.option("--intent", type=click.Choice(list(Intent)), help="What the replies set out to do.")
@click.option("--as", "author", metavar="AUTHOR", help="Who would post it: a name or an id.")
@engine_choice
@as_json
@common
def suggest(
    topic: str,
    count: int,
    intent: str | None,
    author: str | None,
    engine: str | None,
    as_json: bool,
) -> None:
    """Draft replies that do justice to more than one side."""
    wanted = Wanted(count=count, intent=Intent(intent) if intent else None)

    async def work(partner: DiscussionPartner) -> Suggestions:
        kept = await partner.find_topic(topic)
        return await partner.suggest(kept.id, wanted, viewer=author, engine=engine)

    show(run(work), as_json, render.suggestions)
