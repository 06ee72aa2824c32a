from __future__ import annotations

import pytest

from klsym.documents.directives import Assume, Expect, Let, Prefer, Skip, read_directive
from klsym.documents.source import Excerpt, Source
from klsym.errors import KlsymError
from klsym.verdict import Verdict


def read(text: str) -> object:
    source = Source("post.md", f"<!-- klsym: {text} -->")
    return read_directive(Excerpt.of(source, 12, 12 + len(text)))


def test_each_word_gives_its_directive() -> None:
    assert isinstance(read("let p = Normal(mu, sigma)"), Let)
    assert isinstance(read("assume a < b"), Assume)
    assert read("skip") == Skip()
    assert read("reading slash-product (a/b)c") == Prefer("slash-product", "(a/b)c")
    expect = read("expect refuted row 2")
    assert isinstance(expect, Expect)
    assert (expect.verdict, expect.row) == (Verdict.REFUTED, 2)


@pytest.mark.parametrize(
    ("text", "column", "help_"),
    [
        ("expct refuted", 13, "did you mean expect?"),
        ("expect refutd", 20, "did you mean refuted?"),
        ("expect", 13, "such as expect refuted, or expect refuted row 2"),
        ("expect refuted row 0", 20, "such as expect refuted, or expect refuted row 2"),
        ("expect refuted line 2", 20, "such as expect refuted, or expect refuted row 2"),
        ("reading slash-produc a/(bc)", 21, "did you mean slash-product?"),
        ("reading slash-product", 21, "slash-product a/(bc) or slash-product (a/b)c"),
        ("let", 13, "such as let p = Normal(mu, sigma)"),
        ("skip it", 18, "skip"),
        ("hello", 13, "one of let, assume, expect, reading, skip"),
    ],
)
def test_a_typo_is_told_at_its_place(text: str, column: int, help_: str) -> None:
    with pytest.raises(KlsymError) as raised:
        read(text)
    assert raised.value.name == "directive"
    assert raised.value.column == column
    assert raised.value.help == help_
