"""Reading a point: ``mu=0, sigma=2``."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from klsym.domain import REAL, Context, Domain
from klsym.domain.context import symbol_in
from klsym.errors import KlsymError, Span
from klsym.meaning.heads import Heads
from klsym.meaning.scope import Placed, Scope
from klsym.meaning.setting import Setting
from klsym.syntax import parse
from klsym.syntax.names import Names
from klsym.syntax.tree import Chain, Name, Node


def read_point(text: str, scope: Scope, needed: Iterable[Any] | None = None) -> dict[Any, Any]:
    """The exact point that a text such as ``mu=0, sigma=2`` gives.

    ``needed`` are the symbols it must give.  Raises KlsymError for a name that is not there, a
    value that is no rational number or lies outside its domain, and for what is missing.
    """
    place = "--at"
    point: dict[Any, Any] = {}
    start = 0
    for part in text.split(","):
        if part.strip():
            with Placed(place, text):
                tree = parse(" " * start + part, Names(frozenset(scope.context.domains))).tree
                symbol, value = _value(tree, scope)
                if symbol in point:
                    raise KlsymError(
                        "point", f"{symbol} is given twice", span=tree.span, help="drop one of them"
                    )
                point[symbol] = value
        start += len(part) + 1
    missing = [s.name for s in needed or () if s not in point]
    if missing:
        example = ", ".join(f"{name}=1" for name in missing)
        raise KlsymError(
            "point", f"no value is given for {', '.join(missing)}", place=place, help=example
        )
    if len(point) == len(scope.context.symbols) and not scope.context.satisfies(point):
        raise KlsymError(
            "point",
            "this point lies outside the domain",
            text=text,
            span=Span(0, len(text)),
            place=place,
            help="; ".join(scope.assumptions),
        )
    return point


def _value(tree: Node, scope: Scope) -> tuple[Any, Any]:
    if not (isinstance(tree, Chain) and len(tree.terms) == 2 and tree.relations[0].sign == "="):
        raise KlsymError("point", "expected name=value", span=tree.span, help="mu=0, sigma=2")
    name, right = tree.terms
    domain = _domain(name.name, scope) if isinstance(name, Name) else None
    if not isinstance(name, Name) or domain is None:
        known = ", ".join(scope.context.domains)
        raise KlsymError(
            "point", "there is no such name here", span=name.span, help=f"the names are {known}"
        )
    value = Heads(Setting(Context())).scalar(right)
    if not value.is_Rational:
        raise KlsymError(
            "point", "expected a rational number", span=right.span, help="such as 2, 1/3 or 0.25"
        )
    if not domain.contains(Fraction(int(value.p), int(value.q))):
        statement = domain.statement(name.name)
        raise KlsymError(
            "point",
            f"{name.name} is {value}, outside its domain",
            span=right.span,
            help=statement,
        )
    return symbol_in(name.name, domain), value


def _domain(name: str, scope: Scope) -> Domain | None:
    """The domain of a name, ``sigma_1`` being one of the components ``sigma_j``."""
    domains = scope.context.domains
    component = scope.indices.sibling(name, domains)
    if component is not None and name.rpartition("_")[2].isdigit():
        return domains[component].intersect(domains.get(name, REAL))
    return domains.get(name)
