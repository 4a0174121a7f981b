"""What people give in place of a saved discussion: an address, a web page, an archive, a picture.

It knows how such things begin, and says what to save instead; it must not know any format.
"""

import re

_ADDRESS = re.compile(r"(?:https?|file|ftp):[/\\]|www\.", re.IGNORECASE)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I
)
_TEXT_EXPORT = re.compile(r'\s*(?:=+\s*\nGuild: .*\nChannel: |"?AuthorID"?,"?Author"?,"?Date)')
_MAIL_PAGE = re.compile(r"(?:From: <Saved by |Snapshot-Content-Location:|MIME-Version:)", re.I)
_HEAD = 2_000
"""Characters in which a web page says that it is one."""
_KINDS = {
    b"PK\x03\x04": "a ZIP archive",
    b"PK\x05\x06": "a ZIP archive",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ\x00": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive",
}
_PAPERS = {
    b"%PDF-": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"SQLite format 3\x00": "a database",
}
INSTEAD = (
    "save a forum page as text (select all, copy, and paste into a text file), a Discourse topic "
    "with .json behind its address, and a Discord channel with DiscordChatExporter as JSON."
)


def address(name: str) -> str | None:
    """The sentence for an address in the place of a file's path."""
    if _ADDRESS.match(name) is None:
        return None
    name = re.sub(r":[/\\]+", "://", name, count=1)  # a path keeps one stroke of two
    return f"{name} is an address, and Moot reads files only: {INSTEAD}"


def packed(name: str, raw: bytes) -> str | None:
    """The sentence for a file that is no text, where its first bytes say what it is."""
    for begin, kind in _KINDS.items():
        if raw.startswith(begin):
            return f"{name} is {kind}: unpack it, and name the files in it."
    for begin, kind in _PAPERS.items():
        if raw.startswith(begin):
            return f"{name} is {kind}, and no text: {INSTEAD}"
    return None


def other_form(name: str, text: str) -> str | None:
    """The sentence for a page in HTML, and for exports that are meant to be read by people."""
    head = text[:_HEAD]
    if _TEXT_EXPORT.match(head):
        return f"{name} is an export of DiscordChatExporter for reading: export it again as JSON."
    if _HTML.match(head) or (_MAIL_PAGE.match(head) and "text/html" in text):
        return f"{name} is a web page (HTML): {INSTEAD}"
    return None
