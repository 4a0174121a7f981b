"""Reply drafts without a model: places where somebody can join, with what is said there.

A question that nobody answered, a view that nobody replied to, two people who answered each other.
What needs an argument of one's own, a rebuttal or the best case for a side, can't be had from
quotes alone and is refused by name. Quotes stand in a block of their own (`> `), so that a draft
that was posted is never read as if its poster had said what it quotes.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count, islice

from bot.core.errors import EngineFailed
from bot.core.summary import Intent
from bot.engines import Draft, Material, Wanted
from bot.engines.quotes.block import name, quoted
from bot.engines.quotes.places import Place, conversations, questions, views
from bot.engines.quotes.talk import Talk

LONGEST = 600
"""Characters of a draft: what is read before it is posted."""
QUOTES = (280, 220, 190, 160, 120, 80, 40)
"""Characters of a quote, the first with which the draft is short enough."""
FINDERS: dict[Intent, Callable[[Talk, str | None], Iterator[Place]]] = {
    Intent.ASK: questions,
    Intent.BUILD: views,
    Intent.BRIDGE: conversations,
}
OFFERED = tuple(FINDERS)
"""In the order in which they are offered."""
CHOICE = 10
"""Places among which one is looked for whose people no other draft addresses."""


def reply_drafts(material: Material, wanted: Wanted) -> tuple[Draft, ...]:
    """Up to `wanted.count` drafts, the intents in turn, each for another place.

    Raises EngineFailed for an intent that can't be served without a model.
    """
    if wanted.intent is not None and wanted.intent not in OFFERED:
        raise EngineFailed(
            f"Quotes alone make no honest {wanted.intent}, which needs a model: "
            f"choose {', '.join(OFFERED[:-1])} or {OFFERED[-1]}."
        )
    talk = Talk(material)
    intents = OFFERED if wanted.intent is None else (wanted.intent,)
    found = {intent: list(FINDERS[intent](talk, wanted.viewer)) for intent in intents}
    return tuple(_draft(talk, *each) for each in islice(_in_turn(found), wanted.count))


def _in_turn(found: dict[Intent, list[Place]]) -> Iterator[tuple[Intent, Place, int]]:
    """One place of each intent in turn, with the number of the turn.

    No message is taken up twice, and who was addressed is spared if possible.
    """
    taken: frozenset[str] = frozenset()
    addressed: Counter[str] = Counter()
    for turn in count():
        for intent, places in found.items():
            places[:] = [each for each in places if taken.isdisjoint(each.messages)]
            if places:
                place = min(places[:CHOICE], key=lambda each: sum(addressed[a] for a in each.to))
                taken |= place.messages
                addressed.update(place.to)
                yield intent, place, turn
        if not any(found.values()):
            return


def _draft(talk: Talk, intent: Intent, place: Place, turn: int) -> Draft:
    frame = place.frames[turn % len(place.frames)]
    texts = [_text(talk, place, frame, limit) for limit in QUOTES]
    return Draft(
        intent=intent,
        text=next((text for text in texts if len(text) <= LONGEST), texts[-1]),
        to=place.to,
        cites=tuple(saying.span for saying in place.quotes),
        seen=frozenset(saying.span.message for saying in place.quotes),
        why=place.why,
    )


def _text(talk: Talk, place: Place, frame: str, limit: int) -> str:
    called = [name(talk.discussion.names[saying.author]) for saying in place.quotes]
    quotes = [
        quoted(saying.text, who, limit) for saying, who in zip(place.quotes, called, strict=True)
    ]
    # Most forums and mail programs draw a line right under a quote into it.
    return "\n".join([*quotes, "", frame.format(one=called[0], other=called[-1])])
