"""What was deleted leaves the files as soon as it is quiet, and at the latest after a while."""

import asyncio
from dataclasses import dataclass, field

import pytest

from bot.core.errors import ArchiveUnavailable
from bot.partner.erasing import Erasing

pytestmark = pytest.mark.anyio
QUIET, LATEST = 0.05, 0.4


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@dataclass
class Files:
    """Files in which something deleted is left, or not; `held` attempts to erase it fail."""

    erased: bool = True
    held: int = 0
    fails: bool = False
    takes: float = 0.0
    attempts: list[float] = field(default_factory=list[float])

    def __post_init__(self) -> None:
        self.erasing = Erasing(self._finish, lambda: self.erased, QUIET, LATEST)

    def delete(self) -> None:
        self.erased = False
        self.erasing.written()

    async def _finish(self) -> bool:
        self.attempts.append(asyncio.get_running_loop().time())
        await asyncio.sleep(self.takes)
        self.held -= 1
        if self.held >= 0 and self.fails:
            raise ArchiveUnavailable("The disk is full.")
        self.erased = self.held < 0
        self.erasing.written()
        return self.erased


async def test_a_hundred_deletions_in_a_row_are_one_attempt() -> None:
    files = Files()
    for _ in range(100):
        files.delete()
        await asyncio.sleep(QUIET / 50)
    assert files.attempts == []
    await asyncio.sleep(4 * QUIET)
    assert len(files.attempts) == 1
    assert files.erased


async def test_who_never_stops_writing_puts_it_off_for_so_long_and_no_longer() -> None:
    files, loop = Files(), asyncio.get_running_loop()
    begun = loop.time()
    while not files.attempts and loop.time() < begun + 10 * LATEST:
        files.delete()
        await asyncio.sleep(QUIET / 5)
    assert LATEST <= files.attempts[0] - begun < 3 * LATEST
    files.erasing.stop()


@pytest.mark.parametrize("fails", [False, True], ids=["a reader", "a full disk"])
async def test_what_holds_it_up_is_waited_for(fails: bool) -> None:
    files = Files(held=3, fails=fails)
    files.delete()
    await asyncio.sleep(12 * QUIET)
    assert len(files.attempts) == 4
    assert files.erased


async def test_an_attempt_that_takes_long_in_vain_is_not_made_again_soon() -> None:
    files = Files(held=1, takes=QUIET / 2)
    files.delete()
    await asyncio.sleep(6 * QUIET)
    assert len(files.attempts) == 1
    await asyncio.sleep(2 * LATEST)
    assert files.erased


async def test_nothing_to_erase_is_no_attempt() -> None:
    files = Files()
    files.erasing.written()
    await asyncio.sleep(3 * QUIET)
    assert files.attempts == []
