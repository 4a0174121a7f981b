"""The sentences of a discussion that bear on a question: found by words, never by meaning.

What is said on a matter stands together: once it has come up, people take it up without saying
its name again. So part of the room goes to the sentences that say the question's words, and the
rest to the stretch of talk in which such sentences are densest.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from bot.core.discussion import Discussion
from bot.core.likeness import content_words, features
from bot.core.relevance import Relevance, around
from bot.core.sentences import Sentence, Span

ROOM = 2_400
"""Characters of all passages together: about two minutes of reading."""
HITS = 3
"""The part of the room for the sentences that score best themselves: one in so many."""
BEST = 0.5
"""What such a sentence scores at least, measured by the best."""
NEAR = 0.3
"""What the nearest sentences score at least, measured by the best."""
REACH = 5_000
"""Characters before and after a sentence within which others may speak of the same."""
FOCUS = 1.5
"""Power to which scores are raised, so that one sentence with two of the words tells more than
two with one each."""


def passages(discussion: Discussion, question: str, room: int = ROOM) -> tuple[Span, ...]:
    """The sentences that bear on a question, in so many characters.

    First those that say its words, the likest first, then what was said around them, in the order
    of the discussion. None where nothing says a word of it. Takes linear time.
    """
    sentences = list(_sentences(discussion))
    scores = _scores(discussion, sentences, question)
    hits = list(_hits(scores, sentences, room // HITS))
    more = sorted(_stretch(scores, sentences, hits, room))
    return tuple(sentences[place].span for place in (*hits, *more))


def nearest(discussion: Discussion, question: str, most: int = 5) -> tuple[Span, ...]:
    """The sentences that say most of a question's own words, the likest first."""
    sentences = list(_sentences(discussion))
    best = _best(_scores(discussion, sentences, question), NEAR)
    return tuple(sentences[place].span for place in best[:most])


def _sentences(discussion: Discussion) -> Iterator[Sentence]:
    """What people wrote themselves. Nothing that a program posts is evidence."""
    for id_, message in discussion.messages.items():
        if not message.author.bot:
            yield from (each for each in discussion.sentences(id_) if each.evidence)


def _scores(
    discussion: Discussion, sentences: Sequence[Sentence], question: str
) -> Mapping[int, float]:
    """The scores of the sentences that say a word of the question, by place.

    The people whom it names count only where nobody says another word of it: their names are on
    all that they wrote, whatever it was on.
    """
    asked = content_words(question)
    if not asked:
        return {}
    names = discussion.names
    known_by = (f"{each.text} {names[discussion.author_of(each.span)]}" for each in sentences)
    relevance = Relevance([features(text) for text in known_by])
    named = content_words(" ".join(names.values()))
    return relevance.scores(asked - named) or relevance.scores(asked)


def _best(scores: Mapping[int, float], least: float) -> list[int]:
    """The places of those that score at least so much, measured by the best, in order."""
    ranked = sorted(scores, key=lambda place: (-scores[place], place))
    return [place for place in ranked if scores[place] >= least * scores[ranked[0]]]


def _hits(scores: Mapping[int, float], sentences: Sequence[Sentence], room: int) -> Iterator[int]:
    """The best sentence, however long, and as many of the next best as fit beside it."""
    best = _best(scores, BEST)
    for first in best[:1]:
        yield first
        yield from _fitting(best[1:], sentences, room - len(sentences[first].text))


def _stretch(
    scores: Mapping[int, float], sentences: Sequence[Sentence], hits: Sequence[int], room: int
) -> Iterator[int]:
    lengths = [len(each.text) for each in sentences]
    ends = accumulate(lengths)
    middles = [end - length / 2 for end, length in zip(ends, lengths, strict=True)]
    near = around({place: score**FOCUS for place, score in scores.items()}, middles, REACH)
    dense = sorted(near.keys() - set(hits), key=lambda place: (-near[place], place))
    return _fitting(dense, sentences, room - sum(lengths[place] for place in hits))


def _fitting(places: Iterable[int], sentences: Sequence[Sentence], room: int) -> Iterator[int]:
    """The first ones that fit into the room."""
    for place in places:
        room -= len(sentences[place].text)
        if room < 0:
            return
        yield place
