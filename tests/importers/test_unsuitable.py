"""What people give in place of a saved discussion, and what they are told to save."""

import gzip
import zipfile
from pathlib import Path

import pytest

from bot.core.errors import ImportFailed
from bot.importers import FORMATS, read

SAVE = "save a forum page as text"
PAGE = "<html lang=en><head><title>Hats</title></head><body><p>Joined</p></body></html>"


def refusal(path: Path, format_name: str | None = None) -> str:
    with pytest.raises(ImportFailed) as refused:
        read(path, format_name)
    return str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "https://forum.example/t/hats/12",
        "HTTP://forum.example",
        "file:///home/ana/hats.json",
        "https://discord.com/channels/1/2",
        "www.forum.example/t/hats/12",
    ],
)
def test_an_address_is_no_file(address: str) -> None:
    sentence = refusal(Path(address))
    assert sentence.startswith(f"{address.replace(':///', '://')} is an address, and Moot reads")
    assert SAVE in sentence
    assert "DiscordChatExporter as JSON" in sentence


@pytest.mark.parametrize(
    "page",
    [
        f"<!DOCTYPE html>\n{PAGE}",
        f"\ufeff \n<!doctype HTML PUBLIC>\n{PAGE}",
        f"<!-- saved from url=(0030)https://forum.example/ -->\n{PAGE}",
        f'<?xml version="1.0"?>\n<!DOCTYPE html>{PAGE}',
        PAGE,
        f"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: text/html\n\n{PAGE}",
    ],
)
def test_a_web_page_is_to_be_saved_as_text(tmp_path: Path, page: str) -> None:
    path = tmp_path / "thread.html"
    path.write_text(page, encoding="utf-8")
    for format_name in (None, *FORMATS):
        sentence = refusal(path, format_name)
        assert "is a web page (HTML)" in sentence
        assert SAVE in sentence


@pytest.mark.parametrize(
    "export",
    [
        f"{'=' * 62}\nGuild: Tea\nChannel: talk / hats\n{'=' * 62}\n\n[3/14/2026] ana\nHello\n",
        'AuthorID,Author,Date,Content,Attachments,Reactions\n"1","ana","2026","Hello","",""\n',
    ],
)
def test_an_export_for_reading_is_to_be_made_anew_as_json(tmp_path: Path, export: str) -> None:
    path = tmp_path / "hats.txt"
    path.write_text(export)
    assert refusal(path).endswith("for reading: export it again as JSON.")


def test_an_archive_is_to_be_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hats.json", "{}")
    assert "is a ZIP archive: unpack it, and name the files in it." in refusal(path)
    path.write_bytes(gzip.compress(b"{}"))
    assert "is a gzip archive" in refusal(path)


@pytest.mark.parametrize(
    "begin", ["<!--" * 50_000, "<?xml" * 50_000, " " * 200_000 + "<", "<" * 99]
)
def test_a_hostile_beginning_takes_no_time(tmp_path: Path, begin: str) -> None:
    path = tmp_path / "odd.txt"
    path.write_text(begin)
    assert refusal(path)
