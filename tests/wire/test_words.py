"""What Discord sends of a message, by an event or in a history, is kept as people read it."""

from typing import Any

import pytest

from bot.client import MootBot
from bot.config import Config
from tests.wire.conftest import signed_in
from tests.wire.server import Wire
from tests.wire.test_connection import kept

pytestmark = pytest.mark.anyio

TOMAS = {"id": "78", "username": "tomas", "discriminator": "0", "avatar": None}
SNAPSHOT = {
    "type": 0,
    "content": "The rent rises.\nIn May.",
    "embeds": [],
    "attachments": [{"id": "1", "filename": "a.png", "description": "the plan", "size": 1,
                     "url": "https://cdn.example/a", "proxy_url": "https://cdn.example/a"}],
    "timestamp": "2026-02-20T10:00:00+00:00",
    "edited_timestamp": None,
    "flags": 0,
    "mentions": [],
    "mention_roles": [],
    "sticker_items": [],
}  # fmt: skip
ANSWERS = [{"answer_id": 1, "poll_media": {"text": "Tea"}},
           {"answer_id": 2,
            "poll_media": {"text": "Coffee", "emoji": {"id": None, "name": "☕"}}}]  # fmt: skip
POLL = {
    "question": {"text": "Tea or coffee?"},
    "answers": ANSWERS,
    "expiry": "2026-03-02T00:00:00+00:00",
    "allow_multiselect": False,
    "layout_type": 1,
    "results": {"is_finalized": True, "answer_counts": [{"id": 1, "count": 2, "me_voted": False}]},
}
RESULT = {
    "poll_question_text": "Tea or coffee?",
    "victor_answer_votes": "2",
    "total_votes": "2",
    "victor_answer_id": "1",
    "victor_answer_text": "Tea",
}


async def everything(wire: Wire, thread: int) -> None:
    """Whatever a message may hold."""
    await wire.say(thread, "I think <@78> is right.", mentions=[TOMAS])
    for name in ("Rowan", "Juniper"):
        who = {"id": "555", "username": name, "discriminator": "0000", "avatar": None, "bot": True}
        await wire.say(thread, "Hello.", author=who, webhook_id="555", application_id="466")
    program = {
        "id": "466",
        "username": "Helper",
        "discriminator": "4711",
        "bot": True,
        "avatar": None,
    }
    await wire.say(thread, "Done.", author=program, webhook_id="466", application_id="466")
    reference: dict[str, Any] = {"type": 1, "message_id": "99", "channel_id": "12"}
    snapshots = [{"message": SNAPSHOT}]
    await wire.say(thread, "", message_reference=reference, message_snapshots=snapshots)
    await wire.say(thread, "", poll=POLL)
    fields = [{"name": name, "value": value, "inline": False} for name, value in RESULT.items()]
    await wire.say(thread, "", type=46, embeds=[{"type": "poll_result", "fields": fields}])
    await wire.say(thread, "", type=6)
    await wire.say(thread, "", type=10_000)


def said(mira: str, tomas: str) -> list[str]:
    return [
        "Mira M.: Tea is better.",
        f"{mira}: I think @{tomas} is right.",
        "Rowan: Hello.",
        "Juniper: Hello.",
        "Helper: Done.",
        f"{mira}: > The rent rises.\n> In May.",
        f"{mira}: Tea or coffee?\n> Tea (2 votes)\n> ☕ Coffee (0 votes)",
        f'{mira}: The poll "Tea or coffee?" has ended: "Tea" won with 2 of 2 votes.',
    ]


async def test_by_events(wire: Wire, bot: MootBot) -> None:
    thread = await wire.open_thread("Tea", "Tea is better.")
    await everything(wire, thread)
    expected = said("Mira M.", "Mira M")  # without the stop, which could end a sentence
    assert await kept(bot, expected) == expected
    (topic,) = await bot.partner.topics()
    messages = await bot.partner.messages(topic.id)
    authors = {each.author.name: each.author for each in messages}
    assert authors["Rowan"].source_id == "555:Rowan"
    assert [name for name, who in authors.items() if who.bot] == ["Helper"]
    assert messages[5].attachments == ("a.png: the plan",)
    assert messages[1].mentions[0].person == "78"
    assert (await bot.partner.discussion(topic.id)).numbers


async def test_by_a_history(wire: Wire, config: Config) -> None:
    async with signed_in(config) as bot:
        thread = await wire.open_thread("Tea", "Tea is better.")
        await kept(bot, ["Mira M.: Tea is better."])
    await everything(wire, thread)
    async with signed_in(config) as bot:
        expected = said("Mira M.", "tomas")
        assert await kept(bot, expected) == expected
    async with signed_in(config) as bot:
        assert await kept(bot, expected) == expected
