"""Cards are taken back over a real connection, in whatever state Discord is."""

import json

import pytest

from bot.archive import Basis, Card
from bot.client import MootBot
from tests.wire.server import FORUM, Answer, Wire, too_many
from tests.wire.waiting import until

pytestmark = pytest.mark.anyio

CARD = 7000
PATH = f"/channels/{FORUM}/messages/{CARD}"


async def shown_card(wire: Wire, bot: MootBot) -> tuple[int, int]:
    """A thread and its second message, on which a card rests that stands elsewhere."""
    thread = await wire.open_thread("Tea", "Tea is better.")
    said = await wire.say(thread, "The rent went up.")
    await until(lambda: _is_kept(bot, "The rent went up."))
    (topic,) = await bot.partner.topics()
    basis = Basis(topic.id, str(said), "The rent went up.")
    await bot.partner.keep_card(Card(str(FORUM), str(CARD)), {basis})
    return thread, said


def asked(wire: Wire) -> list[str]:
    """The requests about the card, by their method."""
    return [each.split()[0] for each in wire.requests if each.endswith(PATH)]


async def test_the_edit_leaves_one_line_and_nothing_to_press(wire: Wire, bot: MootBot) -> None:
    thread, said = await shown_card(wire, bot)

    await wire.delete(thread, said)

    await until(lambda: wire.edits)
    (edit,) = wire.edits
    ((frame,),) = [edit["components"]]
    (line,) = frame["components"]
    assert line["content"].startswith("*Withdrawn: a message that this card rested on was changed")
    assert "rent" not in json.dumps(edit)
    assert not edit.get("content")
    assert await until(lambda: _is_done(bot))


async def test_a_rate_limit_is_waited_for_and_holds_up_no_recording(
    wire: Wire, bot: MootBot
) -> None:
    thread, said = await shown_card(wire, bot)
    wire.out_of_turn[PATH] = [too_many(3.0)]

    await wire.delete(thread, said)
    await until(lambda: asked(wire))
    await wire.say(thread, "Who would like a cup?")
    await until(lambda: _is_kept(bot, "Who would like a cup?"))

    assert wire.edits == []
    await until(lambda: wire.edits)
    assert asked(wire) == ["PATCH", "PATCH"]


async def test_in_an_archived_thread_where_nothing_can_be_edited_it_is_deleted(
    wire: Wire, bot: MootBot
) -> None:
    thread, said = await shown_card(wire, bot)
    wire.out_of_turn[PATH] = [Answer(400, {"message": "Thread is archived", "code": 50083})]

    await wire.delete(thread, said)

    await until(lambda: "DELETE" in asked(wire))
    assert await until(lambda: _is_done(bot))


@pytest.mark.parametrize("answer", [Answer(404, {"code": 10008}), Answer(403, {"code": 50001})])
async def test_a_card_that_can_not_be_reached_is_tried_once(
    wire: Wire, bot: MootBot, answer: Answer
) -> None:
    thread, said = await shown_card(wire, bot)
    wire.out_of_turn[PATH] = [answer]

    await wire.delete(thread, said)

    await until(lambda: asked(wire))
    assert await until(lambda: _is_done(bot))
    await wire.say(thread, "Who would like a cup?")
    await until(lambda: _is_kept(bot, "Who would like a cup?"))
    assert asked(wire) == ["PATCH"]


async def test_what_discord_could_not_do_is_tried_again_later(
    wire: Wire, bot: MootBot, caplog: pytest.LogCaptureFixture
) -> None:
    thread, said = await shown_card(wire, bot)
    down = Answer(503, {"message": "Maintenance: the rent went up."})
    wire.out_of_turn[PATH] = [down] * 50  # any write of the bot's makes it try again

    await wire.delete(thread, said)
    await until(lambda: "will be tried again" in caplog.text)
    assert "rent" not in caplog.text
    assert wire.edits == []

    wire.out_of_turn[PATH].clear()
    await wire.say(thread, "Who would like a cup?")

    await until(lambda: wire.edits)
    assert await until(lambda: _is_done(bot))


async def _is_kept(bot: MootBot, words: str) -> bool:
    topics = await bot.partner.topics()
    messages = await bot.partner.messages(topics[0].id) if topics else []
    return any(each.content == words for each in messages)


async def _is_done(bot: MootBot) -> bool:
    return not await bot.partner.withdrawn_cards()
