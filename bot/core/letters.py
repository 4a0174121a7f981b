"""Letters: what is left of a character where case, accents, width and vowel signs don't count.

For comparing only. What it makes of a character never depends on those around it, so that a place
in a folded text can be found again in the text.
"""

import re
import unicodedata

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u1b00-\u1b7f"  # South Asia
    "\ua980-\ua9ff\uaa60-\uaadf"
    "\u1100-\u11ff\ua960-\ua97f\uac00-\ud7ff"  # Hangul
    "\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3040-\u30ff\u3100-\u312f\u31a0-\u31ff"  # kana
    "\u3400-\u4dbf\u4e00-\ua4cf\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff"  # Han, Yi
)
"""Characters of scripts that set no spaces between words, to stand in a pattern's brackets."""
MARKS = "".join(
    chr(code) for code in range(0x300, 0x1E00) if unicodedata.category(chr(code)).startswith("M")
)
"""Accents and vowel signs, as the inside of a pattern's brackets: no word ends at one."""
_LEFT_OUT = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711"
    "\u0730-\u074a\u08ca-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    "\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]"
)
"""Accents, vowel signs of Hebrew, Arabic and Syriac, a stretched line, variants, skin tones."""
_KEPT_WHOLE = frozenset("йїў")
"""Letters of their own, though Unicode takes them for another with an accent."""
_SAME = {
    **dict(zip("ıłđðħŧøىیکةہھٱ", "ilddhtoييكههها", strict=True)),
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "\u2044": " ",
}


class _Folding(dict[int, str]):
    """What is left of a character; a space where words end there."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _folded(chr(code))
        return folded


def _folded(character: str) -> str:
    if character.lower() in _KEPT_WHOLE:
        return character.lower()
    if character == "№":
        return " no "
    apart = unicodedata.normalize("NFKD", character).casefold()
    return "".join(map(_plain, unicodedata.normalize("NFKD", apart)))


def _plain(character: str) -> str:
    if _LEFT_OUT.match(character):
        return ""
    if "\U0001f000" <= character <= "\U0001faff":  # signs, also those to come
        return f" {character} "
    category = unicodedata.category(character)
    if category[0] in "LMN" or category in ("Co", "Cn"):
        number = unicodedata.decimal(character, None)
        return _SAME.get(character, character) if number is None else str(number)
    if category == "Cf":
        return ""
    is_sign = category[0] == "S" and not character.isascii() and character not in _SAME
    return f" {character} " if is_sign else " "


FOLDED = _Folding()
"""To translate a text by (NFC); what it leaves may have to be composed again."""
