r"""Pasted glyphs to tokens: Greek letters, raised and lowered figures, fractions, operators.

``σ₁²`` is read as ``\sigma_{1}^{2}``, ``½`` as ``{1/2}``, and a letter with a combining accent as
the name with that accent; a mathematical alphabet's letter is the letter it stands for.
"""

from __future__ import annotations

import re
import unicodedata

from klsym.errors import Span
from klsym.syntax import vocabulary as v
from klsym.syntax.commands import KINDS
from klsym.syntax.names import canonical
from klsym.syntax.scanner import LONGEST_NUMERAL, Scanner

_DIGITS = re.compile(r"[0-9]+")
_SIGNS = {sign: ("op", sign) for sign in "+-*/^,;:!"} | {
    "(": ("open", "("), ")": ("close", "("), "[": ("open", "["), "]": ("close", "["),
    "=": ("relation", "="), "<": ("relation", "<"), ">": ("relation", ">"),
}  # fmt: skip


def read_prime(scan: Scanner, count: int) -> None:
    """Read primes, which stand after a name or another prime only."""
    after = scan.tokens[-1] if scan.tokens else None
    if after is None or not (
        after.kind in ("name", "close", "function", "number") or after.value == "'"
    ):
        raise scan.unexpected(scan.text[scan.position])
    start = scan.position
    for _ in range(count):
        scan.position = start
        scan.add("op", "'", start + 1)


def read_glyph(scan: Scanner, char: str) -> None:
    """Read what was pasted: Greek letters, raised and lowered figures, operators, fractions."""
    end = scan.position + 1
    if char in v.GREEK_LETTERS:
        digits = _DIGITS.match(scan.text, end, scan.limit)
        name = v.GREEK_LETTERS[char]
        if digits and not scan.latex:
            name, end = canonical(name + digits.group()), digits.end()
        scan.add("name", name, end, scan.style)
    elif char in v.GLYPHS:
        sign = v.GLYPHS[char]
        if sign[0] == "'":
            read_prime(scan, len(sign))
        else:
            if sign == "-" and char != "−":
                scan.ledger.note(Span(end - 1, end), f"{char!r} read as a minus sign")
            scan.add("op", sign, end)
    elif char in v.SUPERSCRIPTS or char in v.SUBSCRIPTS:
        _read_raised(
            scan, *(("^", v.SUPERSCRIPTS) if char in v.SUPERSCRIPTS else ("_", v.SUBSCRIPTS))
        )
    elif char in v.FRACTION_GLYPHS:
        _read_fraction(scan, char)
    elif char in v.RELATIONS:
        scan.add("relation", v.RELATIONS[char], end)
    elif char in v.BARS:
        scan.add("bar", v.BARS[char], end)
    elif char in v.STYLED_GLYPHS:
        scan.add("name", v.STYLED_GLYPHS[char][0], end, v.STYLED_GLYPHS[char][1])
    elif char in v.COMMAND_GLYPHS:
        _read_command_glyph(scan, v.COMMAND_GLYPHS[char], end)
    else:
        _read_compatible(scan, char, end)


def _read_command_glyph(scan: Scanner, command: str, end: int) -> None:
    kind, value = KINDS[command]
    scan.add(kind, f"\\{command}" if value == "unsupported" else value, end)


def _read_compatible(scan: Scanner, char: str, end: int) -> None:
    """A mathematical letter such as U+1D70E is the letter it stands for."""
    plain = unicodedata.normalize("NFKC", char)
    if char in v.COMBINING and scan.last == "name" and scan.tokens[-1].end == scan.position:
        letter = scan.tokens.pop()
        scan.position = letter.start
        scan.add("name", f"{v.COMBINING[char]}_{letter.value}", end, letter.style)
        return
    if unicodedata.category(char) == "Cf":
        scan.position = end
    elif len(plain) == 1 and plain in v.GREEK_LETTERS:
        scan.add("name", v.GREEK_LETTERS[plain], end)
    elif len(plain) == 1 and plain.isascii() and plain.isalpha():
        scan.add("name", plain, end)
    elif plain in _SIGNS:
        scan.add(*_SIGNS[plain], end)
    else:
        raise scan.unexpected(char)


def _read_raised(scan: Scanner, sign: str, figures: dict[str, str]) -> None:
    """A run of raised or lowered figures is a script in braces."""
    start = scan.position
    scan.add("op", sign, start)
    scan.add("open", "{", start)
    while scan.position < scan.limit and scan.text[scan.position] in figures:
        char = figures[scan.text[scan.position]]
        end = scan.position + 1
        if char.isdigit():
            while end < scan.limit and figures.get(scan.text[end], "").isdigit():
                end += 1
            digits = "".join(figures[glyph] for glyph in scan.text[scan.position : end])
            if len(digits) > LONGEST_NUMERAL:
                raise scan.failure("numeral-too-long", "a numeral is too long", start, end)
            scan.add("number", digits, end)
        elif char == "(":
            scan.add("open", "(", end)
        elif char == ")":
            scan.add("close", "(", end)
        elif char == "=":
            scan.add("relation", "=", end)
        elif char in "+-":
            scan.add("op", char, end)
        else:
            scan.add("name", v.GREEK_LETTERS.get(char, char), end)
    scan.add("close", "{", scan.position)


def _read_fraction(scan: Scanner, char: str) -> None:
    start, end = scan.position, scan.position + 1
    if scan.last == "number" and scan.tokens[-1].end == start:
        raise scan.failure(
            "unexpected-token",
            f"a numeral directly before {char}",
            start,
            end,
            f"write 3/2 for a mixed number, and 2*{char} for a product",
        )
    above, _, below = v.FRACTION_GLYPHS[char].partition("/")
    parts = (("open", "{"), ("number", above), ("op", "/"), ("number", below), ("close", "{"))
    for kind, value in parts:
        scan.position = start
        scan.add(kind, value, end)
