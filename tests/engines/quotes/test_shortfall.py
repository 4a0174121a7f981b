"""Whoever gets fewer drafts than they asked for is told why."""

import pytest

from bot.core.summary import Intent
from bot.engines import Material, Wanted
from bot.engines.quotes.shortfall import why_fewer
from tests.engines.quotes.thread import Post, drafts, thread

QUESTION: Post = ("Ben", "Who would look after it every weekend?")
OPENING: Post = ("Ana", "We should buy a kiln of our own.")
ROOM: Post = ("Cho", "The back room of the club has a chimney.")


def told(*posts: Post, intent: Intent | None = None, viewer: str | None = None) -> str:
    discussion = thread(*posts)
    wanted = Wanted(intent=intent, viewer=viewer)
    found = len(drafts(discussion, wanted))
    assert found < wanted.count
    return why_fewer(Material(discussion, discussion.ids), wanted, found)


@pytest.mark.parametrize(
    ("intent", "viewer", "why"),
    [
        (Intent.ASK, "ben", "The only open question here is your own."),
        (Intent.ASK, "ana", "Only 1 question of others is open here."),
        (Intent.BRIDGE, None, "No two others have answered each other here."),
        (Intent.BUILD, "cho", "Every view of others here has had a reply."),
        (Intent.BUILD, None, "Only 1 view of others here waits for a reply."),
        (None, "ana", "Only 2 places here wait for a reply."),
    ],
)
def test_the_reason_is_the_one_that_holds(
    intent: Intent | None, viewer: str | None, why: str
) -> None:
    assert told(OPENING, QUESTION, ROOM, intent=intent, viewer=viewer) == why


def test_of_several_questions_of_ones_own_all_are_meant() -> None:
    again: Post = ("Ben", "Has anybody asked the landlord about the wiring?")
    assert told(OPENING, QUESTION, ROOM, again, intent=Intent.ASK, viewer="ben") == (
        "The open questions here are all your own."
    )


def test_where_no_question_is_open_that_is_said() -> None:
    assert told(OPENING, ROOM, intent=Intent.ASK) == "No question is open here."


def test_who_is_alone_and_where_nothing_is_said() -> None:
    assert told(OPENING, viewer="ana") == "Nobody else has written here yet."
    assert told(("Ana", "Thanks!")) == "There is nothing to reply to yet."
    assert told() == "There is nothing to reply to yet."
