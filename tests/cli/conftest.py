import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main


@dataclass(frozen=True)
class Outcome:
    """What a command left: its exit status, and what it printed where."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """The one sentence on standard error that says why it could not be done."""
        assert self.status == 1, self
        assert "Traceback" not in self.err
        (line,) = self.err.strip().splitlines()
        return line.removeprefix("moot: ")


Moot = Callable[..., Outcome]


@pytest.fixture
def moot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Moot:
    """Runs a command as a person would, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    for name in (
        "OPENAI_API_KEY",
        "MOOT_LLM__MODEL",
        "MOOT_LLM__BASE_URL",
        "MOOT_DATABASE__PATH",
        "MOOT_EVAL__DATA",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: object) -> Outcome:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main([str(each) for each in arguments])
        out, err = capsys.readouterr()
        return Outcome(int(left.value.code or 0), out, err)

    return run
