"""A browser at the demo: `moot demo --browser` as a person starts it, and Debian's Chromium."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.visit import Visit

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Without a sandbox, since root has none there; and nothing is asked of the network."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the demo puts what should be gone afterwards."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture
def demo(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The demo, running in a process of its own."""
    nothing_set = {k: v for k, v in os.environ.items() if not re.match("MOOT_|OPENAI_|DISCORD_", k)}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--browser"],
        env={**nothing_set, "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process
    process.send_signal(signal.SIGKILL)
    process.communicate()


@pytest.fixture
def address(demo: subprocess.Popen[str]) -> str:
    """What the demo prints when it can be visited, under the line on what it plays."""
    assert demo.stdout
    note, told = (demo.stdout.readline().strip() for _ in range(2))
    if not told:
        pytest.fail(f"The demo ended before it told its address: {demo.communicate()[1]}")
    assert note.startswith("These are recorded answers of a large model")
    return told


@pytest.fixture
def screenshots(tmp_path: Path) -> Path:
    """Where pictures go: `screenshots/` of the checkout, if MOOT_SCREENSHOTS is set."""
    if not os.environ.get("MOOT_SCREENSHOTS"):
        return tmp_path
    kept = Path(__file__).parents[2] / "screenshots"
    kept.mkdir(exist_ok=True)
    return kept


@pytest.fixture(params=[(1100, 1000), (390, 844)], ids=["desktop", "phone"])
def visit(request: pytest.FixtureRequest, address: str, screenshots: Path) -> Iterator[Visit]:
    """A person who has opened the address, at a desk and on a phone."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"There is no {CHROMIUM}: apt-get install chromium")
    width, height = request.param
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(20_000)
        page.goto(address)
        yield Visit(page, screenshots, width)
        browser.close()
