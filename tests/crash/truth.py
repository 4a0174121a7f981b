"""Truth: the Discord that lives, as the bot's files are held against it."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

from aiohttp import web

from tests.crash.sharing import Sharing
from tests.wire.server import Payload


@dataclass(frozen=True)
class Told:
    """What there is: titles and messages by the ids of threads; and the words that are gone."""

    titles: dict[str, str]
    messages: dict[str, dict[str, str]]
    gone: frozenset[str]


class Truth(Sharing):
    """What happens, and what there is."""

    async def tell(self) -> Told:
        """What there is now."""
        return Told(
            {str(id_): thread["name"] for id_, thread in self.threads.items()},
            {
                str(thread): {
                    str(id_): each["content"] for id_, each in self.messages[thread].items()
                }
                for thread in self.threads
            },
            frozenset(self.gone),
        )

    async def talk(self) -> None:
        """People begin to talk and to ask, and go on until it is quiet."""
        self._is_quiet = False
        self._talking = asyncio.create_task(self._go_on())

    async def quiet(self) -> None:
        """Whoever is at it finishes, and nothing happens any more."""
        self._is_quiet = True
        await self._talking

    async def _go_on(self) -> None:
        while not self._is_quiet:
            await asyncio.sleep(self.chance.uniform(0.001, 0.02))
            if self.threads and self.chance.random() < 0.06:
                await (self.share() if self.chance.random() < 0.3 else self.ask())
            await self.happen(1)

    async def emit(self, name: str, data: Payload) -> None:
        """Sends an event, unless whoever listened has just been killed."""
        with suppress(ConnectionError):
            await super().emit(name, data)

    async def _begin(self, socket: web.WebSocketResponse) -> None:
        async with self.turn:
            await super()._begin(socket)
