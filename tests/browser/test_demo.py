"""`moot demo --browser`, visited."""

import signal
import subprocess
from pathlib import Path

import pytest

from tests.browser.visit import Visit


def test_who_comes_late_reads_the_card_and_answers_with_a_suggestion(visit: Visit) -> None:
    visit.sees("two of them are small factories")
    thread = visit.thread_height

    visit.command("summary")
    visit.sees("Still open")
    for words in ("cites 6 of 6 people", "written with AI", "Only you can see this"):
        visit.sees(words)
    assert visit.latest_height <= thread * 2 / 3
    visit.look("card")

    visit.press("Who said what")
    visit.sees("This misstates me")
    visit.look("people")

    visit.command("suggest")
    visit.sees("Suggested replies")
    visit.look("suggestions")

    visit.press("Edit and post")
    visit.page.get_by_role("dialog").get_by_role("button", name="Submit").click()
    visit.sees("posted for Robin, drafted with Moot")
    visit.look("posted")


def test_what_is_said_on_the_page_is_in_the_next_summary(visit: Visit) -> None:
    visit.say("I think that a repair shop is the best argument for small makers.")
    visit.command("summary")
    visit.sees("read 13 of 13 messages")
    visit.sees("a repair shop is the best argument")
    visit.sees("quotes only")


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_a_signal_and_leaves_nothing_behind(
    demo: subprocess.Popen[str], address: str, folder: Path, stop: signal.Signals
) -> None:
    assert address.startswith("http://127.0.0.1:")
    assert list(folder.iterdir())
    demo.send_signal(stop)
    rest, errors = demo.communicate(timeout=20)
    assert (demo.returncode, rest, errors) == (0, "", "")
    assert not list(folder.iterdir())
