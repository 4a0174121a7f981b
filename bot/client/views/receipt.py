"""The small line beneath everything that Moot drafts: what it stands on and who wrote it."""

from collections.abc import Iterable, Iterator

from bot.client.views.words import dotted, names, number
from bot.core.inert import inert, one_line, shorten
from bot.core.links import unlinked
from bot.core.summary import OVER_BUDGET, Count, EngineFacts, Receipt

FALLBACK_LENGTH = 160
REASONS_SHOWN = 5
REASONS = {
    "bot": "by bots",
    "attachment_only": "with files only",
    "quoted_only": "with quotes of others only",
    "empty": "empty",
    "not_yet_read": "not read yet",
    "opted_out": "by people who opted out",
    "system": "notices of Discord",
    "deleted": "deleted",
    "too_old": "older than is kept here",
    "contested": "contested by their authors",
}
"""Why messages were left out; a reason that is not here is shown as it is."""


def receipt_line(receipt: Receipt, engine: EngineFacts, shown: int | None = None) -> str:
    """The receipt in Discord's small print. `shown` of the people quoted are on the card."""
    line = dotted(_parts(receipt, engine, "read", shown))
    missing = receipt.not_quoted
    return f"-# {line}" + (f"\n-# Not quoted: {names(missing)}" if missing else "")


def search_line(receipt: Receipt, engine: EngineFacts) -> str:
    """The receipt of a search, which owes nobody a place."""
    return f"-# {dotted(_parts(receipt, engine, 'searched'))}"


def _parts(
    receipt: Receipt, engine: EngineFacts, read: str, shown: int | None = None
) -> Iterator[str]:
    yield f"{read} {receipt.read} of {number(receipt.messages, 'message')}"
    if receipt.skipped:
        yield f"left out: {_reasons(receipt.skipped)}"
    here = f" ({shown} on this card)" if shown is not None and shown < receipt.quoted else ""
    yield f"quoted {receipt.quoted} of {number(receipt.authors, 'person', 'people')}{here}"
    if receipt.contested:
        yield f"{number(receipt.contested, 'quote')} contested by {_whose(receipt)}"
    unpaid = sum(each.count for each in receipt.rejected if each.reason == OVER_BUDGET)
    if rejected := sum(each.count for each in receipt.rejected) - unpaid:
        yield f"{number(rejected, 'draft')} of the model rejected"
    if unpaid:
        yield f"{number(unpaid, 'draft')} not asked for, as the budget is spent"
    yield author_of(engine)


def _whose(receipt: Receipt) -> str:
    return "its author" if receipt.contested == 1 else "their authors"


def author_of(engine: EngineFacts) -> str:
    """Who wrote it: a model, or nobody; and why not the model."""
    if engine.model:
        return f"written with AI ({inert(shorten(one_line(engine.model), 60))})"
    if engine.fallback:
        why = inert(unlinked(shorten(one_line(engine.fallback), FALLBACK_LENGTH))).rstrip(".")
        return f"quotes only, since the model did not answer: {why}"
    return "quotes only"


def _reasons(skipped: Iterable[Count]) -> str:
    ranked = sorted(skipped, key=lambda each: -each.count)
    told = [f"{each.count} {REASONS.get(each.reason, each.reason)}" for each in ranked]
    rest = sum(each.count for each in ranked[REASONS_SHOWN:])
    return ", ".join([*told[:REASONS_SHOWN], *([f"{rest} for other reasons"] if rest else [])])
