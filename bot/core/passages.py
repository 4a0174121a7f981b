"""The sentences of a topic that bear on a question: found by words, never by meaning.

What is said on a matter stands together: once it has come up, people take it up without saying
its name again. So part of the room goes to the sentences that say the question's words, and the
rest to the stretch of talk in which such sentences are densest.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bot.core.arrangement import Stance
from bot.core.ledger import Evidence
from bot.core.likeness import features
from bot.core.relevance import Relevance, around
from bot.core.sentences import Sentence, split
from bot.core.state import TopicState
from bot.core.wordlists import ASKING

ROOM = 2_400
"""Characters of all passages together: about two minutes of reading."""
HITS = 800
"""Characters of it for the sentences that score best themselves."""
BEST = 0.5
"""What such a sentence scores at least, measured by the best."""
REACH = 5_000
"""Characters before and after a sentence within which others may speak of the same."""
FOCUS = 1.5
"""Power to which scores are raised, so that one sentence with two of the words tells more than
two with one each."""


@dataclass(frozen=True, slots=True)
class _Passage:
    """A sentence with what it can be found by."""

    sentence: Sentence
    author: str
    features: Counter[str]


def passages(state: TopicState, question: str) -> tuple[Evidence, ...]:
    """The sentences that bear on a question: first those that say its words, the likest first,
    then what was said around them, in the order of the thread. A question with no word of its own
    ("what do people think?") is on the topic as a whole. Takes time linear in the topic."""
    if not asks_of_something(question):
        return tuple(_leading(state))
    found = list(_passages(state))
    relevance = Relevance([each.features for each in found])
    scores = _first(map(relevance.scores, _wanted(state, question)))
    hits = list(_hits(scores, found))
    more = sorted(_stretch(scores, found, hits))
    return tuple(_evidence(found[place]) for place in (*hits, *more))


def _passages(state: TopicState) -> Iterator[_Passage]:
    claims = _claims(state)
    for message in state.messages.values():
        author = message.author.source_id
        for sentence in split(message):
            if sentence.evidence:
                known_by = (sentence.text, state.names[author], *claims[sentence.span])
                yield _Passage(sentence, author, features(" ".join(known_by)))


def _claims(state: TopicState) -> Mapping[object, list[str]]:
    """The claims that stand on each sentence: it is found by their words as well."""
    claims: defaultdict[object, list[str]] = defaultdict(list)
    for viewpoint in state.ledger.viewpoints:
        for evidence in viewpoint.evidence if viewpoint.claim else ():
            claims[evidence.span].append(str(viewpoint.claim))
    return claims


def asks_of_something(question: str) -> bool:
    """Whether a question has a word of its own: "what do people think?" has none."""
    return bool(features(question).keys() - features(" ".join(ASKING)).keys())


def _leading(state: TopicState) -> Iterator[Evidence]:
    """What stands first under the viewpoints that most people hold, as much as there is room."""
    room = ROOM
    for viewpoint in sorted(state.ledger.viewpoints, key=lambda each: -len(each.authors)):
        evidence = viewpoint.evidence[0]
        room -= len(state.text(evidence.span))
        if room < 0:
            return
        yield Evidence(evidence.span, evidence.author, Stance.UNKNOWN, 0)


def _wanted(state: TopicState, question: str) -> Iterator[set[str]]:
    """The words that the question is about, and what to look for where nobody says those. Its
    framing and the people that it names count only then: their names are on all that they said,
    whatever it was on."""
    asked = set(features(question))
    framing = set(features(" ".join(ASKING)))
    people = set(features(" ".join(state.names.values())))
    yield from (asked - framing - people, asked - framing, asked)


def _first(found: Iterable[Mapping[int, float]]) -> Mapping[int, float]:
    """The first scores that are of any text."""
    nothing: Mapping[int, float] = {}
    return next((scores for scores in found if scores), nothing)


def _hits(scores: Mapping[int, float], found: Sequence[_Passage]) -> Iterator[int]:
    """The best sentence, however long, and as many of the next best as fit beside it."""
    best = sorted(scores, key=lambda place: (-scores[place], place))
    good = [place for place in best if scores[place] >= BEST * scores[best[0]]]
    for first in good[:1]:
        yield first
        yield from _fitting(good[1:], found, HITS - len(found[first].sentence.text))


def _stretch(
    scores: Mapping[int, float], found: Sequence[_Passage], hits: Sequence[int]
) -> Iterator[int]:
    lengths = [len(each.sentence.text) for each in found]
    ends = accumulate(lengths)
    middles = [end - length / 2 for end, length in zip(ends, lengths, strict=True)]
    near = around({place: score**FOCUS for place, score in scores.items()}, middles, REACH)
    dense = sorted(near.keys() - set(hits), key=lambda place: (-near[place], place))
    return _fitting(dense, found, ROOM - sum(lengths[place] for place in hits))


def _fitting(places: Iterable[int], found: Sequence[_Passage], room: int) -> Iterator[int]:
    """The first ones that fit into the room."""
    for place in places:
        room -= len(found[place].sentence.text)
        if room < 0:
            return
        yield place


def _evidence(passage: _Passage) -> Evidence:
    return Evidence(passage.sentence.span, passage.author, Stance.UNKNOWN, 0)
