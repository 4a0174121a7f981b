"""Languages: what a text is written in, told by the text and by the topic around it.

Only where sentences end rests on it. A topic's language is settled once there is enough to tell
and never again, so that the sentences of a message stay where they are whatever others write.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Protocol

USUAL = "en"
"""What is assumed where nothing tells."""
SURE = 0.9
"""Probability from which a text's own language is believed; else it is the topic's."""
ENOUGH = 200
"""Letters from which a topic's language can be told."""
_LOOKED_AT = 1_000
"""Characters of a text that are looked at: more tell no better."""
_KNOWN = """
ar be bg bn ca cs da de el en es et fa fi fr he hi hr hu hy id is it ja ka kk km ko lt lv
mk mr my nl no pl pt ro ru sk sl sq sr sv ta te th tr uk ur vi zh
"""
"""The languages told apart, by their codes of ISO 639-1: near relatives are taken for one."""

FEWEST_LETTERS = 12
"""Letters of a text below which it tells nothing."""
FEWEST_ENGLISH, SHARE_ENGLISH = 2, 0.08
"""So many different ones of the words below, and so large a part of all words, are only English."""
_ENGLISH = re.compile(
    r"\b(?:the|and|that|this|with|you|they|what|which|would|have|because|there|their)\b"
)
_WORD = re.compile(r"[^\W\d_]+")


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


def language_of(text: str, topic: str = "") -> str:
    """The code of a text's language; the topic's (`USUAL` without one) where it is not sure."""
    if _is_english(text):
        return USUAL
    if sum(map(str.isalpha, text[:_LOOKED_AT])) < FEWEST_LETTERS:
        return topic or USUAL
    language, probability = _guess(text)
    return language if probability >= SURE else topic or USUAL


def common_language(texts: Iterable[str]) -> str | None:
    """What texts are mostly written in together; None where that is too little to tell."""
    together = "\n".join(texts)
    if sum(map(str.isalpha, together)) < ENOUGH:
        return None
    pieces = [together[at : at + _LOOKED_AT] for at in range(0, len(together), _LOOKED_AT)]
    letters: dict[str, int] = {}
    for language, piece in ((_likely(each), each) for each in pieces):
        letters[language] = letters.get(language, 0) + sum(map(str.isalpha, piece))
    return max(letters, key=lambda language: letters[language])


def load() -> None:
    """Reads the tables, which takes a good part of a second; else the first guess does."""
    _identifier()


def _likely(text: str) -> str:
    return USUAL if _is_english(text) else _guess(text)[0]


def _is_english(text: str) -> bool:
    """Whether a text is English beyond doubt, as most are: for these no tables are read."""
    seen = text[:_LOOKED_AT].lower()
    found = _ENGLISH.findall(seen)
    words = len(_WORD.findall(seen))
    return len(set(found)) >= FEWEST_ENGLISH and len(found) >= SHARE_ENGLISH * words


def _guess(text: str) -> tuple[str, float]:
    return _identifier().classify(text[:_LOOKED_AT])


@cache
def _identifier() -> _Identifier:
    # Imported here: it brings numpy along, which most commands can do without.
    from py3langid import langid  # pyright: ignore[reportMissingTypeStubs]

    make: Any = langid.LanguageIdentifier
    identifier = make.from_model_file(langid.MODEL_FILE, norm_probs=True)
    identifier.set_languages(_KNOWN.split())
    return identifier
