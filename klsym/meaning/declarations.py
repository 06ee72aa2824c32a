"""What ``--let`` and ``--assume`` say, as trees: their order does not matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache

from klsym.domain import DOMAINS, Domain
from klsym.errors import KlsymError, Span
from klsym.syntax import parse
from klsym.syntax.names import Names, canonical
from klsym.syntax.tree import Call, Chain, Given, Items, Name, Node


@dataclass(frozen=True, slots=True)
class Declared:
    """Any declaration, with its text and where that came from."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class SymbolsDeclared(Declared):
    """``a, b positive``, or ``c in (a, b)``: names with a domain, or with an interval's tree."""

    names: tuple[Name, ...]
    domain: Domain | None
    interval: Items | None = None


@dataclass(frozen=True, slots=True)
class DensityDeclared(Declared):
    """``p(x) = a*exp(-a*x) on (0, oo)``."""

    name: str
    variate: str
    body: Node
    support: Node


@dataclass(frozen=True, slots=True)
class JointDeclared(Declared):
    """``p(x, y) = exp(-x - y) on (0, oo) x (0, oo)``."""

    name: str
    variates: tuple[str, str]
    body: Node
    supports: tuple[Node, Node]


@dataclass(frozen=True, slots=True)
class LawDeclared(Declared):
    """``q = Gamma(k, rate=b)``, a mixture, or another name for a distribution.

    ``variate`` is its letter where the declaration gives one, ``q(z) = Normal(0, 1)``.
    """

    name: str
    variate: str | None
    body: Node


@dataclass(frozen=True, slots=True)
class FamilyDeclared(Declared):
    """``f(x | m, v) = Normal(m, variance=v)``."""

    name: str
    variate: str
    parameters: tuple[str, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Assumed(Declared):
    """``a < b``: a relation that is taken for granted."""

    chain: Chain


_DEFINITION = re.compile(r"(?<![<>!=:])(:?=)(?!=)|~|\\sim\b|∼")
_ON = re.compile(r"\bon\b")
_IN = re.compile(r"\bin\b|\\in\b|∈")
_TIMES = re.compile(r"(?<=[)\]}])\s*(?:x|\*|\\times|×)\s*(?=[(\[{\\])")
_WORD = re.compile(r"([A-Za-z]+)\s*$")


def declared_names(texts: Iterable[str]) -> Names:
    """The names that texts declare, found before any of them is read.

    >>> declared_names(["p(x) = a*exp(-a*x) on (0, oo)", "a positive"]).functions
    frozenset({'p'})
    """
    scalars: set[str] = set()
    functions: set[str] = set()
    for text in texts:
        definition = _DEFINITION.search(text)
        if definition:
            head = text[: definition.start()].partition("(")[0].strip().lstrip("\\")
            functions.add(canonical(head))
            continue
        end = _IN.search(text) or _WORD.search(text)
        for part in text[: end.start()].split(",") if end else ():
            name = _lone_name(part)
            if name is not None:
                scalars.add(name.name)
    return Names(frozenset(scalars) or None, frozenset(functions))


@lru_cache(maxsize=1024)
def _lone_name(text: str) -> Name | None:
    """The name a text consists of whatever is declared, None of any other text."""
    try:
        node = parse(text).tree
    except KlsymError:
        return None
    return node if isinstance(node, Name) else None


def declared(
    let: Sequence[str], assume: Sequence[str], preferred: Sequence[tuple[str, str]] = ()
) -> tuple[list[Declared], Names]:
    """What ``--let`` and ``--assume`` declare, and the names.  Raises KlsymError.

    ``preferred`` are the readings to take of what is ambiguous.
    """
    names = replace(declared_names(let), preferred=tuple(preferred))
    found = [read_let(text, names) for text in let]
    return [*found, *(read_assumption(text, names) for text in assume)], names


def piece(text: str, start: int, end: int, names: Names) -> Node:
    """The tree of a part of a text, with spans in the whole of it."""
    if not text[start:end].strip():
        raise KlsymError(
            "declaration",
            "something is missing here",
            text=text,
            span=Span(start, start + 1),
            help="such as 'p = Normal(mu, sigma)' or 'p(x) = a*exp(-a*x) on (0, oo)'",
        )
    try:
        return parse(" " * start + text[start:end], names).tree
    except KlsymError as error:
        error.text = text
        raise


def read_let(text: str, names: Names, place: str = "--let") -> Declared:
    """The declaration a text makes.

    Raises KlsymError ``declaration`` where it makes none.
    """
    try:
        definition = _DEFINITION.search(text)
        if definition:
            return _definition(text, definition, names, place)
        inside = _IN.search(text)
        if inside:
            interval = piece(text, inside.end(), len(text), names)
            return _interval(text, _names(text, inside.start(), names), interval, place)
        word = _WORD.search(text)
        if word and text[: word.start()].strip():
            found = _names(text, word.start(), names)
            return SymbolsDeclared(text, place, found, _domain(text, word))
        raise KlsymError(
            "declaration",
            "expected a declaration",
            span=Span(0, len(text)),
            help="such as 'a, b positive', 'p = Normal(mu, sigma)' or 'p(x) = ... on (0, oo)'",
        )
    except KlsymError as error:
        raise error.within(text).at(place) from None


def read_assumption(text: str, names: Names, place: str = "--assume") -> Declared:
    """The relations a text assumes; ``a positive`` and ``c in (0, 1)`` may be assumed as well."""
    try:
        word = _WORD.search(text)
        if _IN.search(text) or (word and word.group(1) in DOMAINS):
            return read_let(text, names, place)
        tree = parse(text, names).tree
        if not isinstance(tree, Chain):
            raise KlsymError(
                "relation",
                "expected a relation",
                span=Span(0, len(text)),
                help="such as a < b, k > 1 or order != 1",
            )
        return Assumed(text, place, tree)
    except KlsymError as error:
        raise error.within(text).at(place) from None


def _definition(text: str, sign: re.Match[str], names: Names, place: str) -> Declared:
    left = piece(text, 0, sign.start(), names)
    on = next(iter(reversed(list(_ON.finditer(text, sign.end())))), None)
    body = piece(text, sign.end(), on.start() if on else len(text), names)
    match left:
        case Name():
            if on:
                raise KlsymError(
                    "declaration",
                    "a density is declared with its variate",
                    span=left.span,
                    help=f"{left.name}(x) = ... on (0, oo)",
                )
            return LawDeclared(text, place, left.name, None, body)
        case Call(arguments=(Name(name=variate),), keywords=()):
            if on is None:
                return LawDeclared(text, place, left.function, variate, body)
            support = piece(text, on.end(), len(text), names)
            return DensityDeclared(text, place, left.function, variate, body, support)
        case Call(arguments=(Given(left=Name(name=variate), right=right), *rest), keywords=()):
            return _family(text, place, left, variate, [right, *rest], body)
        case Call(arguments=(Name(name=first), Name(name=second)), keywords=()) if on:
            supports = _two_supports(text, on.end(), names)
            return JointDeclared(text, place, left.function, (first, second), body, supports)
        case Call(arguments=(Name(name=variate), *rest), keywords=()):
            return _family(text, place, left, variate, rest, body)
    raise KlsymError(
        "declaration",
        "expected a name to declare",
        span=left.span,
        help="such as p = ..., p(x) = ... or f(x | m, v) = ...",
    )


def _two_supports(text: str, start: int, names: Names) -> tuple[Node, Node]:
    """The supports of two variates, ``(0, oo) x {0..n}``."""
    between = _TIMES.search(text, start)
    if between is None:
        raise KlsymError(
            "support",
            "expected the supports of two variates here",
            span=Span(start, len(text)),
            help="such as on (0, oo) x (-oo, oo)",
        )
    first = piece(text, start, between.start(), names)
    return first, piece(text, between.end(), len(text), names)


def _family(
    text: str, place: str, head: Call, variate: str, rest: list[Node], body: Node
) -> FamilyDeclared:
    parameters: list[Node] = []
    for node in rest:
        parameters += node.items if isinstance(node, Items) else [node]
    for node in parameters:
        if not isinstance(node, Name):
            raise KlsymError(
                "declaration",
                "expected a parameter's name",
                span=node.span,
                help="such as f(x | m, v) = Normal(m, variance=v)",
            )
    found = tuple(node.name for node in parameters if isinstance(node, Name))
    return FamilyDeclared(text, place, head.function, variate, found, body)


def _interval(text: str, names: tuple[Name, ...], node: Node, place: str) -> SymbolsDeclared:
    if isinstance(node, Name) and node.name in SETS:
        return SymbolsDeclared(text, place, names, DOMAINS[SETS[node.name]])
    if isinstance(node, Items) and len(node.items) == 2:
        return SymbolsDeclared(text, place, names, None, node)
    raise KlsymError(
        "declaration", "expected an interval", span=node.span, help="such as (0, 1) or {1..oo}"
    )


SETS = {"R": "real", "N": "natural", "Z": "integer"}
"""Letters of sets of numbers, and the domains they stand for."""


def _names(text: str, end: int, names: Names) -> tuple[Name, ...]:
    found, start = [], 0
    for part in text[:end].split(","):
        node: Node | None = _lone_name(part)
        if isinstance(node, Name) and node.subscript is None:
            place = Span(start + node.span.start, start + node.span.end)
            node = Name(place, node.name, node.style)
        else:
            node = piece(text, start, start + len(part), names)
        if not isinstance(node, Name):
            raise KlsymError(
                "declaration", "expected a name", span=node.span, help="such as 'a, b positive'"
            )
        found.append(node)
        start += len(part) + 1
    return tuple(found)


def _domain(text: str, word: re.Match[str]) -> Domain:
    name = word.group(1)
    if name in DOMAINS:
        return DOMAINS[name]
    near = get_close_matches(name, list(DOMAINS), n=1)
    raise KlsymError(
        "unknown-domain",
        f"unknown domain {name}",
        span=Span(word.start(1), word.end(1)),
        help=f"did you mean {near[0]}?" if near else f"one of {', '.join(DOMAINS)}",
    )
