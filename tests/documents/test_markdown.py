from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klsym.documents.blocks import Broken, Formula, Heading, Instruction
from klsym.documents.markdown import markdown_blocks
from klsym.documents.source import Source
from klsym.errors import Span


def blocks_of(text: str) -> list[object]:
    return list(markdown_blocks(Source("post.md", text)))


def formulas(text: str) -> list[tuple[str, bool]]:
    found = [b for b in blocks_of(text) if isinstance(b, Formula)]
    return [(b.excerpt.text.strip(), b.display) for b in found]


@pytest.mark.parametrize(
    "text",
    [
        "$$\na = b\n$$\n",
        "$$ a = b $$\n",
        "prose\n$$\na = b\n$$\nprose\n",
        "prose $$ a = b $$ prose\n",
        "prose $$a = b$$ prose\n",
        "> quoted\n>\n> $$\n> a = b\n> $$\n",
        "- item\n\n  $$\n  a = b\n  $$\n",
        "```math\na = b\n```\n",
        "$$\na = b\n$$ (eq:1)\n",
        "$$ a = b $$ {#eq-1}\n",
        "\\[ a = b \\]\n",
        "prose\n\\[\na = b\n\\]\nprose\n",
        "prose \\[ a = b \\] prose\n",
        "> \\[\n> a = b\n> \\]\n",
        "\\\\[ a = b \\\\]\n",
        "```{math}\n:label: one\n\na = b\n```\n",
        "~~~math\na = b\n~~~\n",
        "{% raw %}\n$$ a = b $$\n{% endraw %}\n",
        "$$ {% raw %} a = b {% endraw %} $$\n",
    ],
)
def test_a_display_is_found_wherever_it_stands(text: str) -> None:
    assert formulas(text) == [("a = b", True)]


def test_an_environment_at_the_top_level_is_a_display() -> None:
    text = "\\begin{align}\na &= b\n\\end{align}\n"
    ((found, display),) = formulas(text)
    assert display
    assert "a &= b" in found


@pytest.mark.parametrize(
    "text",
    [
        "prose $a_1$ prose\n",
        "prose \\(a_1\\) prose\n",
        "prose \\\\(a\\_1\\\\) prose\n",
        "prose $`a_1`$ prose\n",
        "prose {math}`a_1` prose\n",
        "prose **\\(a_1\\)**\n",
    ],
)
def test_mathematics_within_a_line_is_found(text: str) -> None:
    assert formulas(text) == [("a_1", False)]


def test_an_environment_in_a_paragraph_is_a_display() -> None:
    text = "prose \\begin{equation}a = b\\end{equation} prose\n"
    assert formulas(text) == [("\\begin{equation}a = b\\end{equation}", True)]


def test_displays_on_one_line_are_told_apart() -> None:
    assert formulas("$$a$$ $$b$$\n") == [("a", True), ("b", True)]


def test_a_row_ends_at_two_backslashes_however_often_they_are_escaped() -> None:
    assert formulas("\\\\[ a \\\\\\\\ = \\\\{b\\\\} \\\\]\n") == [("a \\\\ = \\{b\\}", True)]


def test_an_escaped_underscore_is_a_subscript_except_in_words() -> None:
    assert formulas("$x\\_1 + \\text{log\\_var}$\n") == [("x _1 + \\text{log\\_var}", False)]


def test_a_bracket_that_is_escaped_is_a_bracket() -> None:
    assert formulas("see \\[1\\], \\[link\\](x) and `\\(a\\)`\n") == []


def test_code_is_no_mathematics() -> None:
    text = "`$a$` and\n\n```python\nx = '$a$'\n```\n\n    $$a$$\n\n<div>$a$</div>\n"
    assert formulas(text) == []


def test_prices_are_no_mathematics() -> None:
    assert formulas("It is $5 here and \\$6 there.\n") == []


def test_rows_that_begin_with_a_sign_are_no_list() -> None:
    text = "prose\n$$ a = b\n+ c\n- d $$\n"
    assert formulas(text) == [("a = b\n+ c\n- d", True)]


@pytest.mark.parametrize(
    "text",
    [
        "a $x_1$ and $y$ and $x_1$\n",
        "> a $x_1$\n> and $y$\n> $x_1$\n",
        "1. a `$y$` $x_1$\n   and $y$, $x_1$\n",
        "# Of $x_1$, $y$ and $x_1$\n",
    ],
)
def test_each_formula_knows_its_place(text: str) -> None:
    source = Source("post.md", text)
    found = [b.excerpt for b in markdown_blocks(source) if isinstance(b, Formula)]
    assert [excerpt.text for excerpt in found] == ["x_1", "y", "x_1"]
    places = [(place.line, place.column) for place in (e.place(Span(0, 1)) for e in found)]
    assert places == sorted(set(places))
    for excerpt, (line, column) in zip(found, places, strict=True):
        assert source.line(line)[column - 1 :].startswith(excerpt.text + "$")


@given(
    st.lists(
        st.sampled_from(["$a+b$", "$$c=d$$", "word", "`$x$`", "*em*", "\\$", "— ü"]), min_size=1
    ),
    st.sampled_from(["", "> ", "- ", "  "]),
    st.sampled_from([" ", "\n"]),
)
def test_characters_of_a_formula_are_those_of_the_file(
    words: list[str], prefix: str, between: str
) -> None:
    lines = between.join(words).split("\n")
    text = "\n".join(prefix + line for line in lines) + "\n"
    source = Source("post.md", text)
    for block in markdown_blocks(source):
        if isinstance(block, Formula):
            at = "".join(text[i] for i in block.excerpt.offsets)
            assert at.replace("\n", "") == block.excerpt.text.replace("\n", "")


def test_headings_and_comments_are_found_in_order() -> None:
    text = "# One\n\n<!-- klsym: skip -->\n$$a$$\n\n## Two <!-- klsym: let a positive -->\n"
    found = blocks_of(text)
    kinds = [type(block) for block in found]
    assert kinds == [Heading, Instruction, Formula, Heading, Instruction]


def test_a_comment_may_hold_several_directives() -> None:
    text = "<!-- klsym:\nlet a positive\nassume a < b\n-->\n<!-- other: let c -->\n"
    found = [b.excerpt.text for b in blocks_of(text) if isinstance(b, Instruction)]
    assert found == ["let a positive", "assume a < b"]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("$$\na = b\n", 1, 1),
        ("prose\n\n$$ a = b\n\nprose\n", 3, 1),
        ("$$ a = b\n\nprose\n\n$$ c = d $$\n", 1, 1),
        ("$$ c = d $$\n\nprose $$ a = b\n", 3, 7),
        ("$$ a = b\n$$ c = d $$\n", 1, 1),
        ("prose\n\\[\na = b\n", 2, 1),
    ],
)
def test_a_display_that_is_never_closed_is_told_at_its_opening(
    text: str, line: int, column: int
) -> None:
    (error,) = [b.error for b in blocks_of(text) if isinstance(b, Broken)]
    assert error.name == "unclosed-display"
    assert (error.line, error.column) == (line, column)


def test_the_displays_after_one_that_is_not_closed_are_read() -> None:
    text = "$$ a = b\n\nprose\n\n$$\nc = d\n$$\n\nprose\n\n$$ e = f $$\n"
    assert formulas(text) == [("c = d", True), ("e = f", True)]


def test_a_display_may_hold_a_blank_line() -> None:
    assert formulas("$$\na\n\n= b\n$$\n") == [("a\n\n= b", True)]
