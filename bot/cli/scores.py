"""Results of `moot eval` laid out for a terminal: a table a suite, a column a contender."""

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.core.inert import visible
from bot.evals import Change, Estimate, Report, Row

HASH = 4
"""Characters of a prompt's hash: enough to tell two versions apart."""
MOVED = 8
"""Cases that a comparison names."""


def report(shown: Report) -> RenderableType:
    """The tables, then the comparisons."""
    suites = dict.fromkeys(row.suite for row in shown.rows)
    return Group(
        *(_table([row for row in shown.rows if row.suite == suite]) for suite in suites),
        *(line for change in shown.changes for line in _change(change)),
        Text(f"results: {shown.results}", "dim"),
    )


def _table(rows: Sequence[Row]) -> Table:
    """Each figure with its interval below it; then the circumstances."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(rows[0].suite)
    for row in rows:
        table.add_column(visible(row.contender), justify="right", header_style="dim")
    for name in dict.fromkeys(name for row in rows for name in row.figures):
        table.add_row(name, *(_value(row.figures.get(name)) for row in rows))
    for name, told in _circumstances(rows).items():
        if any(told):
            table.add_row(name, *map(visible, told), style="dim")
    table.add_row()
    return table


def _circumstances(rows: Sequence[Row]) -> dict[str, list[str]]:
    return {
        "model": [row.model or "" for row in rows],
        "prompts": [_hashes(row.prompts) for row in rows],
        "cases": [str(row.cases) for row in rows],
        "failed": [str(row.failed or "") for row in rows],
        "tokens": [str(row.tokens or "") for row in rows],
        "seconds": [f"{row.seconds:.0f}" for row in rows],
    }


def _value(shown: Estimate | None) -> str:
    return f"{shown.value:.3f}\n{_interval(shown)}" if shown else ""


def _hashes(prompts: Mapping[str, str]) -> str:
    return "\n".join(f"{name} {hash_[:HASH]}" for name, hash_ in prompts.items())


def _interval(shown: Estimate) -> str:
    if shown.low is None or shown.high is None:
        return ""
    return f"{shown.low:.3f}–{shown.high:.3f}"


def _change(change: Change) -> Iterator[Text]:
    """The difference, and the cases that moved the furthest."""
    between = _interval(change.difference)
    yield Text(
        visible(
            f"{change.suite} {change.figure}: {change.contender} against {change.base} "
            f"{change.difference.value:+.3f}{f' ({between})' if between else ''}, "
            f"{len(change.moved)} of {change.cases} cases moved"
        )
    )
    for move in change.moved[:MOVED]:
        yield Text(visible(f"  {move.case}: {move.before:.3f} → {move.after:.3f}"), "dim")
    if len(change.moved) > MOVED:
        yield Text(f"  and {len(change.moved) - MOVED} more", "dim")
    yield Text()
