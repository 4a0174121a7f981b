"""What a person does at the page, by what they see there: names of buttons, words, places."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


@dataclass
class Visit:
    """A person at a page of a certain width."""

    page: Page
    screenshots: Path
    width: int

    @property
    def latest(self) -> Locator:
        """The last message of the conversation."""
        return self.page.get_by_role("log").get_by_role("article").last

    @property
    def thread_height(self) -> float:
        """How tall the conversation is by now, once its fonts are there."""
        self.page.evaluate("document.fonts.ready")
        self.page.wait_for_load_state("networkidle")
        return float(self.page.get_by_role("log").evaluate("log => log.scrollHeight"))

    @property
    def latest_height(self) -> float:
        """How tall its last message is."""
        return self._height(self.latest)

    def command(self, name: str) -> None:
        """Types a command, chooses it from the list and sends it."""
        self._words().press_sequentially(f"/{name}")
        self.page.get_by_role("option", name=f"/{name}").click()
        self.page.get_by_role("button", name="Send", exact=True).click()

    def say(self, words: str) -> None:
        """Posts a message."""
        self._words().fill(words)
        self.page.get_by_role("button", name="Send", exact=True).click()
        self.sees(words)

    def press(self, label: str) -> None:
        """Presses a button of the last message; the first of those with that label."""
        self.latest.get_by_role("button", name=label).first.click()

    def sees(self, words: str) -> None:
        """Waits until the last message says so."""
        self.latest.get_by_text(words).first.wait_for()

    def look(self, name: str) -> Path:
        """A picture of the whole of the last message, however long it is."""
        box, screen = self.latest.bounding_box(), self.page.viewport_size
        assert box and screen  # noqa: PT018 - neither is ever missing
        room = round(box["height"]) + screen["height"]
        self.page.set_viewport_size({"width": self.width, "height": room})
        self.page.mouse.move(0, 0)
        # The page follows a change of size a little later.
        self.page.wait_for_timeout(500)
        picture = self.screenshots / f"{name}-{self.width}.png"
        self.latest.screenshot(path=picture)
        return picture

    def _height(self, article: Locator) -> float:
        box = article.bounding_box()
        assert box is not None
        return box["height"]

    def _words(self) -> Locator:
        return self.page.get_by_role("textbox", name="Message", exact=True)
