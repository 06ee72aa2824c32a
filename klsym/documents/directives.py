"""Directives: what a document says to klsym where its readers do not see it.

    let p = Normal(mu, sigma)      declare, as --let does; holds in its section, or from the top
    assume a < b                   take for granted, as --assume does
    expect refuted                 of the next display's only link; expect refuted row 2 of the
                                   link that ends in its second row
    reading slash-product a/(bc)   how the next display is read where print leaves it open; an
                                   unknown kind of ambiguity lists the kinds
    skip                           the next display is not read

A directive in front matter, or before the first heading, holds in the whole document.  It stands
in a comment, which in Markdown and in the Markdown cells of a notebook may have several lines,

    <!-- klsym: let p = Normal(mu, sigma) -->

and in TeX has one, which may stand within a display and then speaks of that one:

    % klsym: let p = Normal(mu, sigma)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from klsym.documents.source import Excerpt
from klsym.errors import KlsymError, Span
from klsym.syntax.reading import preference
from klsym.verdict import Verdict

WORDS = ("let", "assume", "expect", "reading", "skip")
_FORM = re.compile(r"(\S+)\s*(.*)", re.DOTALL)
_EXPECT = re.compile(r"(\S+)(?:\s+row\s+([1-9]\d{0,3}))?\s*$")


@dataclass(frozen=True, slots=True)
class Let:
    """A declaration; ``excerpt`` is its text."""

    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class Assume:
    """An assumption; ``excerpt`` is its text."""

    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class Expect:
    """The verdict that a link of the next display is to have; row None for its only link."""

    excerpt: Excerpt
    verdict: Verdict
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """The next display is left out."""


@dataclass(frozen=True, slots=True)
class Prefer:
    """In the next display an ambiguity of this kind is read this way."""

    kind: str
    reading: str


Directive = Let | Assume | Expect | Prefer | Skip


def read_directive(excerpt: Excerpt) -> Directive:
    """The directive that a text gives.

    Raises KlsymError ``directive`` for a word that is none, with the nearest one.
    """
    form = _FORM.match(excerpt.text)
    if form is None:
        raise misplaced(excerpt, Span(0, 1), "a directive is missing", _form())
    word, rest = form.group(1), excerpt.part(form.start(2), form.end(2))
    match word:
        case "let" | "assume":
            if not rest.text:
                raise misplaced(excerpt, Span(0, len(word)), f"{word} what?", _form(word))
            return Let(rest) if word == "let" else Assume(rest)
        case "expect":
            return _expect(excerpt, rest, form.start(2))
        case "reading":
            try:
                return Prefer(*preference(rest.text))
            except KlsymError as error:
                span = Span(form.start(2), form.end(2)) if rest.text else Span(0, len(word))
                raise misplaced(excerpt, span, error.message, error.help) from None
        case "skip" if not rest.text:
            return Skip()
        case "skip":
            span = Span(form.start(2), form.end(2))
            raise misplaced(excerpt, span, "skip takes no argument", "skip")
    near = get_close_matches(word, WORDS, n=1)
    hint = f"did you mean {near[0]}?" if near else _form()
    raise misplaced(excerpt, Span(0, len(word)), f"unknown directive '{word}'", hint)


def misplaced(excerpt: Excerpt, span: Span, message: str, advice: str) -> KlsymError:
    """The error that something is wrong with a directive."""
    return excerpt.source.error("directive", message, *excerpt.range(span), advice)


def _expect(excerpt: Excerpt, rest: Excerpt, start: int) -> Expect:
    form = _EXPECT.match(rest.text)
    words = [str(verdict) for verdict in Verdict]
    if form is None:
        span = Span(start, start + len(rest.text)) if rest.text else Span(0, len("expect"))
        raise misplaced(excerpt, span, "expect what?", _form("expect"))
    word = form.group(1)
    if word not in words:
        near = get_close_matches(word, words, n=1)
        hint = f"did you mean {near[0]}?" if near else f"one of {', '.join(words)}"
        span = Span(start, start + len(word))
        raise misplaced(excerpt, span, f"'{word}' is no verdict", hint)
    row = int(form.group(2)) if form.group(2) else None
    return Expect(excerpt, Verdict(word), row)


def _form(word: str = "") -> str:
    forms = {
        "let": "let p = Normal(mu, sigma)",
        "assume": "assume a < b",
        "expect": "expect refuted, or expect refuted row 2",
    }
    return f"such as {forms[word]}" if word else f"one of {', '.join(WORDS)}"
