"""`python -m tests.crash --rounds 200 --seed 7`: a line a round, and what they came to.

Where a round fails, its files are left where the last line says.
"""

import shutil
import tempfile
import time
from dataclasses import astuple, fields
from pathlib import Path

import click

from tests.crash.rounds import Round, play
from tests.crash.running import Failed


@click.command()
@click.option("--rounds", default=20, show_default=True, help="How many rounds.")
@click.option("--seed", default=1, show_default=True, help="What happens follows from it.")
def main(rounds: int, seed: int) -> None:
    """Kill the bot at random moments, and hold what it keeps against what there is."""
    folder, begun = Path(tempfile.mkdtemp(prefix="moot-crash-")), time.monotonic()
    done: list[Round] = []
    click.echo(" ".join(f"{each.name:>8}" for each in fields(Round)))
    try:
        for each in play(rounds, seed, folder):
            done.append(each)
            click.echo(_row(each))
    except Failed as error:
        raise click.ClickException(f"{error}\nThe files are in {folder}.") from None
    shutil.rmtree(folder)
    click.echo(_told(done, time.monotonic() - begun))


def _row(done: Round) -> str:
    return " ".join(
        f"{each:8.2f}" if isinstance(each, float) else f"{each:8}" for each in astuple(done)
    )


def _told(done: list[Round], seconds: float) -> str:
    slowest = max((each.seconds for each in done), default=0)
    return (
        f"{len(done)} rounds, {_sum(done, 'kills')} kills in {seconds:.0f} s, and all was as it "
        f"should be. Kills between two statements: {_sum(done, 'writing')}, while the bot was "
        f"behind: {_sum(done, 'behind')}, while it erased: {_sum(done, 'erasing')}, while another "
        f"program held the database: {_sum(done, 'held')}, while somebody waited for an answer: "
        f"{_sum(done, 'asked')}. All was there {slowest:.1f} s after a start "
        "at most."
    )


def _sum(done: list[Round], what: str) -> int:
    return sum(getattr(each, what) for each in done)


if __name__ == "__main__":
    main()
