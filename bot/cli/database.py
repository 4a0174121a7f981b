"""`moot db`: what the host of the database may have to do by hand."""

from typing import Any

import click
from rich.console import Group, RenderableType
from rich.text import Text

from bot.archive import Contest
from bot.cli.forgetting import forget
from bot.cli.options import as_json, common, run
from bot.cli.output import show
from bot.cli.spending import usage
from bot.cli.streams import written
from bot.core.errors import ArchiveError
from bot.core.inert import json_text, one_line, visible
from bot.partner import DiscussionPartner


@click.group()
def db() -> None:
    """Look after the database."""


db.add_command(forget)


@db.command(short_help="Print what is kept of a person.")
@click.argument("author")
@common
def export(author: str) -> None:
    """Print all that is kept of AUTHOR (a user id, or a name) as JSON, to be handed to them."""

    async def work(partner: DiscussionPartner) -> dict[str, Any]:
        person = await partner.find_person(author)
        return await partner.export(person.source, person.author_id)

    written(json_text(run(work)))


@db.command(short_help="List what people contest.")
@as_json
@common
def contested(as_json: bool) -> None:
    """List the words by which people say that they were misstated, and what they say of it."""

    async def work(partner: DiscussionPartner) -> list[Contest]:
        return await partner.contests()

    show({"contested": run(work)}, as_json, _contests)


def _contests(document: dict[str, list[Contest]]) -> RenderableType:
    if not document["contested"]:
        return Text("Nothing is contested.")
    return Group(*(part for each in document["contested"] for part in (_contest(each), Text())))


def _contest(contest: Contest) -> RenderableType:
    where = f"{one_line(contest.author)} #{one_line(contest.message_id)}"
    when = f"topic {contest.topic_id}, {contest.at:%Y-%m-%d}"
    said = f"\n  says: {visible(contest.said)}" if contest.said else ""
    return Text.assemble(f"“{one_line(contest.quote)}”  ", (f"{where}  {when}", "dim"), said)


@db.command(short_help="Say whether the file is whole.")
@common
def check() -> None:
    """Say whether the database is whole, and whether what was deleted is out of the file."""

    async def work(partner: DiscussionPartner) -> list[str]:
        return await partner.check()

    if faults := run(work):
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise ArchiveError(f"{faults[0]}{more}")
    written("The database is whole, and nothing that was deleted is left in it.")


db.add_command(usage)
