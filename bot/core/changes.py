"""What changed in a topic since a message: its ledger as it was then, beside the one of now.

Both are derived from the same notes, so that no state of the past needs to be kept, and an edit or
a delete reaches what is told here as well. The lines are worded by code: whoever is named in
them, and every number, comes from the ledger.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from bot.core import ledger as ledgers
from bot.core.arrangement import Stance
from bot.core.errors import NotFound
from bot.core.inert import one_line
from bot.core.ledger import Evidence, Ledger, Question, Viewpoint
from bot.core.model import Message
from bot.core.sentences import split
from bot.core.state import TopicState
from bot.core.summary import Change, ChangeKind
from bot.core.wording import Wording


def posted_since(state: TopicState, since: str, viewer: str | None = None) -> list[Message]:
    """What others than the viewer (a source id) posted after a message; programs don't count.

    Raises NotFound where the topic has no such message.
    """
    _, later = parted(state, since)
    return [each for each in later if each.author.source_id != viewer and not each.author.bot]


def changes(state: TopicState, since: str, viewer: str | None = None) -> tuple[Change, ...]:
    """What others changed after a message; what concerns the viewer comes first.

    `since` is a message's source id, `viewer` an author's. Raises NotFound where the topic has no
    such message.
    """
    before, later = parted(state, since)
    was = ledgers.build(before, state.notes.values(), state.arrangement)
    told = _Told(state, was, later, viewer)
    return tuple(told.changes())


def parted(state: TopicState, since: str) -> tuple[list[Message], list[Message]]:
    """The messages up to and including one, and those after it. Raises NotFound."""
    if since not in state.messages:
        raise NotFound(
            f'This topic has no message "{since}"; "moot show TOPIC" lists them with their ids.'
        )
    messages = list(state.messages.values())
    end = list(state.messages).index(since) + 1
    return messages[:end], messages[end:]


class _Told:
    """The changes between two ledgers of a topic, each with its new evidence."""

    def __init__(
        self, state: TopicState, was: Ledger, later: Iterable[Message], viewer: str | None
    ) -> None:
        self._state = state
        self._words = Wording(state)
        self._was = {viewpoint.id: viewpoint for viewpoint in was.viewpoints}
        self._asked = {question.id: question for question in was.questions}
        self._later = {message.source_id: message for message in later}
        self._viewer = viewer

    def changes(self) -> Iterator[Change]:
        yield from self._to_the_viewer()
        yield from self._answered()
        yield from self._new_viewpoints()
        yield from self._gained()
        yield from self._lost()
        yield from self._new_questions()

    def _to_the_viewer(self) -> Iterator[Change]:
        """Objections to what the viewer holds or held, and replies; a message is told once."""
        if self._viewer is None:
            return
        objecting: set[str] = set()
        for viewpoint, against in self._objections():
            objecting.update(each.span.message for each in against)
            what = f"objected to a view of yours: {self._words.claim(viewpoint)}"
            text = f"{self._words.who(against)} {what}"
            yield from self._change(ChangeKind.REPLY_TO_YOU, text, against, viewpoint.evidence)
        for message, evidence in self._replies():
            if message not in objecting:
                text = f"{self._words.who(evidence)} replied to you: {self._words.quote(evidence)}"
                yield from self._change(ChangeKind.REPLY_TO_YOU, text, evidence)

    def _objections(self) -> Iterator[tuple[Viewpoint, list[Evidence]]]:
        for viewpoint in self._state.ledger.viewpoints:
            held = {each.author for each in viewpoint.evidence if each.stance.holds}
            if self._viewer in held:
                new = self._new(viewpoint.evidence)
                yield (
                    viewpoint,
                    [
                        each
                        for each in new
                        if each.stance is Stance.OBJECTS and each.author != self._viewer
                    ],
                )

    def _replies(self) -> Iterator[tuple[str, list[Evidence]]]:
        """Messages that reply to one of the viewer's: what was noted, or the first sentence."""
        noted: defaultdict[str, list[Evidence]] = defaultdict(list)
        for evidence in self._state.ledger.evidence:
            noted[evidence.span.message].append(evidence)
        for message in self._later.values():
            to = self._state.messages.get(message.reply_to or "")
            if to and to.author.source_id == self._viewer:
                yield message.source_id, noted[message.source_id] or _first_sentence(message)

    def _answered(self) -> Iterator[Change]:
        for question in self._state.ledger.questions:
            was = self._asked.get(question.id)
            if was and was.open and not question.open:
                evidence = self._answers(question)
                asker = self._words.who([question.asked])
                what = f"answered what {asker} asked: {self._words.question(question)}"
                text = f"{self._words.who(evidence)} {what}"
                yield from self._change(ChangeKind.ANSWERED, text, evidence, [question.asked])

    def _answers(self, question: Question) -> list[Evidence]:
        """What answers a question by now: said to be an answer, or a view on it of another."""
        views = (
            each
            for viewpoint in self._state.ledger.viewpoints
            if viewpoint.question == question.id
            for each in viewpoint.evidence
            if each.stance.holds and each.author != question.asked.author
        )
        return self._new(question.answers) or self._new(views)

    def _new_viewpoints(self) -> Iterator[Change]:
        """The best supported first."""
        new = [each for each in self._state.ledger.viewpoints if each.id not in self._was]
        for viewpoint in sorted(new, key=lambda each: -len(each.authors)):
            evidence = self._new(viewpoint.evidence)
            text = f"{self._holders(viewpoint)}: {self._words.claim(viewpoint)}"
            yield from self._change(ChangeKind.NEW_VIEWPOINT, text, evidence, viewpoint.evidence)

    def _holders(self, viewpoint: Viewpoint) -> str:
        if all(each.stance is Stance.UNKNOWN for each in viewpoint.evidence):
            return f"{self._words.who(viewpoint.evidence)} said"
        if viewpoint.authors:
            return f"New view, held by {self._words.names(viewpoint.authors)}"
        return "New view, held by nobody any more"

    def _gained(self) -> Iterator[Change]:
        for viewpoint, was in self._known():
            came = [each for each in viewpoint.authors if each not in was.authors]
            if came:
                who = self._words.names(came)
                now = self._words.now(viewpoint)
                text = f"Now held by {who} too ({now}): {self._words.claim(viewpoint)}"
                new = self._latest(viewpoint, came)
                yield from self._change(ChangeKind.GAINED, text, new, viewpoint.evidence)

    def _lost(self) -> Iterator[Change]:
        for viewpoint, was in self._known():
            left = [each for each in was.authors if each not in viewpoint.authors]
            if left:
                who, now = self._words.names(left), self._words.now(viewpoint)
                text = f"No longer held by {who} ({now}): {self._words.claim(viewpoint)}"
                new = self._latest(viewpoint, left)
                yield from self._change(ChangeKind.LOST, text, new, viewpoint.evidence)

    def _known(self) -> Iterator[tuple[Viewpoint, Viewpoint]]:
        """Viewpoints that there were before: as they are, and as they were."""
        for viewpoint in self._state.ledger.viewpoints:
            if was := self._was.get(viewpoint.id):
                yield viewpoint, was

    def _latest(self, viewpoint: Viewpoint, authors: Iterable[str]) -> list[Evidence]:
        last = ledgers.latest(viewpoint)
        return [last[author] for author in authors]

    def _new_questions(self) -> Iterator[Change]:
        for question in self._state.ledger.questions:
            if question.id not in self._asked:
                evidence = [question.asked, *self._answers(question)]
                still = "still open" if question.open else "answered since"
                asker = self._words.who([question.asked])
                text = f"{asker} asked ({still}): {self._words.question(question)}"
                yield from self._change(ChangeKind.NEW_QUESTION, text, evidence)

    def _change(
        self,
        kind: ChangeKind,
        text: str,
        evidence: Iterable[Evidence],
        about: Iterable[Evidence] = (),
    ) -> Iterator[Change]:
        """The change, unless nobody but the viewer had a part in it; the text tells of `about`."""
        shown = tuple(evidence)
        if any(each.author != self._viewer for each in shown):
            rests_on = frozenset(each.span.message for each in about)
            yield Change(kind, one_line(text), tuple(map(self._state.quote, shown)), rests_on)

    def _new(self, evidence: Iterable[Evidence]) -> list[Evidence]:
        return [each for each in evidence if each.span.message in self._later]


def _first_sentence(message: Message) -> list[Evidence]:
    words = (sentence for sentence in split(message) if sentence.evidence)
    author, unnoted = message.author.source_id, 0
    return [Evidence(each.span, author, Stance.UNKNOWN, unnoted) for each in words][:1]
