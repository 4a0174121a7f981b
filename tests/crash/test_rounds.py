"""20 rounds in which the bot is killed; 200 are had with `python -m tests.crash --rounds 200`."""

from pathlib import Path

from tests.crash.rounds import play


def test_whenever_it_is_killed_nothing_is_lost_and_nothing_comes_back(tmp_path: Path) -> None:
    done = list(play(20, 1, tmp_path))
    # Else the kills came when nothing was going on, and the rounds say little.
    assert sum(each.writing for each in done)
    assert sum(each.behind for each in done)
    assert sum(each.erasing for each in done)
    assert sum(each.asked for each in done)
    assert sum(each.held for each in done)
