"""A model that needs no time: it answers by rule, and counts what it was asked.

Its briefs have the size of real ones, about 250 words with 20 citations and a line for everybody,
and pass the checks: each statement names whom it cites. A token is a word, or a character that is
neither letter, digit nor space.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.endpoint import Reply, asked

_TOKEN = re.compile(r"\w+|[^\w\s]")
_LINE = re.compile(r"^(?:\[\d+\] (P\d+)|(\d+\.\d+)(?: (P\d+))? \|)", re.MULTILINE)
_LIMIT = re.compile(r"at most (\d+) words")
STATEMENTS = 20
"""Statements of a whole brief: two each in the lead, the state and what is open, else in points."""
WORDS = 13
"""Words of each of them, with its part of a title."""
ANSWERED = 4
"""Statements of an answer."""


def tokens(text: str) -> int:
    """The tokens of a text."""
    return len(_TOKEN.findall(text))


@dataclass(frozen=True)
class Asked:
    """What one call was asked, and the tokens of its answer."""

    characters: int
    tokens: int
    written: int


@dataclass
class ScriptedModel:
    """Writes a brief of sentences that lie evenly over what it is shown."""

    calls: list[Asked] = field(default_factory=list[Asked])

    def __call__(self, request: dict[str, Any]) -> Reply:
        form = request.get("response_format")
        purpose = form["json_schema"]["name"] if form else "plain"
        said = [turn["content"] for turn in request["messages"]]
        answer = getattr(self, f"_{purpose}")(asked(request))
        text = answer if isinstance(answer, str) else json.dumps(answer, separators=(",", ":"))
        read = sum(map(tokens, said))
        self.calls.append(Asked(sum(map(len, said)), read, tokens(text)))
        return Reply(text)

    def forget(self) -> None:
        """Counts anew."""
        self.calls.clear()

    def _plain(self, content: str) -> str:
        return "It is about hats."

    def _brief(self, content: str) -> Any:
        by_person = _sentences(content)
        room = min(STATEMENTS, int(_LIMIT.findall(content)[-1]) // WORDS)
        said = [_statement(who, id_) for who, id_ in _spread(by_person, room)]
        lead, state, left, rest = said[:2], said[2:4], said[4:6], said[6:]
        lines = [rest[at : at + 3] for at in range(0, len(rest), 3)]
        return {
            "lead": " ".join(lead),
            "state": state,
            "points": [{"title": "Simple", "lines": three, "for": []} for three in lines],
            "open": left,
            "people": [_line(who, ids[0]) for who, ids in by_person.items()],
            "headings": ["Where it stands", "Still open"],
        }

    _carry = _brief

    def _brief_repair(self, content: str) -> Any:
        return {"mended": [], "people": []}

    _carry_repair = _brief_repair

    def _answer(self, content: str) -> Any:
        said = _spread(_sentences(content), ANSWERED)
        return {"answer": " ".join(_statement(who, id_) for who, id_ in said), "missing": None}

    def _suggest(self, content: str) -> Any:
        targets = list(_sentences(content).items())[-3:]
        return {"drafts": [_draft(who, ids[-1]) for who, ids in targets]}


def _sentences(content: str) -> dict[str, list[str]]:
    """The ids of each person's sentences, in order of appearance."""
    found: dict[str, list[str]] = {}
    speaker = ""
    for head, id_, author in _LINE.findall(content):
        speaker = head or author or speaker
        if id_:
            found.setdefault(speaker, []).append(id_)
    return found


def _spread(by_person: dict[str, list[str]], wanted: int) -> Sequence[tuple[str, str]]:
    """So many sentences, evenly over all."""
    every = [(who, id_) for who, ids in by_person.items() for id_ in ids]
    every.sort(key=lambda each: tuple(map(int, each[1].split("."))))
    step = max(1, len(every) // max(1, wanted))
    return every[::step][:wanted]


def _statement(who: str, id_: str) -> str:
    return f"{who} wants it kept simple and says why that would help [{id_}]."


def _line(who: str, id_: str) -> dict[str, Any]:
    return {"who": who, "stand": "Wants it simple and says why", "cites": [id_]}


def _draft(who: str, id_: str) -> dict[str, Any]:
    text = f"I see why you want this, {who}. What would have to happen for it to be dropped?"
    return {"intent": "ask", "to": [who], "cites": [id_], "text": text, "beyond": None}
