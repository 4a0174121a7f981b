"""`moot doctor`: does all that Moot stands on hold, and what to do where it does not."""

import asyncio
from collections.abc import Mapping, Sequence

import click
from rich.console import Console, RenderableType
from rich.table import Column, Table
from rich.text import Text

from bot.cli.examination import examine
from bot.cli.options import as_json, choices, common
from bot.cli.output import show
from bot.core.finding import Finding, Status
from bot.core.inert import visible

COLOURS = {Status.OK: "green", Status.WARNING: "yellow", Status.PROBLEM: "bold red"}


@click.command(short_help="Say whether all is well, and what to do.")
@as_json
@common
def doctor(as_json: bool) -> None:
    """Look at settings, database, prompts, model and Discord, and say what to do.

    Asks a configured model three short questions, and for a brief of the sample; a long one too
    where its server does not say how much it takes in. The exit status is 1 where there is a
    problem.
    """
    chosen = choices()
    config, faults = chosen.look_over()
    with Console(stderr=True).status("looking"):
        found = asyncio.run(examine(config, faults, chosen.config))
    show({"checks": found}, as_json, _layout)
    if any(each.status is Status.PROBLEM for each in found):
        click.get_current_context().exit(1)


def _layout(document: Mapping[str, Sequence[Finding]]) -> RenderableType:
    table = Table.grid("", "", Column(overflow="fold"), padding=(0, 2))
    for row in document["checks"]:
        table.add_row(Text(row.status, COLOURS[row.status]), row.name, _told(row))
    return table


def _told(finding: Finding) -> Text:
    lines = Text(visible(finding.told))
    if finding.todo:
        style = "dim" if finding.status is Status.OK else "cyan"
        lines.append(f"\n→ {visible(finding.todo)}", style)
    return lines
