"""`moot summary`, `moot suggest`, `moot ask`: what Moot drafts from a topic."""

from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from typing import Any

import click
from rich.console import Console

from bot.cli import named, render
from bot.cli.options import as_json, common, run
from bot.cli.output import plain, show
from bot.cli.streams import tell
from bot.core.summary import Answer, EngineFacts, Intent, Suggestions, Summary
from bot.engines import Wanted
from bot.partner import DiscussionPartner, Progress

LONGEST_STRETCH = 100_000
"""Hours: some eleven years."""

engine_choice = click.option(
    "--engine",
    type=click.Choice(["llm", "quotes"]),
    help="What drafts it (default: the model if one is configured, else verbatim quotes).",
)


@click.command(short_help="Say where a topic stands.")
@click.argument("topic")
@click.option("--since", metavar="ID", help="Only what came after the message with that id.")
@click.option(
    "--hours",
    metavar="N",
    type=click.IntRange(1, LONGEST_STRETCH),
    help="Only what came in the last N hours.",
)
@click.option(
    "--as", "author", metavar="AUTHOR", help="With --since or --hours: who reads, a name or an id."
)
@click.option("--refresh", is_flag=True, help="Write it anew.")
@click.option("--all", "whole", is_flag=True, help="Show who said what as well.")
@engine_choice
@as_json
@common
def summary(
    topic: str,
    since: str | None,
    hours: int | None,
    author: str | None,
    refresh: bool,
    whole: bool,
    engine: str | None,
    as_json: bool,
) -> None:
    """Say where a topic stands: what it is about, who wants what and why, what is open.

    Of what came since a message, or in the last hours, with --as: replies to AUTHOR come first,
    and what they posted themselves is not news to them.
    """
    since = since if since is None else since.strip().removeprefix("#")
    stretch = _stretch(since, hours)
    if author is not None and stretch is None:
        raise click.UsageError("--as says who reads what is new: add --since ID or --hours N.")

    async def work(partner: DiscussionPartner) -> Summary:
        kept = await named.topic(partner, topic)
        viewer = await named.author(partner, kept.id, author) if author is not None else None
        after = await named.message(partner, kept.id, since) if since is not None else None
        with reading_progress() as progress:
            return await partner.summarise(
                kept.id,
                engine,
                since=after,
                hours=hours,
                viewer=viewer,
                refresh=refresh,
                progress=progress,
            )

    shown = run(work)
    tell_fallback(shown.engine)
    if as_json:
        show(_document(shown, hours), True, str)
    else:
        show(shown, False, partial(render.summary, stretch=stretch, whole=whole))


def _document(shown: Summary, hours: int | None) -> dict[str, Any]:
    """As JSON has it: the hours, where they were asked for, before what message they begin with."""
    document: dict[str, Any] = plain(shown)
    asked = {} if hours is None else {"hours": hours}
    return {**{key: document.pop(key) for key in ("topic", "engine")}, **asked, **document}


def _stretch(since: str | None, hours: int | None) -> str | None:
    """The part of the topic that is asked for, in words; None for all of it."""
    if since is not None and hours is not None:
        raise click.UsageError("--since and --hours are two different stretches: give one.")
    if since is not None:
        return f"since message #{since}"
    if hours is not None:
        return "in the last hour" if hours == 1 else f"in the last {hours} hours"
    return None


@click.command(short_help="Draft replies to a topic.")
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
    """Draft replies that do justice to the others; without a model, places to join."""
    wanted = Wanted(count=count, intent=Intent(intent) if intent else None)

    async def work(partner: DiscussionPartner) -> Suggestions:
        kept = await named.topic(partner, topic)
        viewer = await named.author(partner, kept.id, author) if author is not None else None
        return await partner.suggest(kept.id, wanted, viewer=viewer, engine=engine)

    shown = run(work)
    tell_fallback(shown.engine)
    show(shown, as_json, render.suggestions)


@click.command(short_help="Answer a question from a topic.")
@click.argument("topic")
@click.argument("question")
@engine_choice
@as_json
@common
def ask(topic: str, question: str, engine: str | None, as_json: bool) -> None:
    """Answer a QUESTION from the thread, cited; without a model, show the nearest passages."""

    async def work(partner: DiscussionPartner) -> Answer:
        kept = await named.topic(partner, topic)
        return await partner.ask(kept.id, question, engine)

    shown = run(work)
    tell_fallback(shown.engine)
    show(shown, as_json, render.answer)


def tell_fallback(engine: EngineFacts) -> None:
    """Says on standard error why not the model answered."""
    if engine.fallback:
        tell(f"{engine.fallback} Quotes only this time.")


@contextmanager
def reading_progress() -> Generator[Progress]:
    """Shows on standard error how far the reading is, where a person watches it."""
    console = Console(stderr=True)
    with console.status("reading") as status:
        yield lambda read, total: status.update(f"reading {read} of {total} messages")
