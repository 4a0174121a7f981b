"""The forms of a name: what of it a text may say, in full, in part or inflected, in any script.

A name's words are those between its spaces, signs and capitals (`ChrisHardwick`). Languages put
endings behind them, or lose a vowel (Marek, Marka). Chinese, Japanese, Korean and Thai write them
among other words.
"""

import re
from collections.abc import Iterator

from bot.core.lookalikes import alike
from bot.core.wordlists import ORDINARY

_JOINED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Scripts in which words are not set apart, or particles are written to them."""
TOKEN = re.compile(rf"(?:(?![{_JOINED}])[^\W_])+")
PIECE = re.compile(rf"[{_JOINED}\U00020000-\U0003ffff]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=\D)(?=\d)|(?<=\d)(?=\D)")
_HIRAGANA, _KATAKANA, _HANGUL = _SYLLABLES = tuple(
    map(re.compile, ("[\u3040-\u309f]+", "[\u30a0-\u30ff]+", "[\uac00-\ud7af]+"))
)
_HONORIFIC = re.compile("さん|くん|君|ちゃん|様|さま|氏|先生")
SLAVIC = frozenset("a u y i o em om ie iem owi ami у ом ем ы".split())  # noqa: SIM905
"""Endings of names that lose a vowel."""
_VOWELS = frozenset("aeiouyаеёиоуыэюяα")
PART, STEM, ENDING, LONGEST = 3, 3, 3, 40
"""Letters of a part of a name at least, of what of a name does not change at least, of what
languages put behind it at most, and of a word that is looked at."""


def forms(name: str) -> frozenset[str]:
    """All that somebody with this name may be called in a text, as `heard` gives its words."""
    seen = alike(name)
    words = {each.casefold() for each in (*TOKEN.findall(seen), *parts(seen))}
    short = {each for each in words if len(each) < PART}
    names = words - short - ORDINARY or words - ORDINARY or {each.title() for each in words}
    inflected = {stem for each in names for stem in (*stems(each), *short_stems(each))}
    return frozenset((*names, *inflected, *pieces(seen)))


def heard(text: str) -> frozenset[str]:
    """The words of a text as people may be named by them: as they are, and without endings.

    Where words are written together, all pieces of up to five letters.
    """
    words = {word for word in TOKEN.findall(text) if len(word) <= LONGEST}
    small = {word.casefold() for word in words}
    named = {word.casefold() for word in words if not word[0].islower()}
    cuts = range(1, ENDING + 1)
    bare = {word[:-cut] for word in named for cut in cuts if len(word) > cut + 1}
    joined = {
        piece[at : at + size]
        for piece in PIECE.findall(text)
        for size in range(2, 6)
        for at in range(len(piece) - size + 1)
    }
    return frozenset((*words, *small, *bare, *joined))


def words_of(name: str) -> tuple[str, ...]:
    return tuple(each.casefold() for each in TOKEN.findall(name))


def is_written(words: tuple[str, ...]) -> bool:
    """Whether words make a name that can be told from others: not `x`, `123` or `(o_o)`."""
    letters = sum(each.isalpha() for word in words for each in word)
    return letters > 1 and max(map(len, words)) > 1


def all_forms(name: str) -> Iterator[str]:
    """All that stands for a name."""
    tokens = [each.casefold() for each in TOKEN.findall(name)]
    yield " ".join(tokens)
    yield from tokens
    yield from (part.casefold() for part in parts(name))
    yield from pieces(name)


def parts(name: str) -> Iterator[str]:
    """The words that a name of several is made of: `Kern` of Tobias Kern, `Hall` of ChrisHall."""
    words = [part for token in TOKEN.findall(name) for part in _HUMP.split(token)]
    if len(words) > 1:
        yield from (each for each in words if len(each) >= PART and each.isalpha())


def stems(name: str) -> Iterator[str]:
    """All of it, or all but a last vowel, or but an ending as in Γιώργος."""
    if len(name) > STEM or (len(name) == STEM and name[-1] not in _VOWELS):
        yield name
    if len(name) > STEM and name[-1] in _VOWELS:
        yield name[:-1]
    if len(name) > STEM + 2 and name[-1] in "sςc":
        yield from (name[:-1], name[:-2])


def short_stems(name: str) -> Iterator[str]:
    if len(name) > STEM + 1 and name[-2] == "e":
        yield f"{name[:-2]}{name[-1]}"


def pieces(name: str) -> Iterator[str]:
    """`田中太郎`, and `田中` and `太郎` of it."""
    whole = "".join(PIECE.findall(name))
    if len(whole) > 1:
        yield whole
    if not (_HIRAGANA.fullmatch(whole) or _KATAKANA.fullmatch(whole)):
        if len(whole) == 3:
            yield whole[1:]
        if len(whole) == 4:
            yield from (whole[:2], whole[2:])


def stands_alone(form: str, piece: str, at: int) -> bool:
    """Whether a piece of writing is a name there.

    Of Chinese characters it is; of an alphabet of syllables where it is no piece of a longer word.
    """
    before = piece[at - 1 : at] if at else ""
    behind = piece[at + len(form) : at + len(form) + 4]
    script = next((each for each in _SYLLABLES if each.fullmatch(form)), None)
    if script is None or _HONORIFIC.match(behind):
        return True
    if script is _HANGUL:
        return not script.match(before)
    return not (script.match(before) or script.match(behind)) and (
        script is _KATAKANA or len(form) >= PART
    )
