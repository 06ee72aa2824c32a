r"""Divergences by the signs that papers give them, ``D_{\alpha}(p \| q)`` or ``\chi^2(p \| q)``.

A sign is a letter or word with what stands below and above it.  The signs of a divergence are the
ones it is printed with, so that all that is printed is read back; where the name of an option
stands in one, its value is read there.  A sign that belongs to no divergence is never taken for
another one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from klsym.divergence import Divergence
from klsym.divergences import divergences, divergences_by_any_name
from klsym.errors import KlsymError, Span
from klsym.syntax import vocabulary as v
from klsym.syntax.arguments import Arguments
from klsym.syntax.cursor import Cursor
from klsym.syntax.scripts import Scripts
from klsym.syntax.subscripts import subscript_tree
from klsym.syntax.tree import Binary, Call, Chain, Name, Negative, Node, Number

_PLACE = "*"
"""What stands for the value of an option in a key."""
_ORDERS = frozenset({"alpha"})
"""Letters that are an order below a ``D`` though they are not declared."""
_SIGN = re.compile(
    r"(?:\\mathrm\{(\w+)\}|\\?([A-Za-z]+))((?:[_^](?:\w|\{(?:[^{}]|\{[^{}]*\})*\}))*)(?:\(|$)"
)
_SCRIPT = re.compile(r"([_^])(?:(\w)|\{((?:[^{}]|\{[^{}]*\})*)\})")


@dataclass(frozen=True, slots=True)
class Sign:
    """What a sign says: a divergence, and the option whose value stands in it or that it gives."""

    divergence: str
    option: str = ""
    flag: bool = False


Key = tuple[str, str, str]
"""A letter, and what stands below and above it."""


@cache
def signs() -> Mapping[Key, Sign]:
    """Every sign of every divergence that compares two distributions."""
    found: dict[Key, Sign] = {}
    for divergence in divergences().values():
        if divergence.arity != 2 or divergence.notation.index("p") > divergence.notation.index("q"):
            continue
        for text in (divergence.notation, *divergence.signs):
            found.setdefault(*_entry(divergence, text, ""))
        for option, text in divergence.notations.items():
            found.setdefault(*_entry(divergence, text, option))
    return found


def _entry(divergence: Divergence, text: str, given: str) -> tuple[Key, Sign]:
    match = _SIGN.match(text)
    assert match is not None, text
    scripts = {"_": "", "^": ""}
    option = given
    for mark, short, long in _SCRIPT.findall(match[3]):
        body = re.sub(r"\\mathrm\{(\w+)\}", r"\1", short or long).replace("\\", "").replace(" ", "")
        for known in divergence.options:
            if re.search(rf"\b{known.name}\b", body) and not known.flag:
                body, option = re.sub(rf"\b{known.name}\b", _PLACE, body), known.name
        scripts[mark] = body
    flag = any(known.name == option and known.flag for known in divergence.options)
    return (match[1] or match[2], scripts["_"], scripts["^"]), Sign(divergence.name, option, flag)


def read_sign(
    c: Cursor, base: str, scripts: Scripts, arguments: Arguments, span: Span
) -> Call | None:
    """The divergence of two distributions that a sign stands for, None where it is no sign.

    Raises KlsymError ``unsupported-notation`` for a letter of divergences with a script that
    belongs to none.
    """
    barred = "||" in arguments.separators
    if len(arguments.positional) != 2 or arguments.separators[0] not in (",", "||"):
        return None
    letter = "D" if base in v.DIVERGENCE_LETTERS else "KL" if base in v.KL_WORDS else base
    if letter in ("D", "KL") and _is_bracketed(c, scripts.power):
        scripts.order, scripts.power = scripts.power, None
    if letter == "KL" or (letter == "D" and scripts.label.upper() == "KL"):
        _refuse(c, base, scripts, span)
        return None
    if letter == "D" and not barred and not scripts.label and not _above(scripts):
        return None
    tree = _below(c, scripts, span) if letter == "D" else None
    for below, above, value in _ways(c, scripts, tree):
        sign = signs().get((letter, below, above))
        if sign is None or (value is not None and not barred):
            continue
        keywords = arguments.keywords
        if sign.option:
            value = Name(span, "True") if sign.flag else value
            keywords = (*keywords, (sign.option, value)) if value is not None else keywords
        if above:
            _consume(scripts)
        return Call(span, sign.divergence, arguments.positional, keywords, arguments.separators)
    if letter == "D" and barred and (len(scripts.label) < 2 or not scripts.label.isupper()):
        _refuse(c, base, scripts, span)
    return None


def require_plain(c: Cursor, function: str, scripts: Scripts, span: Span) -> None:
    """Refuse the name of a divergence or an entropy that carries a prime, a star or an order."""
    marked = scripts.primes or scripts.star or scripts.order is not None
    if marked and (function == "H" or function in divergences_by_any_name()):
        _refuse(c, function, scripts, span)


def _refuse(c: Cursor, base: str, scripts: Scripts, span: Span) -> None:
    """Refuse a script that would make another divergence of this one; a number is a power."""
    label = "" if base in v.DIVERGENCE_LETTERS and scripts.label.upper() == "KL" else scripts.label
    if label or _odd(scripts):
        shown = c.text[span.start : span.end].partition("(")[0].partition("[")[0].strip()
        raise KlsymError(
            "unsupported-notation",
            f"{shown} is no divergence that klsym knows",
            span=span,
            help="write it by name, such as Renyi(p, q, order=2) or Jeffreys(p, q); "
            "see klsym list divergences",
        )


def _below(c: Cursor, scripts: Scripts, span: Span) -> Node | None:
    label = scripts.label
    if scripts.below is not None or not label:
        return subscript_tree(c, scripts.below)
    return Number(span, label) if label.isdigit() else Name(span, label)


def _is_bracketed(c: Cursor, power: Node | None) -> bool:
    """Whether a superscript stands in round brackets, ``D^{(1/2)}``."""
    if power is None or isinstance(power, Number):
        return False
    before, after = c.text[: power.span.start].rstrip(), c.text[power.span.end :].lstrip()
    return before[-2:] in ("{(", "^(") and after[:1] == ")"


def _odd(scripts: Scripts) -> bool:
    """Whether what stands above a letter is something else than a power."""
    power = scripts.power
    word = isinstance(power, Name) and power.style == "upright"
    decorated = scripts.star or scripts.primes or scripts.order is not None
    return bool(decorated or scripts.transposed or word)


def _above(scripts: Scripts) -> str:
    """The text above a letter, empty where there is none or a power that is no plain sign."""
    if scripts.transposed:
        return "T"
    power = scripts.power
    if isinstance(power, Number):
        return power.text
    if isinstance(power, Name):
        return power.name
    return scripts.star + "'" * scripts.primes


def _ways(c: Cursor, scripts: Scripts, tree: Node | None) -> list[tuple[str, str, Node | None]]:
    """The scripts as texts, and with a value in the place of each; the exact ones first."""
    below, above, order = scripts.label, _above(scripts), scripts.order
    if isinstance(tree, Binary) and tree.operator == "^":
        below = "".join(c.text[tree.span.start : tree.span.end].split()).replace("\\", "")
    if order is not None:
        return [(below, f"({_PLACE})", order)]
    ways: list[tuple[str, str, Node | None]] = [(below, above, None)]
    if isinstance(tree, Chain) and len(tree.terms) == 2 and tree.relations[0].sign == "=":
        name = "".join(c.text[tree.terms[0].span.start : tree.terms[0].span.end].split())
        ways.append((f"{name}={_PLACE}", above, tree.terms[1]))
    elif tree is not None and (above == "T" or _is_order(c, tree)):
        ways.append((_PLACE, above, tree))
    if above and not _odd(scripts) and isinstance(scripts.power, Number):
        # A power of the whole.
        ways += [(low, "", value) for low, _, value in ways]
    return ways


def _is_order(c: Cursor, tree: Node) -> bool:
    if isinstance(tree, Name):
        return tree.name in _ORDERS or c.names.is_scalar(tree.name)
    return isinstance(tree, (Number, Binary, Negative))


def _consume(scripts: Scripts) -> None:
    """What stands above the letter belongs to the sign, and is applied no more."""
    scripts.power, scripts.order, scripts.star = None, None, ""
    scripts.primes, scripts.transposed = 0, False
