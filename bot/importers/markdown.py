"""HTML of a post as Markdown: what markdownify does not do as the words of people ask for.

It must not know which forum the HTML is from, but that a relative link leads nowhere in a file.
"""

import re

from bs4.element import NavigableString, Tag
from markdownify import MarkdownConverter

ABSOLUTE = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
"""How a link begins that works outside its forum."""

_NO_LANGUAGE = frozenset({"auto", "nohighlight", "plaintext"})


def text_of(tag: Tag, attribute: str) -> str:
    """An attribute's value as one text; empty where the tag has none."""
    value = tag.get(attribute)
    return value if isinstance(value, str) else " ".join(value or ())


class ForumMarkdown(MarkdownConverter):
    """Markdown for people to read and be quoted from: nothing escaped, nothing in angles."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        return text

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        # A relative link is the forum's own (a mention, a hashtag): the file names no server.
        href, words = text_of(el, "href"), text.strip()
        if not words or "_noformat" in parent_tags or not ABSOLUTE.match(href):
            return text
        link = href if _address(words) == _address(href) else f"[{words}]({href})"
        return text.replace(words, link, 1)

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_inline" in parent_tags:
            return " "
        # Forums write a line end after the mark as well: together they are one.
        after = el.next_sibling
        return "" if isinstance(after, NavigableString) and after.startswith("\n") else "\n"

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        runs = re.findall("`+", text)
        fence = "`" * max(3, *(len(run) + 1 for run in runs), 0)
        code = text.strip("\n")
        return f"\n\n{fence}{_language(el)}\n{code}\n{fence}\n\n" if code else ""


def _address(link: str) -> str:
    """A link as people write one: browsers add the scheme and the last slash."""
    return link.partition("://")[2].rstrip("/") or link.rstrip("/")


def _language(block: Tag) -> str:
    code = block.find("code")
    classes = text_of(code, "class") if isinstance(code, Tag) else ""
    named = re.search(r"\blang-([\w+#.-]+)", classes)
    return named.group(1) if named and named.group(1) not in _NO_LANGUAGE else ""
