"""Who is never noted is heard out once, and can make nobody read without end."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from bot.core.model import Message
from bot.core.windows import Window
from bot.partner import DiscussionPartner
from bot.partner.reading import OWN_READING
from tests.partner.world import BEN, HATS, SUN, Scripted, said, tell

VIEW = "I think that hat number {} is the best of all hats that anybody has worn."


class Deaf(Scripted):
    """Never hears ben. `own` are the characters of each reading of his words alone."""

    def __init__(self) -> None:
        super().__init__(
            budget=40_000, silent=lambda window, message: author_of(window, message) == "ben"
        )
        self.own: list[int] = []
        self.while_reading = self.count

    async def count(self, window: Window) -> None:
        new = [each for each in window.messages if not each.context]
        if {each.author.name for each in new} == {"ben"}:
            self.own.append(sum(len(s.text) for each in new for s in each.sentences))


def author_of(window: Window, message: Message | str) -> str:
    """Who wrote a message of a window."""
    return next(each.author.name for each in window.messages if each.message == message)


def unnoted(path: Path) -> None:
    """Takes away the sentence that stands for ben, as if he had edited it."""
    with closing(sqlite3.connect(path)) as db:
        db.execute(
            "DELETE FROM notes WHERE message_id IN (SELECT m.id FROM messages m "
            "JOIN authors a ON a.id = m.author_id WHERE a.name = 'ben')"
        )
        db.commit()


def test_many_messages_of_his_are_heard_to_a_measure(path: Path) -> None:
    """A new message can't make him be read again, whatever else he has written."""
    engine = Deaf()
    thread = [SUN, *(said(n, BEN, VIEW.format(n)) for n in range(2, 302))]

    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic)
        assert 0 < sum(engine.own) <= OWN_READING
        engine.own.clear()
        for n in range(302, 312):
            await partner.record(HATS, [said(n, BEN, VIEW.format(n))])
            unnoted(path)
            await partner.summarise(topic)
        assert len(engine.own) == 10  # each new message once, as everybody's

    tell(path, engine, story, thread)


def test_many_edits_of_his_are_read_twice_each_and_nothing_else_with_them(path: Path) -> None:
    engine = Deaf()
    thread = [SUN, *(said(n, BEN, VIEW.format(n)) for n in range(2, 22))]

    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic)
        engine.own.clear()
        for edit in range(20):
            words = VIEW.format(f"2, or {edit},")
            await partner.record(HATS, [replace(thread[1], content=words)])
            unnoted(path)
            await partner.summarise(topic)
        assert len(engine.own) == 2 * 20
        assert max(engine.own) < 2 * len(VIEW)

    tell(path, engine, story, thread)


def test_one_endless_message_of_his_is_heard_to_the_same_measure(path: Path) -> None:
    engine = Deaf()
    endless = said(2, BEN, " ".join(VIEW.format(n) for n in range(2_000)))

    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic)
        whole = len(endless.content)
        assert whole * 0.9 < sum(engine.own) < whole + OWN_READING

    tell(path, engine, story, [SUN, endless])


def test_who_has_nothing_to_say_is_not_written_down_with_every_look(path: Path) -> None:
    """Another program is writing all the time, and nobody who looks has to wait for it."""

    async def story(partner: DiscussionPartner, topic: int) -> None:
        await partner.summarise(topic)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert (await partner.summarise(topic)).receipt.not_quoted == ("ben",)

    tell(path, Deaf(), story, [SUN, said(3, BEN, "thanks!")])
