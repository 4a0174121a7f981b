"""Key Point Analysis 2021 (Bar-Haim et al. 2020): arguments, and the key points they make."""

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument for (1) or against (-1) its topic, and the ids of key points that it makes."""

    id: str
    text: str
    stance: int
    key_points: tuple[str, ...]


def arguments(folder: Path, split: str) -> dict[str, list[Argument]]:
    """The arguments of a split by topic."""
    makes: defaultdict[str, list[str]] = defaultdict(list)
    for row in _rows(folder / f"labels_{split}.csv"):
        if row["label"] == "1":
            makes[row["arg_id"]].append(row["key_point_id"])
    by_topic: defaultdict[str, list[Argument]] = defaultdict(list)
    for row in _rows(folder / f"arguments_{split}.csv"):
        id_ = row["arg_id"]
        argument = Argument(id_, row["argument"], int(row["stance"]), tuple(makes[id_]))
        by_topic[row["topic"]].append(argument)
    return dict(by_topic)


def _rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
