"""`moot summary`, `moot suggest`, `moot ask`: what Moot drafts from a topic."""

from collections.abc import Generator
from contextlib import contextmanager
from functools import partial

import click
from rich.console import Console

from bot.cli import render
from bot.cli.options import as_json, common, run
from bot.cli.output import show
from bot.core.inert import visible
from bot.core.summary import Answer, CatchUp, EngineFacts, Intent, Suggestions, Summary
from bot.engines import Wanted
from bot.partner import DiscussionPartner, Progress

engine_choice = click.option(
    "--engine",
    type=click.Choice(["llm", "quotes"]),
    help="What drafts it (default: the model if one is configured, else verbatim quotes).",
)


@click.command()
@click.argument("topic")
@click.option("--refresh", is_flag=True, help="Write the headline anew.")
@click.option("--since", metavar="ID", help="Only what changed since the message with that id.")
@click.option("--as", "author", metavar="AUTHOR", help="With --since: who asks, a name or an id.")
@click.option("--all", "whole", is_flag=True, help="Show all that there is, however much.")
@engine_choice
@as_json
@common
def summary(
    topic: str,
    refresh: bool,
    since: str | None,
    author: str | None,
    whole: bool,
    engine: str | None,
    as_json: bool,
) -> None:
    """Say where a topic stands: what is asked, who holds what, what is agreed and open."""
    if refresh and since is not None:
        raise click.UsageError("--refresh is for the whole summary: leave out --since.")
    if author is not None and since is None:
        raise click.UsageError("--as says whose replies count as news: add --since ID.")
    if since is None:
        _show_summary(topic, refresh, whole, engine, as_json)
    else:
        _show_changes(topic, since, author, whole, engine, as_json)


def _show_summary(
    topic: str, refresh: bool, whole: bool, engine: str | None, as_json: bool
) -> None:
    async def work(partner: DiscussionPartner) -> Summary:
        kept = await partner.find_topic(topic)
        with reading_progress() as progress:
            return await partner.summarise(kept.id, engine, refresh=refresh, progress=progress)

    shown = run(work)
    tell_fallback(shown.engine)
    show(shown, as_json, partial(render.summary, whole=whole))


def _show_changes(
    topic: str, since: str, author: str | None, whole: bool, engine: str | None, as_json: bool
) -> None:
    async def work(partner: DiscussionPartner) -> CatchUp:
        kept = await partner.find_topic(topic)
        viewer = await partner.find_author(kept.id, author) if author else None
        with reading_progress() as progress:
            return await partner.catch_up(kept.id, since, viewer, engine, progress=progress)

    shown = run(work)
    tell_fallback(shown.engine)
    show(shown, as_json, partial(render.catch_up, whole=whole))


@click.command()
@click.argument("topic")
@click.option("--count", type=click.IntRange(1, 10), default=3, show_default=True)
@click.option(
    "--intent",
    type=click.Choice([each.value for each in Intent]),
    help="What the replies set out to do.",
)
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

    shown = run(work)
    tell_fallback(shown.engine)
    show(shown, as_json, render.suggestions)


@click.command()
@click.argument("topic")
@click.argument("question")
@engine_choice
@as_json
@common
def ask(topic: str, question: str, engine: str | None, as_json: bool) -> None:
    """Answer a QUESTION from the thread, cited, or say that it does not say."""

    async def work(partner: DiscussionPartner) -> Answer:
        kept = await partner.find_topic(topic)
        return await partner.ask(kept.id, question, engine)

    shown = run(work)
    tell_fallback(shown.engine)
    show(shown, as_json, render.answer)


def tell_fallback(engine: EngineFacts) -> None:
    """Says on standard error why not the model answered."""
    if engine.fallback:
        click.echo(f"moot: {visible(engine.fallback)} Quotes only this time.", err=True)


@contextmanager
def reading_progress() -> Generator[Progress]:
    """Shows on standard error how far the reading is, where a person watches it."""
    console = Console(stderr=True)
    with console.status("reading") as status:
        yield lambda read, total: status.update(f"reading {read} of {total} messages")
