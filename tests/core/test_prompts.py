import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import ConfigError
from bot.core.prompts import parse

FILE = """+++
purpose = "Read."
variables = ["messages"]
temperature = 0
max_tokens = 100
+++
Be fair. A coffee costs $$3.
---
<<<
$messages
>>>
"""


def test_a_prompt_file_gives_instructions_that_stay_and_a_request_that_is_filled() -> None:
    prompt = parse("read", FILE, ["messages"])
    assert prompt.instructions == "Be fair. A coffee costs $3."
    assert prompt.fill({"messages": "hello"}) == "<<<\nhello\n>>>"
    assert (prompt.temperature, prompt.max_tokens) == (0.0, 100)
    assert prompt.hash != parse("read", FILE.replace("fair", "kind"), ["messages"]).hash


@given(st.text())
def test_what_people_wrote_is_put_in_once_and_never_expanded(words: str) -> None:
    prompt = parse("read", FILE, ["messages"])
    assert prompt.fill({"messages": words}) == f"<<<\n{words}\n>>>"
    hostile = f"$messages ${{messages}} $$ {words}"
    assert prompt.fill({"messages": hostile}) == f"<<<\n{hostile}\n>>>"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("$messages", "$mesages", r"read\.md uses \$mesages, which nothing fills in"),
        ("$messages", "nothing", r"read\.md declares \$messages but never uses it"),
        ('["messages"]', "[]", r"read\.md uses \$messages but never declares it"),
        ("Be fair.", "Be $messages.", r"uses \$messages in the instructions"),
        ("costs $$3", "costs $3", r"write `\$\$` for a dollar sign"),
        ("\n---\n", "\n", "has no line `---`"),
        ("+++\npurpose", "purpose", r"must begin with settings"),
        ('purpose = "Read."\n', "", "lacks the setting purpose"),
        ("max_tokens = 100", 'max_tokens = "100"', "max_tokens that is not a int"),
        ("max_tokens = 100", "max_tokns = 100", "unknown setting max_tokns"),
        ("max_tokens = 100", "max_tokens =", "not valid TOML"),
    ],
)
def test_a_mistake_in_a_prompt_is_named_before_any_call(old: str, new: str, sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence):
        parse("read", FILE.replace(old, new), ["messages"])


def test_a_variable_that_the_prompt_must_use_is_missed() -> None:
    with pytest.raises(ConfigError, match=r"lacks \$title"):
        parse("read", FILE, ["messages", "title"])


def test_examples_are_earlier_turns() -> None:
    turns = "Be fair.\n--- example\nA?\n--- answer\nB$$\n--- example\nC?\n--- answer\nD"
    prompt = parse("read", FILE.replace("Be fair. A coffee costs $$3.", turns), ["messages"])
    assert prompt.instructions == "Be fair."
    assert prompt.examples == (("A?", "B$"), ("C?", "D"))
    assert prompt.fill({"messages": "hello"}) == "<<<\nhello\n>>>"


def test_an_example_without_an_answer_is_named() -> None:
    text = FILE.replace("Be fair.", "Be fair.\n--- example\nA?")
    with pytest.raises(ConfigError, match=r"read\.md has an example without a line `--- answer`"):
        parse("read", text, ["messages"])
