"""The documentation names commands, settings, buttons and files: each of them is there."""

import re
import shlex
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import click
import pytest
from discord import ui
from discord.app_commands import Command
from discord.ext import commands

from bot.cli import moot
from bot.client.app import COGS
from bot.client.views.card import MORE, summary_card
from bot.client.views.people import people_card
from bot.client.views.posted import posted_mark
from bot.client.views.privacy import privacy_card
from bot.client.views.suggestions import draft_card
from bot.config import Config, load_config
from bot.core import brief
from bot.engines.llm import VARIABLES
from tests.client.views.screen import labels
from tests.client.views.summaries import bakery

ROOT = Path(__file__).parents[1]
PAGES = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
}
SETTINGS = {f"{section}.{name}" for section, part in Config().model_dump().items() for name in part}
_BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
_PLACEHOLDER = re.compile(r"[A-Z]+")
_PATH = re.compile(r"(?:bot|tests|prompts|docs)/[\w./]*\w/?")


def blocks(kind: str) -> Iterator[str]:
    """What stands in the fenced blocks of a kind, in all pages."""
    for text in PAGES.values():
        yield from (body for language, body in _BLOCK.findall(text) if language == kind)


def spans() -> set[str]:
    """The pieces of code in the prose of all pages, each on one line."""
    prose = (_BLOCK.sub("", text) for text in PAGES.values())
    return {" ".join(span.split()) for text in prose for span in re.findall(r"`([^`]+)`", text)}


def typed() -> set[str]:
    """What a person is told to type in a terminal."""
    lines = (line.strip() for body in blocks("console") for line in body.splitlines())
    return {part.strip() for line in lines for part in line.removeprefix("$ ").split("&&")}


def of_moot(told: str) -> list[str] | None:
    """The words behind `moot`, with a number for each placeholder; None where it is no command."""
    words = shlex.split(told, comments=True) if "moot" in told.split() else []
    if "moot" not in words or words[-1] == "...":
        return None
    return [_PLACEHOLDER.sub("1", word) for word in words[words.index("moot") + 1 :]]


def parse(words: list[str]) -> None:
    """Has click read the words of a command, as far as before it is run."""
    command: click.Command = moot
    while isinstance(command, click.Group) and words:
        command = command.commands[words.pop(0)]
    if not isinstance(command, click.Group):
        command.make_context(command.name, words)


@pytest.mark.parametrize("told", sorted(filter(of_moot, typed())))
def test_every_command_to_type_is_one(told: str) -> None:
    parse(of_moot(told) or [])


@pytest.mark.parametrize("told", sorted(filter(of_moot, spans())))
def test_every_command_in_the_prose_is_one(told: str) -> None:
    with suppress(click.MissingParameter):  # prose need not say of what
        parse(of_moot(told) or [])


@pytest.mark.parametrize("told", sorted(span for span in spans() if re.match(r"/[a-z]{2,}", span)))
def test_every_command_on_discord_is_one(told: str) -> None:
    words = re.sub(r"[\[\]/]|:\S+", "", told).split()
    named = next(filter(slash_commands().get, (" ".join(words[:2]), words[0])), "")
    if not named:
        assert any(name.startswith(f"{told[1:]} ") for name in slash_commands())
        return
    options = {option.name for option in slash_commands()[named].parameters}
    assert set(words[len(named.split()) :]) <= options


def slash_commands() -> dict[str, Command[commands.Cog, ..., None]]:
    """All commands of the bot, by their full names."""
    parts = (each for name in COGS for each in vars(import_module(name)).values())
    cogs = (each for each in parts if isinstance(each, type) and issubclass(each, commands.Cog))
    listed = (cog() for cog in dict.fromkeys(cogs) if getattr(cog, "__cog_app_commands__", ()))
    walked = (command for cog in listed for command in cog.walk_app_commands())
    return {each.qualified_name: each for each in walked if isinstance(each, Command)}


def test_every_button_is_there_and_none_is_left_out() -> None:
    mark = posted_mark(1, "Ines").children
    there = {*labels(summary_card(bakery())), *labels(draft_card(1, "Why?", 0, frozenset()))}
    there |= {
        each.label or "" for each in mark if isinstance(each, ui.Button) and not each.disabled
    }
    (part,) = re.findall(r"^## What people can do\n(.*?)^## ", PAGES["docs/host.md"], re.M | re.S)
    assert set(re.findall(r"\*\*(.+?)\*\*", part)) == there


def test_the_page_for_members_names_what_they_press() -> None:
    told = set(re.findall(r"\*([A-Z][^*\n]+)\*", PAGES["docs/privacy.md"]))
    assert {"Send me my data", MORE["misstates"]} <= told
    assert "Send me my data" in labels(privacy_card(1, 1, None, is_out=False))
    assert MORE["misstates"] in labels(people_card(bakery()))


@pytest.mark.parametrize("body", list(blocks("toml")))
def test_every_piece_of_a_configuration_can_be_used(body: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(body, encoding="utf-8")
    assert load_config(path).model_dump() != Config().model_dump()


def test_every_setting_that_is_named_is_one() -> None:
    everything = "\n".join(PAGES.values())
    variables = re.findall(r"\bMOOT_([A-Z]+)__([A-Z_]+)", everything)
    named = re.findall(r"`(\w+)` under\s+`\[(\w+)\]`", everything)
    assert {f"{section}.{name}".lower() for section, name in variables} <= SETTINGS
    assert {f"{section}.{name}" for name, section in named} <= SETTINGS
    assert variables
    assert named


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    targets = re.findall(r"(?:\]\(|<img src=\")([^)\s\"]+)", PAGES[page])
    for target in (each for each in targets if "://" not in each):
        path, _, anchor = target.partition("#")
        found = (ROOT / page).parent / path if path else ROOT / page
        assert found.exists(), target
        if anchor:
            assert anchor in anchors(found.read_text(encoding="utf-8")), target


def anchors(text: str) -> set[str]:
    """The names by which the headings of a page can be linked to, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}


def test_every_file_and_program_that_is_named_is_there() -> None:
    paths = set(filter(_PATH.fullmatch, spans()))
    missing = {each for each in paths if "NAME" not in each and not (ROOT / each).exists()}
    assert not missing
    programs = set(re.findall(r"python -m (tests[\w.]+)", "\n".join(PAGES.values())))
    for each in (ROOT / name.replace(".", "/") for name in programs):
        assert each.with_suffix(".py").exists() or (each / "__main__.py").exists()


def test_the_readme_is_short() -> None:
    assert len(PAGES["README.md"].encode()) <= 6_000


def test_a_months_tokens_add_up() -> None:
    table = re.findall(r"^\|[^|]+((?:\| [\d,]+ ){5})\|$", PAGES["docs/models.md"], re.MULTILINE)
    rows = [[int(cell.replace(",", "")) for cell in row.split("|")[1:]] for row in table]
    assert all(count * read == all_read for count, read, _, all_read, _ in rows)
    assert all(count * wrote == all_written for count, _, wrote, _, all_written in rows)
    sums = [sum(row[place] for row in rows) for place in (3, 4)]
    assert "| **{:,}** | **{:,}** |".format(*sums) in PAGES["docs/models.md"]


def test_the_limits_of_a_brief_are_those_of_the_code() -> None:
    rows = re.findall(r"^\| (\w+) \|.+\| (\d+) \w+ \|$", PAGES["docs/design.md"], re.MULTILINE)
    parts = {"lead": brief.MOST_LEAD, "state": brief.MOST_STATE}
    parts |= {"points": brief.MOST_POINTS, "open": brief.MOST_OPEN}
    assert {name: int(most) for name, most in rows} == parts
    for page in ("docs/design.md", "docs/safety.md"):
        assert f"{brief.MOST_WORDS} words at most" in PAGES[page]
        assert f"({brief.FEWEST_WORDS} are always allowed)" in PAGES[page]


def test_the_page_on_prompts_lists_them_with_their_variables() -> None:
    rows = re.findall(r"^\| \[(\w+)\]\(\.\./prompts/.*\| (.+) \|$", PAGES["docs/prompts.md"], re.M)
    assert {name: tuple(re.findall(r"\$(\w+)", told)) for name, told in rows} == dict(VARIABLES)
