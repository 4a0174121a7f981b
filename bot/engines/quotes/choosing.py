"""Which of an author's sentences stand for them, and on which question.

Every author who says something gets one viewpoint, their own, from their own words; stances
stay unknown. Who wrote more gets more sentences, at most three, spread over the time that they
wrote in: the first is where they came in, the last where they are now, so that somebody who
changed their mind is not shown by half of it.

All notes are weighed anew each time, those placed before too: so a topic from which a message
went is the topic that never had it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.core.arrangement import Frame, Grouping, Placement, Stance
from bot.core.notes import NoteKind
from bot.core.state import TopicState
from bot.engines.quotes.salience import Salience, Saying

OPENING = 1_500
"""Characters of the first message that say what the topic is about."""
SAME = 0.7
"""Likeness from which a second sentence says no more than the first."""
QUOTABLE = 30
"""Characters from which two people don't hit upon the same sentence by chance."""
WORTH_MORE = 0.4
"""What a further sentence scores at least, measured by the author's best."""


def choose(state: TopicState) -> Grouping:
    """One viewpoint an author, all other sentences passed over; what stands already is not said."""
    sayings = list(_sayings(state))
    salience = Salience(sayings, _opening(state))
    viewpoints = _viewpoints(state)
    questions = _Questions(state)
    placements: list[Placement] = []
    frames: list[Frame] = []
    for author, own in _own_words(sayings).items():
        chosen = _stand_for(own, salience)
        viewpoint = viewpoints.get(author, chosen[0].note)
        placements += (Placement(each.note, viewpoint, Stance.UNKNOWN) for each in chosen)
        frames.append(Frame(viewpoint, questions.of(chosen[0].message)))
    shown = {each.note for each in placements}
    passed_over = frozenset(each.note for each in sayings if each.note not in shown)
    standing = state.arrangement.placements
    new = tuple(each for each in placements if standing.get(each.note) != each)
    return Grouping(new, tuple(frames), passed_over=passed_over)


def _sayings(state: TopicState) -> Iterator[Saying]:
    """The sentences that could be quoted, in order: sums of floats depend on it in the last bit."""
    place = {source_id: index for index, source_id in enumerate(state.messages)}
    views = (kept for kept in state.notes.values() if kept.note.kind is NoteKind.VIEW)
    present = (kept for kept in views if kept.note.message in place)
    before: Counter[str] = Counter()
    for kept in sorted(present, key=lambda kept: (place[kept.note.message], kept.note.spans)):
        id_ = kept.note.message
        words = " ".join(map(state.text, kept.note.spans))
        yield Saying(kept.id, id_, state.messages[id_].author.source_id, words, before[id_])
        before[id_] += 1


def _own_words(sayings: Sequence[Saying]) -> dict[str, list[Saying]]:
    """What each author said, in order of appearance, without what they took from others.

    Who repeats a whole sentence of somebody else's quotes it, marked or not. Who says nothing
    else is left their repetition.
    """
    first: dict[str, str] = {}
    own: defaultdict[str, list[Saying]] = defaultdict(list)
    taken: defaultdict[str, list[Saying]] = defaultdict(list)
    for each in sayings:
        plain = " ".join(each.text.casefold().split()).lstrip("> ")
        repeats = len(plain) >= QUOTABLE and first.setdefault(plain, each.author) != each.author
        (taken if repeats else own)[each.author].append(each)
    return {each.author: own.get(each.author) or taken[each.author] for each in sayings}


def _opening(state: TopicState) -> str:
    first = next(iter(state.messages.values()), None)
    return f"{state.topic.title}\n{first.content[:OPENING] if first else ''}"


def _viewpoints(state: TopicState) -> dict[str, int]:
    """The viewpoint that each author has already: its id stays."""
    return {each.evidence[0].author: each.id for each in state.ledger.viewpoints}


def _stand_for(own: Sequence[Saying], salience: Salience) -> list[Saying]:
    """The best of each stretch of an author's messages, where it adds to what is chosen."""
    scores = {each.note: salience.score(each) for each in own}
    enough = WORTH_MORE * max(scores.values())
    chosen: list[Saying] = []
    for stretch in _stretches(own):
        for each in sorted(stretch, key=lambda each: -scores[each.note]):
            new = all(salience.likeness(each, other) < SAME for other in chosen)
            if new and scores[each.note] >= enough:
                chosen.append(each)
                break
    return chosen


def _stretches(own: Sequence[Saying]) -> Iterator[list[Saying]]:
    """An author's sayings cut into as many stretches of messages as they get sentences."""
    messages = [list(said) for _, said in groupby(own, key=lambda each: each.message)]
    stretches = 1 if len(messages) == 1 else 2 if len(messages) < 6 else 3
    for number in range(stretches):
        start = number * len(messages) // stretches
        end = (number + 1) * len(messages) // stretches
        yield [each for said in messages[start:end] for each in said]


class _Questions:
    """The question that a message speaks to: that of the message it replies to, else the opening's.

    A post in a thread is taken for one on what the thread was opened with.
    """

    def __init__(self, state: TopicState) -> None:
        self._messages = state.messages
        self._asked = {each.asked.span.message: each for each in state.ledger.questions}
        opening = self._asked.get(next(iter(state.messages), ""))
        self._opening = opening.id if opening else None

    def of(self, message: str) -> int | None:
        """The question's id, or None where the opening asks nothing."""
        said = self._messages[message]
        asked = self._asked.get(said.reply_to or "")
        if asked is None or asked.asked.author == said.author.source_id:
            return self._opening
        return asked.id
