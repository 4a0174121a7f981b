"""People's names in a model's text into their labels: it writes of people as one speaks of them,
and code knows whom it means."""

import re
from collections import Counter
from collections.abc import Mapping

from bot.core.naming import called
from bot.core.wordlists import ORDINARY

_APART = re.compile(
    r"\[[\d.,;\s–-]+\]|“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|「[^「」]*」|(?<!\w)\"[^\"]*\"(?!\w)"
)
"""Citations and quotations: what stands in them names nobody."""
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"\w+")
_BOLD_LABEL = re.compile(r"\*\*\s*(P\d+)(:?)\s*\*\*")
_SPACED = re.compile(r"[\u0000-\u0e00\u1100-\u167f\u1e00-\u2dff\uac00-\ud7ff]")
"""Letters of scripts that set words apart."""
_JOINT = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
_STARTS = re.compile(r"(?:^|[.!?:…]\s)[\s\"'“‘(*_]*$")
SHORTEST = 2
"""Letters that a name has at least, to be told from an initial or a sign."""


class Aliases:
    """The names that a text may use for people, by label. A name of two people is nobody's."""

    def __init__(
        self, names: Mapping[str, str], declared: Mapping[str, str], title: str = ""
    ) -> None:
        """`names` are the labels' own names, `declared` the ones that the text says it uses.

        A name that is a word like any other is a person's where it is written as a name; so is one
        without a capital (somebody may be called `hats`) that is not declared or is in the title.
        """
        found = {
            (alias, label)
            for label, name in names.items()
            for alias in (name, called(name), _apart(called(name)), declared.get(label, "").strip())
            if len(alias) >= SHORTEST and _LETTER.search(alias)
        }
        folded = {(alias.casefold(), label) for alias, label in found}
        taken = Counter(alias for alias, _ in folded)
        self._labels = {alias: label for alias, label in folded if taken[alias] == 1}
        written = {alias for alias, _ in found if alias.casefold() in self._labels}
        self._capital = {alias.casefold() for alias in written if alias[0].isupper()}
        used = {alias.strip() for alias in declared.values()} - set(_WORD.findall(title.casefold()))
        self._doubtful = {alias for alias in written if alias.islower() and alias.isalpha()} - used
        self._written = sorted(written, key=lambda alias: (-len(alias), alias))

    def labelled(self, text: str) -> str:
        """The text with labels in the names' places, but in quotations; names are not bold."""
        folded = text.casefold()
        there = [alias for alias in self._written if alias.casefold() in folded]
        if there:
            pattern = re.compile("|".join(map(_bounded, there)), re.IGNORECASE)
            done, parts = 0, list[str]()
            for apart in _APART.finditer(text):
                parts += [self._replaced(pattern, text[done : apart.start()]), apart.group()]
                done = apart.end()
            text = "".join((*parts, self._replaced(pattern, text[done:])))
        return _BOLD_LABEL.sub(r"\1\2", text)

    def _replaced(self, pattern: re.Pattern[str], text: str) -> str:
        return pattern.sub(lambda found: self._label(found, text), text)

    def _label(self, found: re.Match[str], text: str) -> str:
        word = found.group()
        known = word.casefold()
        if word[0].islower() and known in self._capital:
            return word
        if (known in ORDINARY or known in self._doubtful) and not _is_name(found, text):
            return word
        return self._labels.get(known, word)


def _apart(name: str) -> str:
    """A name that is written together, as people write it: `ChrisHardwick` is Chris Hardwick."""
    return _JOINT.sub(" ", name)


def _is_name(found: re.Match[str], text: str) -> bool:
    """Whether an ordinary word is written as a name: `Will: wants`, or `asks Will`."""
    is_opening = _STARTS.search(text[max(0, found.start() - 8) : found.start()]) is not None
    is_line = text[found.end() : found.end() + 3].lstrip("*").startswith(":")
    return is_opening if is_line else found.group()[0].isupper() and not is_opening


def _bounded(name: str) -> str:
    """A pattern for a name as a word by itself, or with the s of a genitive behind it."""
    before = r"(?<!\w)" if _SPACED.match(name[0]) else ""
    after = r"(?=s?(?!\w))" if _SPACED.match(name[-1]) else ""
    return f"{before}{re.escape(name)}{after}"
