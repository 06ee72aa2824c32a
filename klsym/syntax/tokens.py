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
import unicodedata

from klsym.errors import KlsymError, Span
from klsym.syntax import vocabulary as v
from klsym.syntax.commands import KINDS, read_command
from klsym.syntax.names import Names, canonical
from klsym.syntax.reading import Ledger
from klsym.syntax.scanner import Scanner, Token
from klsym.syntax.words import read_word

LONGEST_TEXT = 100_000
MOST_TOKENS = 200_000
LONGEST_NUMERAL = 1000
LARGEST_EXPONENT = 1000

_LATEX = re.compile(r"\\|[_^]\s*\{|\{,\}")
_GROUPED = re.compile(r"[0-9]{1,3}(?:(?:\\,|\{,\})[0-9]{3})+(?![0-9])(?:\.[0-9]+)?")
_NUMERAL = re.compile(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+")
_PLAIN_NUMERAL = re.compile(r"[0-9]+(?:\.[0-9]+|\.(?=\s*[*/+)-]))?|\.[0-9]+")
_SCIENTIFIC = re.compile(r"[eE]([+-]?[0-9]+)(?![\w.])")
_DIGITS = re.compile(r"[0-9]+")
_DISPLAY = re.compile(r"\s*(?:\$\$?|\\\(|\\\[)([^$]*?)(?:\$\$?|\\\)|\\\])[\s.,;]*\Z")
_OPERATOR = re.compile(r"\*\*|[<>=:!]=|\.\.\.?|.", re.S)
_CLOSES = {")": "(", "]": "["}


def is_latex(text: str) -> bool:
    """Whether the text is in LaTeX notation rather than plain."""
    return _LATEX.search(text) is not None


def tokenize(
    text: str, names: Names | None = None, ledger: Ledger | None = None
) -> tuple[list[Token], str]:
    """The tokens of a text, ending with one of kind ``end``, and the notation of the text.

    Errors: ``too-long``, ``unexpected-character``, ``unknown-macro``, ``unknown-word``,
    ``numeral-too-long``, ``unclosed-bracket``.
    """
    if len(text) > LONGEST_TEXT:
        raise KlsymError(
            "too-long",
            f"the text has {len(text)} characters, more than {LONGEST_TEXT}",
            help="split it into shorter formulas",
        )
    scan = Scanner(text, names or Names(), ledger or Ledger(), is_latex(text))
    display = _DISPLAY.match(text) if "$" in text or "\\(" in text or "\\[" in text else None
    if display:
        scan.position, scan.limit = display.span(1)
    while scan.position < scan.limit:
        char = text[scan.position]
        if char == "\\":
            read_command(scan)
        elif char.isspace():
            scan.position += 1
        elif char.isascii():
            _read_ascii(scan, char)
        else:
            _read_glyph(scan, char)
    if len(scan.tokens) > MOST_TOKENS:
        raise KlsymError("too-long", f"the text has more than {MOST_TOKENS} symbols")
    scan.position = scan.limit
    scan.add("end", "", scan.limit)
    return scan.tokens, "latex" if scan.latex else "plain"


def _read_ascii(scan: Scanner, char: str) -> None:
    if char.isalpha():
        read_word(scan)
    elif char.isdigit():
        _read_numeral(scan)
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
        _read_prime(scan, 1)
    else:
        _read_operator(scan, char)


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
    elif char in "([":
        scan.add("open", char, end)
    elif char in ")]":
        scan.add("close", _CLOSES[char], end)
    elif sign in ("..", "..."):
        scan.add("dots", sign, end)
    elif char == ".":
        _read_point(scan)
    elif char in "+-*/^_,;:!":
        scan.add("op", sign, end)
    else:
        raise unexpected(scan, char)


def _read_point(scan: Scanner) -> None:
    """A point begins a decimal, ends the sentence, or is an error."""
    if scan.text[scan.position + 1 : scan.position + 2].isdigit():
        _read_numeral(scan)
    elif not scan.text[scan.position + 1 : scan.limit].strip() or scan.text.startswith(
        "\\end", scan.position + 1
    ):
        scan.position += 1
    else:
        raise unexpected(scan, ".")


def unexpected(scan: Scanner, char: str) -> KlsymError:
    """The error that a character has no meaning in a formula."""
    shown = repr(char) if char.isprintable() else f"U+{ord(char):04X}"
    where = "outside a number" if char == "." else "in a formula"
    start = scan.position
    return scan.failure("unexpected-character", f"{shown} has no meaning {where}", start, start + 1)


def _read_prime(scan: Scanner, count: int) -> None:
    after = scan.tokens[-1] if scan.tokens else None
    if after is None or not (
        after.kind in ("name", "close", "function", "number") or after.value == "'"
    ):
        raise unexpected(scan, scan.text[scan.position])
    start = scan.position
    for _ in range(count):
        scan.position = start
        scan.add("op", "'", start + 1)


def _read_numeral(scan: Scanner) -> None:
    start = scan.position
    match = _GROUPED.match(scan.text, start, scan.limit) if scan.latex else None
    pattern = _NUMERAL if scan.latex else _PLAIN_NUMERAL
    match = match or pattern.match(scan.text, start, scan.limit)
    if match is None:
        raise unexpected(scan, scan.text[start])
    text, end = match.group().replace("\\,", "").replace("{,}", ""), match.end()
    if scan.text[start].isdigit() and scan.last == "number" and scan.tokens[-1].end < start:
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


def _is_power_of_ten(scan: Scanner, start: int, end: int) -> bool:
    if not scan.latex:
        return True
    chosen = scan.ledger.choose("decimal-exponent", Span(start, end), "Euler's number")
    return chosen == "power of ten"


def _read_glyph(scan: Scanner, char: str) -> None:
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
            _read_prime(scan, len(sign))
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
    if unicodedata.category(char) == "Cf":
        scan.position = end
    elif len(plain) == 1 and plain in v.GREEK_LETTERS:
        scan.add("name", v.GREEK_LETTERS[plain], end)
    elif len(plain) == 1 and plain.isascii() and plain.isalpha():
        scan.add("name", plain, end)
    elif len(plain) == 1 and plain.isascii() and plain in "+-*/^,;:!":
        scan.add("op", plain, end)
    elif len(plain) == 1 and plain in "([":
        scan.add("open", plain, end)
    elif len(plain) == 1 and plain in ")]":
        scan.add("close", _CLOSES[plain], end)
    elif len(plain) == 1 and plain in "=<>":
        scan.add("relation", plain, end)
    else:
        raise unexpected(scan, char)


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
