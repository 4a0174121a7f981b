"""Results on disk: a line of JSON a case, written as soon as the case is done.

So whatever stops a run, what it did by then is kept, and is not done again.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from os import SEEK_END
from pathlib import Path
from typing import Any, BinaryIO

from bot.core.errors import ConfigError
from bot.core.summary import EngineFacts, Usage
from bot.evals.case import Case, Figures, Score

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What a contender made of a case; `failed` says why it made nothing of it."""

    suite: str
    contender: str
    model: str | None
    prompts: Mapping[str, str]
    case: str
    hash: str
    figures: Figures = field(default_factory=dict[str, Score])
    failed: str | None = None
    tokens: int = 0
    seconds: float = 0.0

    @property
    def key(self) -> Key:
        """Results with one key answer the same question; the newest counts."""
        return (*self.by, self.case, self.hash)

    @property
    def by(self) -> Key:
        """Whose results these are: suite, contender, model, prompts."""
        return (self.suite, self.contender, self.model, tuple(sorted(self.prompts.items())))


def blank(suite: str, contender: str, facts: EngineFacts, case: Case) -> Result:
    """The result of a case that is not run yet."""
    return Result(suite, contender, facts.model, dict(facts.prompts), case.name, case.hash)


def tokens(usage: Usage) -> int:
    """All tokens, those sent and those written."""
    return usage.prompt_tokens + usage.completion_tokens


class ResultFile:
    """The results of this run and, once `recall`ed, those of earlier ones."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._there: dict[Key, Result] = {}

    def recall(self) -> None:
        """Takes in what was done before, so that it is not done again; failures are."""
        if self._path.exists():
            done = (each for each in read_results(self._path) if each.failed is None)
            self._there.update((each.key, each) for each in done)

    def has(self, result: Result) -> Result | None:
        """The outcome of that case, if it is there."""
        return self._there.get(result.key)

    def add(self, result: Result) -> None:
        """Keeps a result, and puts it on disk at once."""
        self._there[result.key] = result
        line = json.dumps(asdict(result), ensure_ascii=False) + "\n"
        try:
            with self._path.open("ab+") as file:
                file.truncate(_whole_lines(file))
                file.write(line.encode())
        except OSError as error:
            raise ConfigError(
                f"The results can't be written to {self._path}: {error.strerror}."
            ) from None


def read_results(path: Path) -> list[Result]:
    """The newest result of each key in a file, in the order of first appearance.

    A last line that a crash cut short is left out; any other that is no result is an error.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"The results in {path} can't be read.") from None
    found: dict[Key, Result] = {}
    for number, line in enumerate(lines[:-1], start=1):
        result = _result(path, number, line)
        found[result.key] = result
    return list(found.values())


def _whole_lines(file: BinaryIO) -> int:
    """The length of a file without a last line that a crash cut short."""
    end = file.seek(0, SEEK_END)
    while end and (file.seek(end - 1), file.read(1)) != (end - 1, b"\n"):
        end -= 1
    return end


def newest(results: Iterable[Result]) -> list[Result]:
    """One result a key."""
    return list({each.key: each for each in results}.values())


def _result(path: Path, number: int, line: str) -> Result:
    try:
        told: dict[str, Any] = json.loads(line)
        figures = {name: Score(**score) for name, score in told.pop("figures").items()}
        return Result(figures=figures, **told)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise ConfigError(f"Line {number} of {path} is not a result of moot eval.") from None
