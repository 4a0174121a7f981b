"""Links: what somebody could follow out of a text, however it is written.

`links` and `dotted` find them, for the checks; they take text as `lookalikes.alike` gives it.
`unlinked` does not find: it breaks every address that there could be, also where two texts meet,
so that nothing which is shown through it is a link. Both take linear time.
"""

import re
from collections.abc import Iterator

_SCHEME = re.compile(r"://[^\s<>()\[\]]*")
_BEFORE_SCHEME = re.compile(r"[a-z0-9+.-]{0,20}$", re.IGNORECASE)
_CALLED = re.compile(
    r"\b(?:mailto|javascript|vbscript|tel|sms):(?=\S)[^\s<>()\[\]]*|\bdata:\w{1,20}/\S*"
    r"|\bwww\.(?=\w)[^\s<>()\[\]]*"
    r"|discord(?:app|status|sez)?\s?\.\s?(?:gg|com|new|gifts?|media|net|co|dev|me|io|li)\b"
    r"[^\s<>()\[\]]*|\bdis\.gd\b",
    re.IGNORECASE,
)
_SPELLED_DOT = re.compile(r"(?<=\w) ?[(\[{] ?(?:dot|punkt|point|punto|ponto|punt) ?[)\]}] ?(?=\w)")
_RUN = re.compile(r"[\w.-]+")
_DOTS = re.compile(r"\.{2,}")
_PATH = re.compile(r"(?:[/?#]\w|:\d)\S{0,100}")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_ENDINGS = frozenset(
    """
    com net org info biz io gg co dev app xyz me tv ai site online shop store top club live link
    click cloud ru cn de fr es nl uk eu us pt br zip mov ly gl sh to
    """.split()  # noqa: SIM905
)
_INITIALS = re.compile(r"[A-Z]\.[A-Z][a-z]+$")
_SLASHES = re.compile(r"(?<=[:/])(?=/)|^(?=/)|^(?=\.[^\W\d_]{2})|(?<=www)(?=\.)", re.IGNORECASE)
_DOT = re.compile(r"(?<=[^.])(?=\.[^\W\d_]{2})")
_NOTHING = "\u200b"


def links(text: str) -> Iterator[str]:
    """Addresses, invites and host names."""
    text = _SPELLED_DOT.sub(".", text)
    for found in _SCHEME.finditer(text):
        before = _BEFORE_SCHEME.search(text, max(0, found.start() - 20), found.start())
        yield f"{before.group() if before else ''}{found.group()}"
    yield from (found.group() for found in _CALLED.finditer(text))
    yield from (host for host, is_address in _hosts(text) if is_address)


def dotted(text: str) -> Iterator[str]:
    """Words with a dot in them: file names, or hosts under an ending that few people know."""
    yield from (host for host, is_address in _hosts(_SPELLED_DOT.sub(".", text)) if not is_address)


def _hosts(text: str) -> Iterator[tuple[str, bool]]:
    """What could be a host, and whether a path or its form says that it is one."""
    for run in _RUN.finditer(text):
        if "." not in run.group():
            continue
        *before, last = _DOTS.split(run.group())
        path = _PATH.match(text, run.end())
        for host in (each.strip(".-_") for each in before):
            if _is_host(host, has_path=False):
                yield host, _is_address(host)
        host = last.strip(".-_")
        if _is_host(host, has_path=path is not None):
            tail = path.group().rstrip(".,;:!?'\")]*_") if path else ""
            yield f"{host}{tail}", path is not None or _is_address(host)


def _is_host(host: str, has_path: bool) -> bool:
    """Whether its last word may be the ending of a host, and is none of a number or a sentence."""
    first, _, ending = host.rpartition(".")
    before = first.rpartition(".")[2]
    if len(ending) < 2 or not first or ending[0].isdigit() or not ending.isalnum():
        return False
    if before.isdecimal() and ending.casefold() not in _ENDINGS:
        return False
    if _UNSPACED.search(ending) and not (has_path or before.isascii()):
        return False
    is_new_sentence = ending.istitle() and before.islower() and ending.casefold() not in _ENDINGS
    return has_path or not (is_new_sentence or _INITIALS.match(host))


def _is_address(host: str) -> bool:
    """Whether its form tells: three words, or an ending that people know; `ASP.NET` has none."""
    labels = host.split(".")
    is_long = len(labels) > 2 and all(len(each) > 1 and each.isalpha() for each in labels)
    return is_long or (labels[-1].casefold() in _ENDINGS and labels[-1] != "NET")


def unlinked(text: str) -> str:
    """The text with nothing in it that a chat or a terminal would turn into a link.

    Every `//`, and every dot of a host that has a path, three words, or an ending that people know,
    has an invisible character in it: `3.5`, `e.g.`, `ASP.NET` and `mark.davis` stay as they are.
    It may stand behind any other text: what could be the second half of a link is none either.
    """
    return _SLASHES.sub(_NOTHING, _RUN.sub(_apart, text))


def _apart(found: re.Match[str]) -> str:
    run = found.group()
    if "." not in run:
        return run
    has_path = found.string[found.end() : found.end() + 1] in ("/", "?", "#", ":", "／", "⁄", "∕")
    is_invite = "discord" in run.casefold()
    return _DOT.sub(_NOTHING, run) if has_path or is_invite or _is_address(run) else run
