"""Small cases of one's own, in TOML: messages and an expectation, which names the suite.

    [[case]]
    name = "two against one"
    title = "Should hats come back?"
    messages = [
        { author = "Ana", text = "Hats should come back." },
        { author = "Ben", text = "They are a nuisance.", reply_to = 1 },
    ]
    expect.quoted = ["Ana", "Ben"]

`expect.quoted` lists who has something to say (coverage), `expect.sides` who stands together
(consensus), `expect.evidence` the numbers of the messages that answer `question` (citations).
"""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.core.errors import ConfigError
from bot.core.model import Author, Message, Thread, Topic
from bot.evals.case import Case
from bot.evals.sources import Sources


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid")

    author: str
    text: str
    reply_to: int | None = None


class _Expectation(BaseModel):
    model_config = ConfigDict(extra="forbid")

    quoted: list[str] | None = None
    sides: list[list[str]] | None = None
    evidence: list[int] | None = None


class _Case(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    title: str
    question: str | None = None
    messages: Annotated[list[_Said], Field(min_length=1)]
    expect: _Expectation = _Expectation()


def own_cases(sources: Sources, expecting: str | None = None) -> Iterator[Case]:
    """The cases that expect something of a kind, or all. Raises ConfigError for a faulty one."""
    for path in sources.own_files():
        for place, settings in enumerate(_listed(path), start=1):
            case = _case(path, place, settings)
            if expecting is None or expecting in case.expected:
                yield case


def _listed(path: Path) -> list[dict[str, Any]]:
    try:
        listed = tomllib.loads(path.read_text(encoding="utf-8")).get("case", [])
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"The cases in {path.name} can't be read: {error}.") from None
    if not isinstance(listed, list):
        raise ConfigError(f"The cases in {path.name} must be written as [[case]].")
    return listed  # pyright: ignore[reportUnknownVariableType] - checked one by one


def _case(path: Path, place: int, settings: Mapping[str, Any]) -> Case:
    where = f"The case {settings.get('name', place)} in {path.name}"
    try:
        told = _Case.model_validate(settings)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        at = ".".join(map(str, first["loc"]))
        raise ConfigError(f"{where} is wrong at {at}: {first['msg']}.") from None
    expected = told.expect.model_dump(exclude_none=True)
    if not any(expected.values()):
        raise ConfigError(f"{where} has no expectation: add expect.quoted, .sides or .evidence.")
    if "evidence" in expected and told.question is None:
        raise ConfigError(f"{where} expects evidence: add the question that it answers.")
    return Case(f"{path.stem}/{told.name}", _thread(path, told), expected, told.question)


def _thread(path: Path, told: _Case) -> Thread:
    messages = tuple(
        Message(
            str(place),
            Author(said.author, said.author),
            said.text,
            reply_to=str(said.reply_to) if said.reply_to else None,
        )
        for place, said in enumerate(told.messages, start=1)
    )
    return Thread(Topic("own", f"{path.stem}/{told.name}", told.title), messages, {})
