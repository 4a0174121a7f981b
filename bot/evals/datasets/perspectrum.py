"""Perspectrum (Chen et al. 2019): claims, and clusters of perspectives for and against each."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim; a perspective for each cluster that supports it, and that undermines it."""

    id: str
    text: str
    supports: tuple[str, ...]
    undermines: tuple[str, ...]


def claims(folder: Path, split: str) -> Iterator[Claim]:
    """The claims of a split, in their order."""
    told = json.loads((folder / f"perspectives_{split}.json").read_text(encoding="utf-8"))
    texts = {each["pId"]: each["text"] for each in told}
    for each in json.loads((folder / f"claims_{split}.json").read_text(encoding="utf-8")):
        sides: dict[str, list[str]] = {"SUPPORT": [], "UNDERMINE": []}
        for cluster in each["perspectives"]:
            text = next((texts[id_] for id_ in cluster["pids"] if id_ in texts), None)
            if text and cluster["stance_label_3"] in sides:
                sides[cluster["stance_label_3"]].append(text)
        yield Claim(
            str(each["cId"]), each["text"], tuple(sides["SUPPORT"]), tuple(sides["UNDERMINE"])
        )
