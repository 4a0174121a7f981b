"""A model that needs no time: it answers by rule, and counts the tokens that it was asked.

One tokenizer for all: a token is a word, or a character that is neither letter, digit nor space.
"""

import json
import re
from collections import Counter
from typing import Any

from tests.endpoint import Reply, asked

_TOKEN = re.compile(r"\w+|[^\w\s]")
_SENTENCE = re.compile(r"^(\d+)\.(\d+) \| (.*)$", re.MULTILINE)
_CLAIM = re.compile(r"^(N\d+) [^|]*\| (.*)$", re.MULTILINE)
_VIEWPOINT = re.compile(r"^(V\d+) [^|]*\| (.*)$", re.MULTILINE)
HEADLINE = "Some would have it one way and others another, and each of them says why."


def tokens(text: str) -> int:
    """The tokens of a text."""
    return len(_TOKEN.findall(text))


class ScriptedModel:
    """Notes the first sentence of each message, and groups claims that share their long words."""

    def __init__(self) -> None:
        self.prompt_tokens: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()

    def __call__(self, request: dict[str, Any]) -> Reply:
        purpose = request["response_format"]["json_schema"]["name"]
        self.calls[purpose] += 1
        self.prompt_tokens[purpose] += sum(tokens(said["content"]) for said in request["messages"])
        answer = getattr(self, f"_{purpose}")(asked(request))
        return Reply(json.dumps(answer))

    def forget(self) -> None:
        """Counts anew."""
        self.prompt_tokens.clear()
        self.calls.clear()

    def _read(self, content: str) -> Any:
        noted = set(re.findall(r"\d+", content.rsplit("Take notes on", 1)[1]))
        firsts = {
            number: (f"{number}.{place}", words)
            for number, place, words in reversed(_SENTENCE.findall(content))
            if number in noted
        }
        return {"notes": [_note(*firsts[number]) for number in sorted(firsts, key=int)]}

    def _group(self, content: str) -> Any:
        known = {label: _long_words(claim) for label, claim in _VIEWPOINT.findall(content)}
        placements: list[dict[str, Any]] = []
        for label, claim in _CLAIM.findall(content):
            words = _long_words(claim)
            near = max(known, key=lambda each: len(words & known[each]), default=None)
            shared = len(words & known[near]) if near else 0
            place = f"same as {near}" if shared > 1 else f"against {near}" if shared else "new"
            placements.append({"note": label, "place": place, "question": None})
        return {"placements": placements}

    def _merge(self, content: str) -> Any:
        return {
            "verdicts": [
                {"pair": each, "verdict": "different"}
                for each in re.findall(r"^(A\d+)", content, re.MULTILINE)
            ]
        }

    def _headline(self, content: str) -> Any:
        return {"covers": re.findall(r"^(V\d+)", content, re.MULTILINE), "headline": HEADLINE}

    def _suggest(self, content: str) -> Any:
        return {
            "text": "What would have to happen for you to see this the other way?",
            "beyond": None,
        }

    def _answer(self, content: str) -> Any:
        return {"stands_on": ["S1"], "answer": "It is said in the passage that is named here."}


def _note(id_: str, words: str) -> dict[str, Any]:
    kind = "question" if words.endswith("?") else "view"
    claim = f"It is held that {words[:1].lower()}{words[1:120].rstrip('.')}."
    return {"sentences": [id_], "kind": kind, "about": None, "claim": claim}


def _long_words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", text.casefold()) if len(word) > 5)
