"""`moot db`: what the host of the database may have to do by hand."""

import click

from bot.archive import Person
from bot.cli.options import as_json, common, run
from bot.cli.output import show
from bot.cli.spending import usage
from bot.core.errors import ArchiveError
from bot.core.inert import visible
from bot.partner import DiscussionPartner


@click.group()
def db() -> None:
    """Look after the database."""


@db.command()
@click.argument("author")
@click.option("--opt-out", is_flag=True, help="Keep nothing of theirs from now on, either.")
@click.option("--yes", is_flag=True, help="Don't ask whether to go ahead.")
@as_json
@common
def forget(author: str, opt_out: bool, yes: bool, as_json: bool) -> None:
    """Erase all that is kept of AUTHOR, in all topics: a user id, or a name.

    Their words go, and all that was drafted from them. Their name in other people's messages, and
    their words where others quote them, can't be told from any other words and stay.
    """

    async def find(partner: DiscussionPartner) -> Person:
        return await partner.find_person(author)

    async def leave(partner: DiscussionPartner) -> int:
        leaving = partner.opt_out if opt_out else partner.erase
        return await leaving(person.source, person.author_id)

    person = run(find)
    if not yes:
        click.confirm(f"Erase all that is kept of {_told(person)}?", abort=True, err=True)
    erased = run(leave)
    document = {"source": person.source, "author_id": person.author_id, "messages": erased}
    show(document, as_json, lambda _: f"Erased. Messages: {erased}, and all that rested on them.")


def _told(person: Person) -> str:
    names = visible(", ".join(person.names)) or "somebody without a name"
    return f"{names} ({person.source}, id {visible(person.author_id)}, messages: {person.messages})"


@db.command()
@common
def check() -> None:
    """Say whether the database is whole, and whether what was deleted is out of the file."""

    async def work(partner: DiscussionPartner) -> list[str]:
        return await partner.check()

    if faults := run(work):
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise ArchiveError(f"{faults[0]}{more}")
    click.echo("The database is whole, and nothing that was deleted is left in it.")


db.add_command(usage)
