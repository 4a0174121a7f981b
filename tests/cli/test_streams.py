"""What comes out of a command, whatever takes it: any code page, a pipe, a full disk, nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Moot
from tests.cli.test_main_job import HATS
from tests.cli.topics import export

ROOT = Path(__file__).parents[2]
WORDS = "Ça coûte 5 €: 延長 “hats” 🎩 for ёжики, I think, because they keep the sun out."
PAGES = ({"PYTHONIOENCODING": "cp1252"}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"})


def run(command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A shell's command line, in which `moot` is the program."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("MOOT_")}
    script = f'moot() {{ "{sys.executable}" -m bot "$@"; }}; {command}'
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", script],
        cwd=folder,
        env={**own, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def hats(tmp_path: Path, moot: Moot) -> Path:
    moot("import", export(tmp_path / "hats.json", (("zoë 🎩", WORDS), *HATS), "Çhapeaux 帽"))
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_words_come_out_as_utf_8_in_every_code_page(hats: Path, page: dict[str, str]) -> None:
    for command in ("show 1", "summary 1 --json"):
        done = run(f"moot {command}", hats, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", **page)
        assert (done.returncode, done.stderr) == (0, b"")
        assert "Çhapeaux 帽" in done.stdout.decode("utf-8")
    done = run("moot summary 帽€🎩", hats, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", **page)
    assert done.returncode == 1
    assert done.stderr.startswith(b"moot: There is no topic")


@pytest.mark.parametrize("command", ["show 1", "show 1 --json", "db export zo", "--help"])
def test_a_reader_who_has_seen_enough_is_no_error(hats: Path, command: str) -> None:
    done = run(f"moot {command} | true", hats)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_reader_of_the_first_line_gets_it(hats: Path) -> None:
    done = run("moot show 1 | head -1", hats)
    assert (done.returncode, done.stdout.decode()) == (0, "Çhapeaux 帽\n")


def test_output_that_nothing_takes_is_said(hats: Path) -> None:
    full = run("moot show 1 > /dev/full", hats)
    assert full.returncode == 1
    assert full.stderr.startswith(b"moot: Standard output can't be used (No space left")
    assert full.stderr.count(b"\n") == 1
    closed = run("moot show 1 >&- && moot topics --json >&- 2>&-", hats)
    assert (closed.returncode, closed.stderr) == (0, b"")


@pytest.mark.usefixtures("hats")
def test_in_a_pipe_a_paragraph_is_a_line_and_no_line_ends_with_spaces(
    moot: Moot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    for command in ("demo", "summary 1", "suggest 1", "show 1", "topics", "doctor", "prompts list"):
        shown = moot(*command.split()).out
        assert shown.strip()
        assert all(line == line.rstrip() for line in shown.split("\n"))
    assert f"\n  {HATS[0][1]}\n" in moot("show", 1).out
    assert f"- ana: “{HATS[0][1]}” [2]\n" in moot("summary", 1).out


def test_one_long_line_among_many_short_ones_does_not_make_them_all_long(
    moot: Moot, tmp_path: Path
) -> None:
    lines = "\n".join(["hats"] * 2_000)
    moot("import", export(tmp_path / "long.json", [("ana", f"{'x' * 50_000}\n{lines}")], "T" * 900))
    assert len(moot("show", 1).out) < 80_000
    assert len(moot("topics").out) < 500
