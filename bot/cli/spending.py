"""`moot db usage`: who asked models for what, and what that cost."""

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Any

import click
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.archive import Spent, SpentBy
from bot.archive.spending import TOGETHER
from bot.assembly import budget
from bot.cli.options import as_json, choices, common, run
from bot.cli.output import show
from bot.core.budget import MILLION
from bot.core.inert import one_line
from bot.partner import DiscussionPartner

NUMBERS = {
    "requests": "requests",
    "calls": "calls",
    "prompt_tokens": "read",
    "completion_tokens": "written",
    "money": "money",
}
"""The numbers of a row, and what stands above them; tokens are read and written."""
USUAL = tuple(by for by in SpentBy if by is not SpentBy.DAY)


@click.command(short_help="Say what models were asked and cost.")
@click.option(
    "--by",
    type=click.Choice([each.value for each in SpentBy]),
    multiple=True,
    help="Tell the sums apart by this alone; give it again for more (default: by all but the day).",
)
@as_json
@common
def usage(by: tuple[str, ...], as_json: bool) -> None:
    """Say who asked models for what, about which topic, and what that cost; the dearest first."""
    price = budget(choices().load()).price
    chosen = [SpentBy(each) for each in by] or USUAL

    async def work(partner: DiscussionPartner) -> list[dict[str, Any]]:
        titles = {kept.id: kept.topic.title for kept in await partner.topics()}
        spent = await partner.spent(chosen)
        return [_spent_row(each, titles) for each in spent]

    document = {"currency": price.currency if price else None, "usage": run(work)}
    show(document, as_json, partial(_usage_table, chosen))


def _spent_row(spent: Spent, titles: Mapping[int, str]) -> dict[str, Any]:
    return {
        "server": spent.server,
        "person": spent.person,
        "topic_id": spent.topic_id,
        "title": titles.get(spent.topic_id or 0),
        "model": spent.model,
        "purpose": spent.purpose,
        "day": spent.day,
        "requests": spent.requests,
        "calls": spent.usage.calls,
        "prompt_tokens": spent.usage.prompt_tokens,
        "completion_tokens": spent.usage.completion_tokens,
        "money": spent.money / MILLION if spent.money is not None else None,
    }


def _usage_table(chosen: Collection[SpentBy], document: dict[str, Any]) -> RenderableType:
    rows = document["usage"]
    if not rows:
        return Text("No model has been asked for anything.")
    shown = [by for by in chosen if by is SpentBy.TOPIC or any(row[by] is not None for row in rows)]
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in NUMBERS.values():
        table.add_column(heading, justify="right")
    for each in shown:
        table.add_column(each.value)
    for row in rows:
        table.add_row(*map(_number, (row[key] for key in NUMBERS)), *_told_apart(shown, row))
    currency = document["currency"]
    note = f"Money in {one_line(currency)}." if currency else "Tokens only: no price set."
    return Group(table, Text(note, style="dim"))


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:,}" if isinstance(value, int) else f"{value:,.4f}"


def _told_apart(chosen: Collection[SpentBy], row: Mapping[str, Any]) -> Iterator[Text]:
    for each in chosen:
        told = row["title"] or "(gone)" if each is SpentBy.TOPIC else row[each]
        yield Text(one_line("opted out" if told == TOGETHER else told or "-"))
