"""The small line beneath everything that Moot drafts: what it stands on and who wrote it."""

from collections.abc import Iterable, Iterator

from bot.client.views.members import for_members
from bot.client.views.words import dotted, names, number
from bot.core.inert import inert, one_line, shorten
from bot.core.links import unlinked
from bot.core.summary import Count, EngineFacts, Receipt

FALLBACK_LENGTH = 160
REASONS_SHOWN = 5
REASONS = {
    "bot": "by bots",
    "attachment_only": "with files only",
    "quoted_only": "with quotes of others only",
    "empty": "empty",
    "aside": "to bots only",
    "not_yet_read": "not read yet",
    "opted_out": "by people who opted out",
    "system": "by Discord itself",
    "deleted": "deleted",
    "too_old": "older than is kept here",
    "contested": "contested by their authors",
}
"""Why messages were left out; a reason that is not here is shown as it is."""


def summary_line(receipt: Receipt, engine: EngineFacts, cited: int, shared_by: str = "") -> str:
    """Of a summary, in Discord's small print; `cited` people are on the card."""
    people = f"cites {cited} of {number(receipt.authors, 'person', 'people')}"
    return _line(_read(receipt), people, *_thrown_out(receipt, "statement"), _by(engine), shared_by)


def people_line(receipt: Receipt, engine: EngineFacts) -> str:
    """Of the second page: it also names who is missing."""
    missing = f"not cited: {names(receipt.not_cited)}" if receipt.not_cited else None
    return _line(_read(receipt), missing, _by(engine))


def drafts_line(receipt: Receipt, engine: EngineFacts) -> str:
    """Of suggestions, which owe nobody a place."""
    return _line(_read(receipt), *_thrown_out(receipt, "draft"), _by(engine))


def answer_line(receipt: Receipt, engine: EngineFacts) -> str:
    """Of an answer: how much of the discussion the model saw, or was searched."""
    saw = "the model saw" if engine.model else "searched"
    rejected = _thrown_out(receipt, "statement")
    return _line(_read(receipt, saw), *rejected, _by(engine))


def _line(*parts: str | None) -> str:
    return f"-# {dotted(parts)}"


def _read(receipt: Receipt, verb: str = "read") -> str:
    read = f"{verb} {receipt.read} of {number(receipt.messages, 'message')}"
    return f"{read} (left out: {_reasons(receipt.skipped)})" if receipt.skipped else read


def _thrown_out(receipt: Receipt, what: str) -> Iterator[str]:
    if receipt.contested:
        whose = "its author" if receipt.contested == 1 else "their authors"
        yield f"{number(receipt.contested, 'sentence')} contested by {whose}"
    if rejected := sum(each.count for each in receipt.rejected):
        yield f"{number(rejected, f'{what} of the model', f'{what}s of the model')} rejected"


def _by(engine: EngineFacts) -> str:
    """Who wrote it: a model, or nobody; and why not the model."""
    if engine.model:
        return f"written with AI ({inert(shorten(one_line(engine.model), 60))})"
    if engine.fallback:
        told = for_members(one_line(engine.fallback))
        why = inert(unlinked(shorten(told, FALLBACK_LENGTH))).rstrip(".")
        return f"quotes only, since the model did not answer{f': {why}' if why else ''}"
    return "quotes only"


def _reasons(skipped: Iterable[Count]) -> str:
    ranked = sorted(skipped, key=lambda each: -each.count)
    told = [f"{each.count} {REASONS.get(each.reason, each.reason)}" for each in ranked]
    rest = sum(each.count for each in ranked[REASONS_SHOWN:])
    return ", ".join([*told[:REASONS_SHOWN], *([f"{rest} for other reasons"] if rest else [])])
