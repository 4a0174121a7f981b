"""A measurement from a wish to a report: which contenders run which cases, and what to compare."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from bot.config import Config
from bot.core.errors import NotFound
from bot.evals.case import Case, Suite
from bot.evals.contenders import ENGINES, Contender, contending
from bot.evals.results import Result, ResultFile, read_results
from bot.evals.sources import Sources
from bot.evals.suites import SUITES
from bot.evals.tables import Change, Row, changes, rows
from bot.evals.trials import Tell, Trials, sample


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be measured. `prompts` are folders, each a contender of its own in place of llm.

    `only` are shell patterns of the cases' names; none means all cases.
    `compare` is a file of results, or the name of a contender of this measurement.
    """

    suites: Sequence[str]
    out: Path
    engines: Sequence[str] = ()
    prompts: Sequence[Path] = ()
    only: Sequence[str] = ()
    limit: int | None = None
    seed: int = 1
    compare: str | None = None
    resume: bool = False
    max_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The rows, what changed, and how many cases were left out when the tokens were spent."""

    rows: list[Row]
    changes: list[Change]
    results: str
    left_out: int


async def measure(config: Config, wish: Wish, tell: Tell) -> Report:
    """Runs what is wished for. Raises ConfigError, NotFound before anything is run."""
    base = _base(wish)
    file = ResultFile(wish.out)
    if wish.resume:
        file.recall()
    trials = Trials(file, tell, wish.max_tokens)
    async with _contenders(config, wish) as contenders:
        await _run(trials, contenders, config, wish)
    found = _compared(trials.results, base, wish)
    return Report(rows(trials.results, wish.seed), found, str(wish.out), trials.left_out)


async def _run(trials: Trials, contenders: Sequence[Contender], config: Config, wish: Wish) -> None:
    sources = Sources(config.eval.data, config.eval.cases)
    for suite in (SUITES[name] for name in dict.fromkeys(wish.suites)):
        cases = sample(suite, _named(suite, sources, wish.only), wish.limit, wish.seed)
        for contender in contenders:
            await trials.run(suite, cases, contender)
        for floor in suite.floors:
            trials.run_floor(suite, cases, floor)


def _named(suite: Suite, sources: Sources, patterns: Sequence[str]) -> list[Case]:
    """The cases whose names match one of the patterns."""
    cases = list(suite.cases(sources))
    if not patterns:
        return cases
    named = [case for case in cases if any(fnmatchcase(case.name, each) for each in patterns)]
    if not named:
        raise NotFound(f"No case of {suite.name} is called that; one is called {cases[0].name}.")
    return named


@asynccontextmanager
async def _contenders(config: Config, wish: Wish) -> AsyncGenerator[list[Contender]]:
    """Everybody who is measured, each over a scratch database of their own."""
    async with AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(contending(config, engine, prompts))
            for engine, prompts in _entries(config, wish)
        ]


def _entries(config: Config, wish: Wish) -> Sequence[tuple[str, Path | None]]:
    """The engines named, or all that can run; with prompts, the model once a folder."""
    usual = ENGINES if config.llm.name else ENGINES[:1]
    named = wish.engines or (() if wish.prompts else usual)
    engines = [each for each in dict.fromkeys(named) if not (wish.prompts and each == "llm")]
    return [(each, None) for each in engines] + [("llm", each) for each in wish.prompts]


def _base(wish: Wish) -> list[Result] | None:
    """The results of the file to compare with, as they are before this measurement."""
    if wish.compare is None:
        return None
    path = Path(wish.compare)
    if path.is_file():
        return read_results(path)
    if path.suffix:
        raise NotFound(f"There are no results {path} to compare with.")
    return None


def _compared(results: Sequence[Result], base: Sequence[Result] | None, wish: Wish) -> list[Change]:
    """The changes against the file, the contender named, or the first folder of prompts."""
    if base is not None:
        return changes(results, base, wish.seed)
    folders = len(wish.prompts) > 1
    name = wish.compare or (f"llm:{wish.prompts[0]}" if folders else None)
    if name is None:
        return []
    against = [each for each in results if each.contender == name]
    if not against:
        raise NotFound(f"There is no contender {name} in this measurement to compare with.")
    floors = {floor for suite in SUITES.values() for floor in suite.floors}
    others = [each for each in results if each.contender not in {name, *floors}]
    return changes(others, against, wish.seed)
