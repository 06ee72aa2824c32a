r"""Backslash commands to tokens: layout vanishes, fonts style, the rest goes by the vocabulary."""

from __future__ import annotations

import re
from difflib import get_close_matches

from klsym.syntax import vocabulary as v
from klsym.syntax.scanner import Scanner
from klsym.syntax.words import add_word, call_follows

_COMMAND = re.compile(r"\\(?:([A-Za-z]+)\*?|(.))", re.S)
_FONT_WORD = re.compile(
    r"\s*\{\s*([A-Za-z](?:[A-Za-z0-9]|\\[,;:! _]|[ \t~_-](?=[A-Za-z0-9])){0,80})\s*\}"
)
_FONT_SINGLE = re.compile(r"\s*(?:\{\s*\\([A-Za-z]+)\s*\}|\\([A-Za-z]+)|([A-Za-z0-9]))")
_RAW_GROUP = re.compile(r"\s*\{([^{}\\$]*)\}")
_OPEN_BRACE = re.compile(r"\s*\{")
_ENVIRONMENT = re.compile(r"\s*\{\s*([A-Za-z]+)\*?\s*\}")
_OPTIONS = re.compile(r"(?:\s*\[[a-z]\])?(?:\s*\{[0-9lcr|@. ]*\})?")
_DIMENSION = re.compile(r"\s*-?\s*[\d.]+\s*(?:pt|em|ex|mm|cm|in|mu)")
_GENFRAC = re.compile(
    r"\s*(?:\{\}\s*\{\}|\{([(])\}\s*\{[)]\})\s*\{([0-9.]*(?:pt|em|mm)?)\}\s*\{[0-3]?\}"
)
_PUNCTUATION = frozenset({".", ",", ";", ":"})
_ROW_END = re.compile(r"\*?(?:\s*\[\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm)\s*\])?")
_TABLE = (
    (v.FRACTIONS, "frac"),
    (v.BINOMIALS, "binom"),
    (v.CANCELLED, "cancel"),
    (v.BRACES, "brace"),
    (v.STACKED, "stack"),
    (frozenset({"underset"}), "under"),
    (v.INFIX, ""),
    (v.UNSUPPORTED, "unsupported"),
)
_SAME = ("sqrt", "cbrt", "partial", "top", "intercal", "prime", "dagger", "not", "substack")


def _kinds() -> dict[str, tuple[str, str]]:
    table = {name: ("name", name) for name in v.GREEK | {"ell"}}
    table |= {name: ("function", value) for name, value in v.PREFIX_FUNCTIONS.items()}
    table |= {name: ("relation", value) for name, value in v.RELATIONS.items()}
    table |= {name: ("bar", value) for name, value in v.BARS.items()}
    table |= {name: ("op", value) for name, value in v.TIMES.items()}
    table |= {name: ("open", value) for name, value in v.OPENING.items()}
    table |= {name: ("close", value) for name, value in v.CLOSING.items()}
    table |= {name: ("big", value) for name, value in v.BIG_OPERATORS.items()}
    table |= {name: ("accent", value) for name, value in v.ACCENTS.items()}
    table |= dict.fromkeys(v.DOTS, ("dots", "..."))
    table |= dict.fromkeys(v.GAPS, ("gap", ""))
    for names, value in _TABLE:
        table |= {name: ("command", value or name) for name in names}
    table |= {name: ("command", name) for name in _SAME}
    table |= dict.fromkeys(("\\", "newline", "cr", "tabularnewline"), ("row", ""))
    return table | {"infty": ("name", "oo"), "colon": ("op", ":")}


KINDS = _kinds()
_IGNORED = v.SPACING | {",", ";", ":", "!", " ", "\n", "\t", ">", "/", "-", "hline"}


def read_command(scan: Scanner) -> None:
    """Read the command at the position.

    Errors: ``unknown-macro``, ``unknown-environment``, ``unclosed-bracket``.
    """
    match = _COMMAND.match(scan.text, scan.position, scan.limit)
    if match is None:
        start = scan.position
        raise scan.failure("unexpected-character", "a lonely backslash", start, start + 1)
    word, end = match.group(1) or match.group(2), match.end()
    known = KINDS.get(word)
    if known is not None:
        _add_known(scan, word, known, end)
    elif word in _IGNORED:
        scan.position = end
    elif word in v.SIZES:
        scan.position, scan.side = end, v.SIZES[word]
    elif word in v.FONTS:
        _read_font(scan, v.FONTS[word], end)
    elif word in v.SWITCHES:
        scan.position, scan.style = end, v.SWITCHES[word]
    elif word in ("begin", "end"):
        _read_environment(scan, word, end)
    else:
        _read_wrapper(scan, word, end)


def _add_known(scan: Scanner, word: str, known: tuple[str, str], end: int) -> None:
    kind, value = known
    if kind == "row":
        ending = _ROW_END.match(scan.text, end, scan.limit)
        end = ending.end() if ending else end
    elif kind == "bar" and not scan.side:
        scan.side = v.BAR_SIDES.get(word, "")
    elif kind == "command" and value == "unsupported":
        value = f"\\{word}"
    elif kind == "function" and scan.tokens and scan.tokens[-1].value == "arg":
        scan.position = scan.tokens.pop().start
        value = f"arg{value}"
    style = scan.style if kind == "name" else ""
    scan.add(kind, value, end, style)


def _read_font(scan: Scanner, style: str, end: int) -> None:
    word = _FONT_WORD.match(scan.text, end, scan.limit)
    if word:
        content = word.group(1).replace("\\_", "_")
        letters = re.sub(r"\\.|[ \t~-]", "", content)
        words = re.split(r"\\.|[ \t~-]+", content)
        several = len([part for part in words if part]) > 1
        if several and style == "text" and _names_function(scan, content, words, word.end()):
            named = "".join(part[:1].upper() + part[1:] for part in words)
            add_word(scan, named, word.end(), "upright")
        elif style == "text" and (several or letters.lower() in v.PROSE):
            scan.add("text", word.group(1).strip(), word.end())
        else:
            add_word(scan, letters, word.end(), "upright" if style == "text" else style)
        return
    if style == "text":
        raw = _RAW_GROUP.match(scan.text, end, scan.limit)
        if raw:
            content = raw.group(1).strip()
            if content in _PUNCTUATION:
                scan.position = raw.end()
            elif content.isdigit():
                scan.add("number", content, raw.end())
            elif content:
                scan.add("text", content, raw.end())
            else:
                scan.position = raw.end()
            return
        style = "upright"
    single = _FONT_SINGLE.match(scan.text, end, scan.limit)
    if single:
        name = single.group(1) or single.group(2) or single.group(3)
        if single.group(3) or name in v.GREEK or name == "ell":
            if name.isdigit():
                scan.add("number", name, single.end())
            else:
                scan.add("name", name, single.end(), style)
            return
    brace = _OPEN_BRACE.match(scan.text, end, scan.limit)
    scan.position = end
    if brace:
        scan.position = brace.end() - 1
        scan.open_brace(brace.end(), style=style)


def _names_function(scan: Scanner, content: str, words: list[str], end: int) -> bool:
    r"""Whether words are called as a function, as in ``\text{Cross Entropy}(q, p)``."""
    prose = any(part.lower() in v.PROSE for part in words)
    return content == content.strip() and not prose and call_follows(scan, end)


def _read_environment(scan: Scanner, word: str, end: int) -> None:
    match = _ENVIRONMENT.match(scan.text, end, scan.limit)
    name = match.group(1) if match else ""
    if match is None or not (name in v.ENVIRONMENTS or name in v.CASES or name in v.MATRICES):
        raise scan.failure(
            "unknown-environment",
            f"the environment '{name}' is not known" if match else f"\\{word} without a name",
            scan.position,
            match.end() if match else end,
            _nearest(name, list(v.ENVIRONMENTS | v.CASES) + list(v.MATRICES), ""),
        )
    value = "cases" if name in v.CASES else name if name in v.MATRICES else "env"
    end = match.end()
    if word == "begin":
        options = _OPTIONS.match(scan.text, end, scan.limit)
        if options and name in ("array", "alignat", "alignedat", "aligned", "split"):
            end = options.end()
    scan.add("open" if word == "begin" else "close", value, end)


def _read_wrapper(scan: Scanner, word: str, end: int) -> None:
    brace = _OPEN_BRACE.match(scan.text, end, scan.limit)
    if word in v.TRANSPARENT:
        scan.position = end
        if brace:
            scan.position = brace.end() - 1
            scan.open_brace(brace.end(), "env" if word in v.STATEMENT_BOXES else "{")
    elif word in v.WITHOUT_VALUE or word in ("textcolor", "cancelto"):
        raw = _RAW_GROUP.match(scan.text, end, scan.limit)
        if raw is None and brace:
            raise scan.failure(
                "unexpected-token",
                f"the argument of \\{word} is not plain text",
                scan.position,
                end,
            )
        scan.position = raw.end() if raw else end
    elif word in v.DIMENSIONED:
        size = _DIMENSION.match(scan.text, end, scan.limit)
        scan.position = size.end() if size else end
    elif word == "genfrac":
        _read_general_fraction(scan, end)
    elif word in v.PLAIN_TABLES and brace:
        scan.position = brace.end() - 1
        scan.open_brace(brace.end(), word)
    elif word in ("arg", "Pr"):
        scan.add("name", word, end)
    else:
        raise scan.failure(
            "unknown-macro",
            f"\\{word} is not known",
            scan.position,
            end,
            _nearest(word, sorted(v.COMMANDS), "\\"),
        )


def _read_general_fraction(scan: Scanner, end: int) -> None:
    r"""``\genfrac{(}{)}{0pt}{}{n}{k}``: a binomial without a line, else a fraction."""
    form = _GENFRAC.match(scan.text, end, scan.limit)
    if form is None:
        raise scan.failure("unsupported-notation", "this use of \\genfrac", scan.position, end)
    binomial = form.group(1) == "(" and form.group(2).startswith("0")
    scan.add("command", "binom" if binomial else "frac", form.end())


def _nearest(word: str, known: list[str], prefix: str) -> str:
    close = get_close_matches(word[:40], known, 1)
    return f"did you mean {prefix}{close[0]}?" if close else ""
