"""A bot at its server, with its files: started, killed, and held against the truth."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Self

from tests.crash.bot import Bot, prepare
from tests.crash.checks import differences, faults
from tests.crash.server import Server
from tests.crash.truth import Told
from tests.crash.words import words_in

CATCHING_UP, ANSWER, HEARING, TAKING_BACK = 60.0, 45.0, 10.0, 30.0
"""Seconds after which a bot is taken to be stuck, on a machine that has much else to do."""


class Failed(AssertionError):
    """Something is not as it should be; the message ends with the bot's log."""


@dataclass
class Running:
    """The bot, its server and its files. All chance comes from `chance`."""

    path: Path
    server: Server
    bot: Bot
    chance: Random = field(default_factory=Random)

    @classmethod
    @contextmanager
    def begin(cls, seed: int, folder: Path) -> Iterator[Self]:
        """The bot runs, on a new database in the folder, for the length of the block."""
        path = folder / "moot.db"
        prepare(path)
        server = Server.start(seed)
        running = cls(path, server, Bot.start(server, path, model=True))
        try:
            yield running
        finally:
            running.bot.kill()
            server.end()

    def start(self, statements: int | None = None) -> None:
        """Starts the bot again, as Bot has it; now and then there is no model."""
        model = self.chance.random() < 0.7
        self.bot = Bot.start(self.server, self.path, model=model, statements=statements)

    def caught_up(self) -> Told:
        """What there is, as soon as that is what is kept. Raises Failed where it never is."""
        told = self.server.tell()
        deadline = time.monotonic() + CATCHING_UP
        while left := differences(self.path, told):
            if time.monotonic() > deadline or not self.bot.is_alive:
                raise self.failed(left)
            time.sleep(0.02)
        return told

    def ask(self, thread: str) -> str:
        """What somebody is shown who asks for a summary."""
        answer: str = self.server("answered", self.server("ask", thread), ANSWER)
        return answer

    def hold(self, told: Told) -> None:
        """Holds the files and a summary against what there is. Raises Failed."""
        if found := faults(self.path, told):
            raise self.failed(found)
        if stale := self._stale():
            raise self.failed([f"{place} still shows words that are gone." for place in stale])
        thread = self.chance.choice(sorted(told.messages))
        answer = self.ask(thread)
        there, quoted = words_in(" ".join(told.messages[thread].values())), words_in(answer)
        if told.titles[thread] not in answer or not quoted or not quoted <= there:
            raise self.failed([f"A summary of thread {thread} came as {answer or 'nothing'!r}."])

    def change_old(self, changes: int) -> int:
        """Messages of long ago are changed, and the bot hears of it; how many. Raises Failed."""
        ids, file = (
            self.server("change_old", changes),
            self.path.with_name(f"{self.path.name}-pending"),
        )
        deadline = time.monotonic() + HEARING
        while time.monotonic() < deadline:
            noted = file.read_text() if file.exists() else ""
            if all(id_ in noted for id_ in ids):
                return len(ids)
            time.sleep(0.01)
        raise self.failed([f"Of the changes to {', '.join(ids)} not all were noted."])

    def _stale(self) -> list[str]:
        """Answers and cards that show what is gone, once the bot had time to take them back."""
        deadline = time.monotonic() + TAKING_BACK
        while (stale := self.server("stale")) and time.monotonic() < deadline:
            time.sleep(0.05)
        return list(stale)

    def failed(self, found: list[str]) -> Failed:
        """What was found, and the end of the bot's log."""
        log = self.path.with_name("bot.log").read_text(encoding="utf-8")[-3000:]
        return Failed("\n".join([*found[:10], f"The end of the bot's log:\n{log}"]))
