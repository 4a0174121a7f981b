"""One sentence a person: the one that matters most for them."""

from collections import defaultdict
from collections.abc import Sequence

from bot.core.brief import Stand
from bot.engines.quotes.salience import Saying
from bot.engines.quotes.talk import Talk

QUOTABLE = 30
"""Characters from which two people don't hit upon the same sentence by chance."""
LATER = 0.25
"""What the last of an author's messages is worth more than the first: it says where they stand."""
QUESTION = 0.6
"""What a question is worth of a statement: it tells less of where somebody stands."""


def stands(talk: Talk) -> tuple[Stand, ...]:
    """Everybody who says or asks something, in order of appearance, each with a sentence."""
    return tuple(
        Stand(author, None, (_best(own, talk).span,))
        for author, own in _own_words(talk.sayings).items()
    )


def _own_words(sayings: Sequence[Saying]) -> dict[str, list[Saying]]:
    """What each author says, in order of appearance, without what they repeat.

    A whole sentence of somebody else's is a quotation, marked or not. Who says nothing else is
    left their repetition.
    """
    first: dict[str, str] = {}
    own: defaultdict[str, list[Saying]] = defaultdict(list)
    repeated: defaultdict[str, list[Saying]] = defaultdict(list)
    for saying in sayings:
        plain = " ".join(saying.text.casefold().split())
        repeats = len(plain) >= QUOTABLE and first.setdefault(plain, saying.author) != saying.author
        (repeated if repeats else own)[saying.author].append(saying)
    return {each.author: own.get(each.author) or repeated[each.author] for each in sayings}


def _best(own: Sequence[Saying], talk: Talk) -> Saying:
    """The one that scores best, the later its message the better."""
    messages = dict.fromkeys(saying.span.message for saying in own)
    order = {message: place for place, message in enumerate(messages)}

    def worth(saying: Saying) -> float:
        later = 1 + LATER * order[saying.span.message] / len(messages)
        return talk.salience.score(saying) * later * (QUESTION if saying.asks else 1)

    return max(own, key=worth)
