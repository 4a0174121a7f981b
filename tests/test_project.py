"""What a stranger relies on: the README's output is real, and the wheel holds what it needs."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
CUT = "\n…\n"
"""Where an excerpt leaves lines out."""


def test_the_readme_shows_what_the_demo_prints() -> None:
    environment = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "demo"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    printed = " ".join(done.stdout.split())  # in a pipe a paragraph is a line
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^<!-- demo -->\n```text\n(.*?)\n```$", readme, re.M | re.S)
    assert all(" ".join(part.split()) in printed for part in shown.split(CUT))


def test_the_wheel_holds_prompts_and_sample(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        timeout=120,
        check=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for prompt in (ROOT / "prompts").glob("*.md"):
        assert f"bot/prompts/{prompt.name}" in names
    assert {"bot/sample/small-batch.json", "bot/sample/recorded.json"} <= set(names)
    assert not [name for name in names if name.startswith(("tests/", "prompts/"))]
