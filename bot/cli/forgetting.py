"""`moot db forget`: erasing a person, a server, or what is too old, by the host's own hand."""

from collections.abc import Mapping

import click

from bot.archive import Person
from bot.cli.options import as_json, common, run
from bot.cli.output import show
from bot.cli.questions import confirm
from bot.core.errors import NotFound
from bot.core.inert import visible
from bot.partner import DiscussionPartner

MOST_DAYS = 36_500


@click.command(short_help="Erase a person, a server or old messages.")
@click.argument("author", required=False)
@click.option("--server", metavar="ID", help="All that is kept of a Discord server instead.")
@click.option(
    "--older-than",
    "days",
    metavar="DAYS",
    type=click.IntRange(1, MOST_DAYS),
    help="All messages older than so many days instead, in all topics.",
)
@click.option("--opt-out", is_flag=True, help="Keep nothing of AUTHOR's from now on, either.")
@click.option("--yes", is_flag=True, help="Don't ask whether to go ahead.")
@as_json
@common
def forget(
    author: str | None,
    server: str | None,
    days: int | None,
    opt_out: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Erase all that is kept of AUTHOR, in all topics: a user id, or a name.

    Their words go, also where others forward them, and all that was drafted from them. Their name
    goes from other people's messages that mention them. A name that others typed, and words that
    others quote, can't be told from any other words and stay.
    """
    if sum(each is not None for each in (author, server, days)) != 1:
        raise click.UsageError("Say what to forget: AUTHOR, --server ID or --older-than DAYS.")
    if opt_out and author is None:
        raise click.UsageError("--opt-out is for an AUTHOR.")
    if author is not None:
        _forget_person(author, opt_out, yes, as_json)
    elif server is not None:
        _forget_server(server, yes, as_json)
    elif days is not None:
        _forget_older(days, yes, as_json)


def _forget_person(author: str, opt_out: bool, yes: bool, as_json: bool) -> None:
    async def find(partner: DiscussionPartner) -> Person:
        return await partner.find_person(author)

    async def leave(partner: DiscussionPartner) -> int:
        leaving = partner.opt_out if opt_out else partner.erase
        return await leaving(person.source, person.author_id)

    person = run(find)
    confirm(f"all that is kept of {_told(person)}", yes)
    erased = run(leave)
    document = {"source": person.source, "author_id": person.author_id, "messages": erased}
    _erased(document, f"Messages: {erased}", as_json)


def _forget_server(server: str, yes: bool, as_json: bool) -> None:
    async def count(partner: DiscussionPartner) -> int:
        topics = await partner.count_topics(server)
        if not topics and server not in await partner.guilds():
            raise NotFound(f"Nothing is kept of a server {server}.")
        return topics

    async def leave(partner: DiscussionPartner) -> int:
        return await partner.forget_guild(server)

    topics = run(count)
    confirm(f"all that is kept of server {visible(server)} (topics: {topics})", yes)
    erased = run(leave)
    _erased({"server": server, "topics": erased}, f"Topics: {erased}", as_json)


def _forget_older(days: int, yes: bool, as_json: bool) -> None:
    async def count(partner: DiscussionPartner) -> int:
        return await partner.count_older(days)

    async def expire(partner: DiscussionPartner) -> int:
        return await partner.expire(days)

    confirm(f"all messages older than {days} days (messages: {run(count)})", yes)
    erased = run(expire)
    _erased({"older_than": days, "messages": erased}, f"Messages: {erased}", as_json)


def _erased(document: Mapping[str, object], what: str, as_json: bool) -> None:
    show(document, as_json, lambda _: f"Erased. {what}, and all that rested on them.")


def _told(person: Person) -> str:
    names = visible(", ".join(person.names)) or "somebody without a name"
    return f"{names} ({person.source}, id {visible(person.author_id)}, messages: {person.messages})"
