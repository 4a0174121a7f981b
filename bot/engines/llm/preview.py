"""What a prompt would be filled with for a topic, for those who write prompts; nothing is sent."""

from bot.core.notes import KeptNote, NoteKind
from bot.core.passages import passages
from bot.core.presentation import claim
from bot.core.state import TopicState
from bot.core.summary import Intent
from bot.core.windows import MESSAGE_BY_MESSAGE, cut
from bot.engines.llm import grouping, merging, points, showing
from bot.engines.llm.picture import picture

FIRST_WINDOW = 4_000
EXAMPLE_CLAIMS = 6
EXAMPLE_PAIRS = 3


def preview(state: TopicState, name: str) -> dict[str, str]:
    """The variables of the prompt `name`, from what is known of the topic now."""
    fill = {
        "read": _read,
        "points": _points,
        "relate": _relate,
        "group": _group,
        "merge": _merge,
        "headline": _headline,
        "suggest": _suggest,
        "answer": _answer,
    }[name]
    return fill(state)


def _read(state: TopicState) -> dict[str, str]:
    messages = list(state.messages.values())
    windows = cut(state.topic.title, messages, list(state.messages), FIRST_WINDOW)
    window = next(windows, None)
    if window is None:
        return {"messages": "", "noted": ""}
    return {"messages": showing.messages(window), "noted": showing.noted(window)}


def _points(state: TopicState) -> dict[str, str]:
    messages = list(state.messages.values())
    windows = cut(state.topic.title, messages, list(state.messages), MESSAGE_BY_MESSAGE)
    found = (
        sentence for window in windows for each in points.candidates(window) for _, sentence in each
    )
    first = next(found, None)
    return {"sentence": showing.words(first.text) if first else ""}


def _group(state: TopicState) -> dict[str, str]:
    views = [kept for kept in state.notes.values() if kept.note.kind is NoteKind.VIEW]
    batch: list[KeptNote] = views[:EXAMPLE_CLAIMS]
    board = grouping.Board(state)
    return dict(board.request(batch, board.candidates(batch) if batch else []))


def _relate(state: TopicState) -> dict[str, str]:
    claims = [showing.words(claim(state, each)) for each in state.ledger.viewpoints[:2]]
    first, second = [*claims, "", ""][:2]
    return {"first": first, "second": second}


def _merge(state: TopicState) -> dict[str, str]:
    """Viewpoints that are alike, or, where none are, the first two."""
    board = grouping.Board(state)
    ids = sorted(board.claims)
    alike = merging.pairs(board, ids)[:EXAMPLE_PAIRS]
    return dict(merging.request(board, alike or [merging.Pair(*ids[:2])] if ids[1:] else []))


def _headline(state: TopicState) -> dict[str, str]:
    shown = picture(state)
    return {"topic": shown.topic(), "viewpoints": shown.claims()}


def _suggest(state: TopicState) -> dict[str, str]:
    shown = picture(state)
    taken_up = shown.viewpoints[:2]
    return {
        "topic": shown.topic(),
        "viewpoints": shown.with_quotes(taken_up),
        "others": shown.besides(taken_up),
        "intent": Intent.BRIDGE,
        "addresses": " and ".join(f"V{each.id}" for each in taken_up),
    }


def _answer(state: TopicState) -> dict[str, str]:
    question = state.topic.title
    found = passages(state, question)
    return {
        "question": showing.words(question),
        "passages": showing.passages((state.text(each.span), each.author) for each in found),
    }
