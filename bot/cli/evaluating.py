"""`moot eval`: how good the drafts are, in figures that can be repeated."""

import asyncio
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.status import Status

from bot.cli import scores
from bot.cli.options import as_json, choices, common
from bot.cli.output import show
from bot.cli.streams import tell
from bot.core.inert import one_line
from bot.evals import ENGINES, SUITES, Report, Result, Wish, measure

_EPILOG = "\b\n" + "\n".join(f"{suite.name:12}{suite.about}" for suite in SUITES.values())


@click.command("eval", epilog=_EPILOG, short_help="Measure how good the drafts are.")
@click.argument(
    "suites", nargs=-1, required=True, type=click.Choice([*SUITES, "all"]), metavar="SUITE..."
)
@click.option(
    "--engine",
    "engines",
    multiple=True,
    type=click.Choice(ENGINES),
    help="Who is measured (default: quotes; with a model configured, all).",
)
@click.option(
    "--prompts",
    multiple=True,
    type=click.Path(readable=False, path_type=Path),
    metavar="DIR",
    help="Measure the model with the prompts in this folder; of several, compare each with "
    "the first.",
)
@click.option(
    "--only",
    multiple=True,
    metavar="PATTERN",
    help="Only cases of this name, such as 'convosumm/*'.",
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="A sample of N cases a suite.")
@click.option("--seed", default=1, show_default=True, help="Of the sample and the intervals.")
@click.option(
    "--compare",
    metavar="BASE",
    help="Say what changed against a file of results, or another contender of this run.",
)
@click.option(
    "--out",
    type=click.Path(readable=False, dir_okay=False, path_type=Path),
    default=Path("moot-eval.jsonl"),
    show_default=True,
    metavar="FILE",
    help="Where results are added, a line of JSON a case.",
)
@click.option("--resume", is_flag=True, help="Leave out the cases that are in --out already.")
@click.option(
    "--max-tokens", type=click.IntRange(1), metavar="N", help="Begin no case once N are spent."
)
@as_json
@common
def evaluate(suites: tuple[str, ...], as_json: bool, **wishes: Any) -> None:
    """Measure drafts on the cases of each SUITE below, or of all.

    Each figure stands with its 95 % bootstrap interval over the cases. Cases come from the data
    sets under [eval] data, and from small TOML files under [eval] cases.
    """
    wish = Wish(tuple(SUITES) if "all" in suites else suites, **wishes)
    report = _measured(wish)
    if report.left_out:
        tell(f"{wish.max_tokens} tokens are spent; {report.left_out} cases were left out.")
    show(report, as_json, scores.report)


def _measured(wish: Wish) -> Report:
    """The report, with the way there told on standard error."""
    with Console(stderr=True, highlight=False, markup=False).status("measuring") as status:

        def follow(result: Result, done: int, total: int) -> None:
            _follow(status, result, done, total)

        try:
            return asyncio.run(measure(choices().load(), wish, follow))
        except KeyboardInterrupt:
            tell(f"What is done is in {wish.out}; go on with --resume.")
            raise


def _follow(status: Status, result: Result, done: int, total: int) -> None:
    who = f"{result.suite}, {result.contender}"
    status.update(f"{who}: {done} of {total} cases")
    if result.failed:
        tell(f"{who}: {result.case} failed: {one_line(result.failed)}")
