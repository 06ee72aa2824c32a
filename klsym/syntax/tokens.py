r"""Text to tokens, each with its place in the text.

One tokenizer reads LaTeX, plain text and pasted Unicode, also mixed.  It knows layout (``\left``,
``\,`` and ``\displaystyle`` vanish), fonts, numerals and words, and nothing of grammar.

>>> [token.value for token in tokenize(r"\left(\mu_1 – μ₂\right)^2")[0]]
['(', 'mu', '_', '1', '-', 'mu', '_', '{', '2', '{', '(', '^', '2', '']

A text is LaTeX when it has a backslash or a script in braces, else plain.  In LaTeX letters stand
alone (``ab`` is a times b) unless a font or a declared name joins them; in plain text ``ab`` is
one name.  A closing bracket has the value of the opening one it answers.
"""

from __future__ import annotations

import re

from klsym.errors import KlsymError, Span
from klsym.syntax import vocabulary as v
from klsym.syntax.advice import advice_for
from klsym.syntax.commands import read_command
from klsym.syntax.glyphs import read_glyph, read_prime
from klsym.syntax.names import Names
from klsym.syntax.reading import Ledger
from klsym.syntax.scanner import LONGEST_NUMERAL, Scanner, Token
from klsym.syntax.words import read_word

LONGEST_TEXT = 100_000
MOST_TOKENS = 200_000
LARGEST_EXPONENT = 1000

_LATEX = re.compile(r"\\|[_^]\s*\{|\{,\}")
_GROUPED = re.compile(r"[0-9]{1,3}(?:(?:\\,|\{,\})[0-9]{3})+(?![0-9])(?:\.[0-9]+)?")
_NUMERAL = re.compile(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+")
_PLAIN_NUMERAL = re.compile(r"[0-9]+(?:\.[0-9]+|\.(?=\s*[*/+)-]))?|\.[0-9]+")
_SCIENTIFIC = re.compile(r"[eE]([+-]?[0-9]+)(?![\w.])")
_DISPLAY = re.compile(r"\s*(?:\$\$?|\\\(|\\\[)([^$]*?)(?:\$\$?|\\\)|\\\])[\s.,;]*\Z")
_OPERATOR = re.compile(r"\*\*|[<>=:!]=|\.\.\.?|.", re.S)
_SIZED = re.compile(r"\{\s*\\([bB]igg?[lrm]?)\s*([()\[\]|])\s*\}")
_CLOSES = {")": "(", "]": "["}
_SINGLE = {sign: ("op", sign) for sign in "+-/^_,;"} | {
    "(": ("open", "("), ")": ("close", "("), "[": ("open", "["), "]": ("close", "["),
}  # fmt: skip
"""Characters that are tokens by themselves, whatever follows."""


def is_latex(text: str) -> bool:
    """Whether the text is in LaTeX notation rather than plain."""
    return _LATEX.search(text) is not None


def tokenize(
    text: str,
    names: Names | None = None,
    ledger: Ledger | None = None,
    latex: bool | None = None,
) -> tuple[list[Token], str]:
    """The tokens of a text, ending with one of kind ``end``, and the notation of the text.

    Errors: ``too-long``, ``unexpected-character``, ``unknown-macro``, ``unknown-word``,
    ``numeral-too-long``, ``unclosed-bracket``.
    """
    if len(text) > LONGEST_TEXT:
        raise KlsymError(
            "too-long",
            f"the text has {len(text)} characters, more than {LONGEST_TEXT}",
            text=text,
            span=Span(0, 1),
            help=advice_for("too-long"),
        )
    scan = Scanner(
        text, names or Names(), ledger or Ledger(), is_latex(text) if latex is None else latex
    )
    display = _DISPLAY.match(text) if "$" in text or "\\(" in text or "\\[" in text else None
    if display:
        scan.position, scan.limit = display.span(1)
    while scan.position < scan.limit:
        char = text[scan.position]
        if char in _SINGLE:
            scan.add(*_SINGLE[char], scan.position + 1)
        elif char == "\\":
            read_command(scan)
        elif char == " " or char.isspace():
            scan.position += 1
        elif char.isascii():
            _read_ascii(scan, char)
        else:
            read_glyph(scan, char)
    if len(scan.tokens) > MOST_TOKENS:
        raise scan.failure("too-long", f"the text has more than {MOST_TOKENS} symbols", 0, 1)
    scan.position = scan.limit
    scan.add("end", "", scan.limit)
    return scan.tokens, "latex" if scan.latex else "plain"


def _read_ascii(scan: Scanner, char: str) -> None:
    if char.isalpha():
        read_word(scan)
    elif char.isdigit():
        _read_numeral(scan)
    elif char == "{" and _reads_sized(scan):
        pass
    elif char == "{":
        scan.open_brace(scan.position + 1, "{" if scan.latex else "\\{")
    elif char == "}":
        scan.close_brace()
    elif char == "|":
        double = scan.text.startswith("||", scan.position)
        scan.add("bar", "||" if double else "|", scan.position + (2 if double else 1))
    elif char == "~" and scan.latex:
        scan.position += 1
    elif char == "%" and scan.latex:
        newline = scan.text.find("\n", scan.position, scan.limit)
        scan.position = scan.limit if newline < 0 else newline
    elif char == "&":
        scan.add("align", "&", scan.position + 1)
    elif char == "'":
        read_prime(scan, 1)
    elif char == "$" and scan.in_plain_table():
        scan.position += 1
    else:
        _read_operator(scan, char)


def _reads_sized(scan: Scanner) -> bool:
    r"""Read a sized bracket in braces of its own, ``{\\big (}``, if one stands here."""
    sized = _SIZED.match(scan.text, scan.position, scan.limit)
    if sized is None:
        return False
    mark = sized.group(2)
    scan.side = v.SIZES[sized.group(1)]
    if mark == "|":
        scan.add("bar", "|", sized.end())
    elif mark in "([":
        scan.add("open", mark, sized.end())
    else:
        scan.add("close", _CLOSES[mark], sized.end())
    return True


def _read_operator(scan: Scanner, char: str) -> None:
    match = _OPERATOR.match(scan.text, scan.position, scan.limit)
    sign, end = (match.group(), match.end()) if match else (char, scan.position + 1)
    if scan.latex and sign == "!=":
        sign, end = "!", scan.position + 1
    if scan.side and char in "<>.":
        value = "<" if char in "<>" else "."
        scan.add("open" if scan.side == "left" else "close", value, scan.position + 1)
    elif sign in v.RELATIONS:
        scan.add("relation", v.RELATIONS[sign], end)
    elif sign in ("..", "..."):
        scan.add("dots", sign, end)
    elif char == ".":
        _read_point(scan)
    elif char in "*:!":
        scan.add("op", sign, end)
    else:
        raise scan.unexpected(char)


def _read_point(scan: Scanner) -> None:
    """A point begins a decimal, ends the sentence, or is an error."""
    if scan.text[scan.position + 1 : scan.position + 2].isdigit():
        _read_numeral(scan)
    elif (
        not scan.text[scan.position + 1 : scan.limit].strip()
        or scan.text[scan.position + 1 : scan.limit].lstrip().startswith("\\end")
        or (scan.in_plain_table() and not scan.text[scan.position + 1].isalnum())
    ):
        scan.position += 1
    else:
        raise scan.unexpected(".")


def _read_numeral(scan: Scanner) -> None:
    start = scan.position
    match = _GROUPED.match(scan.text, start, scan.limit) if scan.latex else None
    pattern = _NUMERAL if scan.latex else _PLAIN_NUMERAL
    match = match or pattern.match(scan.text, start, scan.limit)
    if match is None:
        raise scan.unexpected(scan.text[start])
    text, end = match.group().replace("\\,", "").replace("{,}", ""), match.end()
    if scan.text[start].isdigit() and _follows_numeral(scan, start):
        raise scan.failure(
            "unexpected-token",
            f"the numeral {text[:20]} follows another one",
            start,
            end,
            "put an operator between them, or write one numeral without the space",
        )
    power = _SCIENTIFIC.match(scan.text, end, scan.limit)
    if power and _is_power_of_ten(scan, power.start(), power.end()):
        text, end = text + scan.text[end : power.end()], power.end()
        if len(power.group(1)) > 5 or abs(int(power.group(1))) > LARGEST_EXPONENT:
            raise scan.failure("numeral-too-long", "the exponent is too large", start, end)
    if len(text) > LONGEST_NUMERAL:
        raise scan.failure(
            "numeral-too-long", f"a numeral of more than {LONGEST_NUMERAL} digits", start, end
        )
    scan.add("number", text, end)


def _follows_numeral(scan: Scanner, start: int) -> bool:
    r"""Whether a numeral stands a space before this one; the 2 of TeX's ``\log_2 3`` does not."""
    if scan.last != "number" or scan.tokens[-1].end >= start:
        return False
    before = scan.tokens[-2] if len(scan.tokens) > 1 else None
    argument = before is not None and (before.kind == "command" or before.value in ("_", "^", "**"))
    return not (scan.latex and argument)


def _is_power_of_ten(scan: Scanner, start: int, end: int) -> bool:
    if not scan.latex:
        return True
    chosen = scan.ledger.choose("decimal-exponent", Span(start, end), "Euler's number")
    return chosen == "power of ten"
