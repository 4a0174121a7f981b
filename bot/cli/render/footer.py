"""The line beneath a result: what wrote it, what was read, who is cited and who is not."""

from collections.abc import Iterable, Sequence

from rich.console import Group
from rich.text import Text

from bot.cli.render.inline import apart, count, label, names
from bot.core.summary import Count, EngineFacts, Receipt


def footer(
    receipt: Receipt, engine: EngineFacts, cited: int | None = None, read: str = "read"
) -> Group:
    """The receipt in a line.

    `cited` people are on the page; None where nobody has to be. `read` says what became of the
    messages.
    """
    parts = (
        _by(engine),
        f"{receipt.read} of {count(receipt.messages, 'message')} {read}",
        *_cited(cited, receipt.authors),
        *_not_cited(receipt.not_cited),
        *_counts("left out", receipt.skipped),
        *_counts("dropped by checks", receipt.rejected),
        *_contested(receipt.contested),
    )
    return apart(Text(" · ".join(parts), "dim"))


def _cited(cited: int | None, authors: int) -> Iterable[str]:
    if cited is not None:
        yield f"{cited} of {count(authors, 'person', 'people')} cited"


def _by(engine: EngineFacts) -> str:
    if engine.model:
        return f"written with AI ({label(engine.model)})"
    if engine.fallback:
        why = label(engine.fallback).rstrip(".")
        return f"quotes only, since the model did not answer: {why}"
    return "quotes only"


def _not_cited(people: Sequence[str]) -> Iterable[str]:
    if people:
        yield f"not cited: {names(people)}"


def _contested(sentences: int) -> Iterable[str]:
    if sentences:
        whose = "its author" if sentences == 1 else "their authors"
        yield f"{count(sentences, 'sentence')} contested by {whose}"


def _counts(what: str, shown: Sequence[Count]) -> Iterable[str]:
    if shown:
        yield f"{what}: {', '.join(f'{each.count} ({reason(each.reason)})' for each in shown)}"


def reason(word: str) -> str:
    """A reason of the receipt as a person reads it."""
    return word.replace("_", " ")
