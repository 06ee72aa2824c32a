r"""Runs of letters to tokens: when letters join to a word and when they stand alone.

In plain text a run of letters, digits and underscores is one name.  In LaTeX every letter is a
name by itself, except in an upright font, in a known or declared word, and before the bracket of a
call such as ``Normal(``.  A long run that is none of these is an error, never a product of letters.
"""

from __future__ import annotations

import re

from klsym.errors import Span
from klsym.syntax import vocabulary as v
from klsym.syntax.names import LONGEST_NAME, canonical
from klsym.syntax.scanner import Scanner

LONGEST_PRODUCT = 4
"""A bare run of more letters than this in LaTeX is taken for a mistyped word."""

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*")
_LETTERS = re.compile(r"[A-Za-z]+")
_DIGITS = re.compile(r"[0-9]+")
_CALL_FOLLOWS = re.compile(r"\s*(?:\\left|\\[bB]igg?l?|\\!|\\,)?\s*[(\[]")
_KEYWORD = re.compile(r"[A-Za-z]+(?:_[A-Za-z0-9]+)*(?=\s*=(?!=))")
_BIG = re.compile(r"(?:sum|prod)(?=_(?:\{|[A-Za-z](?![A-Za-z0-9_])))")
"""A sum or a product over an index in plain letters, ``sum_j`` or ``prod_{j=1}^{J}``."""


def read_word(scan: Scanner) -> None:
    """Read the run of letters at the position."""
    begins = scan.text[scan.position] in "sp"
    big = _BIG.match(scan.text, scan.position, scan.limit) if begins else None
    if big and not _is_declared(scan):
        scan.add("big", big.group(), big.end())
        return
    if scan.latex:
        _latex_run(scan)
        return
    match = _IDENTIFIER.match(scan.text, scan.position, scan.limit)
    if match is None:
        raise AssertionError("a word begins with a letter")
    word, end = match[0], match.end()
    if word in v.WORD_RELATIONS and scan.last in ("name", "close", "number"):
        scan.add("relation", v.WORD_RELATIONS[word], end)
    else:
        # The word Gamma is the family; the function is spelt gamma, or with its letter.
        style = "upright" if word == "Gamma" else ""
        called = word not in v.NOT_WORDS or call_follows(scan, end)
        add_word(scan, word, end, style, called=called)


def _is_declared(scan: Scanner) -> bool:
    """Whether the run with its subscript is a declared name."""
    match = _IDENTIFIER.match(scan.text, scan.position, scan.limit)
    return match is not None and scan.names.is_scalar(canonical(match.group()))


def add_word(scan: Scanner, word: str, end: int, style: str, *, called: bool = True) -> None:
    """Add a word as the function it is known as, or as a name."""
    if len(word) > LONGEST_NAME:
        raise scan.failure(
            "too-long",
            f"a name of more than {LONGEST_NAME} characters",
            scan.position,
            end,
            "give it a shorter name",
        )
    name = canonical(word)
    literal = word in v.LITERALS
    function = word in v.PREFIX_FUNCTIONS and (called or word not in v.NOT_WORDS)
    if not (literal or function) or scan.names.is_scalar(name):
        scan.add("name", name, end, style)
    elif literal:
        scan.add("name", v.LITERALS[word], end)
    else:
        scan.add("function", v.PREFIX_FUNCTIONS[word], end, style)


def split_run(scan: Scanner, word: str, end: int, style: str) -> None:
    """Add each letter of a run as a name."""
    for letter in word[:-1]:
        scan.add("name", letter, scan.position + 1, style)
    scan.add("name", word[-1], end, style)


def call_follows(scan: Scanner, end: int) -> bool:
    """Whether a bracket follows that would hold arguments."""
    return _CALL_FOLLOWS.match(scan.text, end, scan.limit) is not None


def _latex_run(scan: Scanner) -> None:
    match = _LETTERS.match(scan.text, scan.position, scan.limit)
    if match is None:
        raise AssertionError("a run begins with a letter")
    word, end = match.group(), match.end()
    if scan.style == "upright" or (len(word) > 1 and scan.style):
        add_word(scan, word, end, scan.style, called=True)
    elif len(word) == 1:
        numbered = _with_digits(scan, word, end)
        if numbered:
            scan.add("name", canonical(numbered), scan.position + len(numbered))
        else:
            scan.add("name", word, end, scan.style)
    else:
        _latex_word(scan, word, end)


def _latex_word(scan: Scanner, word: str, end: int) -> None:
    if word.lower() in v.PROSE and scan.in_plain_table():
        scan.add("text", word, end)
        return
    keyword = _KEYWORD.match(scan.text, scan.position, scan.limit)
    before = scan.tokens[-1] if scan.tokens else None
    inside = before is not None and before.kind != "close" and before.value in "(,;["
    if keyword and inside and not scan.names.is_scalar(word):
        scan.add("name", canonical(keyword.group()), keyword.end())
        return
    numbered = _with_digits(scan, word, end)
    spelt_out = all(scan.names.is_scalar(letter) for letter in word)
    if numbered or (scan.names.is_word(word) and not spelt_out):
        word = numbered or word
        scan.add("name", canonical(word), scan.position + len(word))
        return
    called = call_follows(scan, end)
    known = word in v.PREFIX_FUNCTIONS and (called or word not in v.NOT_WORDS)
    if known or word in v.BARE_WORDS:
        if called or not spelt_out:
            add_word(scan, word, end, "upright", called=called)
            return
    elif called and len(word) > 2 and not spelt_out and (word[0].isupper() or len(word) > 3):
        scan.add("name", word, end, "upright")
        return
    span = Span(scan.position, end)
    if word in v.GREEK:
        default = "product" if spelt_out else "word"
        if scan.ledger.choose("word-or-product", span, default) == "word":
            digits = _DIGITS.match(scan.text, end, scan.limit)
            end = digits.end() if digits else end
            scan.add("name", canonical(scan.text[scan.position : end]), end)
            return
    elif len(word) > LONGEST_PRODUCT and not spelt_out:
        if _fills_subscript(scan, end):
            scan.add("name", word, end, "upright")
            return
        raise scan.failure(
            "unknown-word",
            f"'{word}' is no known word, and too long for a product of letters",
            span.start,
            end,
            f"for one name write \\text{{{word}}}, for a product put spaces between the letters",
        )
    split_run(scan, word, end, scan.style)


def _fills_subscript(scan: Scanner, end: int) -> bool:
    """Whether a run is a whole subscript, ``Q_{forward}``, and so a label."""
    opened = [token.value for token in scan.tokens[-2:]] == ["_", "{"]
    return opened and scan.text.startswith("}", end)


def _with_digits(scan: Scanner, word: str, end: int) -> str:
    """The run with the digits after it, if that is a declared name; ``x1`` for ``x_1``."""
    digits = _DIGITS.match(scan.text, end, scan.limit)
    if digits is None:
        return ""
    numbered = word + digits.group()
    name = canonical(numbered)
    return numbered if scan.names.is_scalar(name) or scan.names.is_function(name) else ""
