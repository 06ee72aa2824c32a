"""Pieces of declarations and families: supports, relations, and klsym's own parsed texts."""

from __future__ import annotations

from functools import cache
from typing import Any

import sympy

from klsym.density import Support
from klsym.errors import KlsymError
from klsym.expectation import DivergenceValue, Expectation
from klsym.meaning.lowering import RELATIONS, Scalars, require_real
from klsym.syntax import parse
from klsym.syntax.names import Names
from klsym.syntax.tree import Chain, Items, Name, Node


@cache
def parsed(text: str, scalars: frozenset[str]) -> Node:
    """The tree of one of klsym's own texts, over the names it uses."""
    return parse(text, Names(scalars=scalars)).tree


def inner_support(scalars: Scalars, node: Node) -> Support:
    """The support a tree stands for: ``(a, b)`` or ``{0..n}``; ends may be open or closed."""
    if isinstance(node, Name) and node.name == "R":
        return Support(-sympy.oo, sympy.oo)
    if isinstance(node, Items) and len(node.items) == 2:
        lower, upper = (require_real(scalars.scalar(item), item.span) for item in node.items)
        discrete = "{" in node.opening
        consecutive = (upper - lower).is_Integer and upper - lower == 1
        if not discrete or node.dots or consecutive:
            return Support(lower, upper, discrete)
    raise KlsymError(
        "support",
        "expected a support here",
        span=node.span,
        help="an interval such as (0, oo), or integers such as {0..n}",
    )


def relations(scalars: Scalars, chain: Chain) -> list[Any]:
    """The sympy relations of a chain such as ``0 < a < b``."""
    if len(chain.relations) != len(chain.terms) - 1:
        raise KlsymError(
            "relation", "expected a relation", span=chain.span, help="such as a < b or k > 1"
        )
    terms = [require_real(scalars.scalar(term), term.span) for term in chain.terms]
    if any(term.has(Expectation, DivergenceValue) for term in terms):
        raise KlsymError(
            "relation",
            "a divergence or a mean cannot be assumed of",
            span=chain.span,
            help="assume relations between symbols, such as a < b",
        )
    found = []
    for left, sign, right in zip(terms, chain.relations, terms[1:], strict=False):
        build = RELATIONS.get(sign.sign)
        if build is None:
            raise KlsymError(
                "relation",
                f"{sign.sign} cannot be assumed",
                span=sign.span,
                help="use one of < <= > >= = !=",
            )
        found.append(related(build, left, right))
    return found


def related(build: Any, left: Any, right: Any) -> Any:
    """A relation between two values, decided if that is possible.

    Of two symbols of which the same is known neither can be known to be the larger, which sympy
    would find out at length.
    """
    alike = left.is_Symbol and right.is_Symbol and left.assumptions0 == right.assumptions0
    return build(left, right, evaluate=not alike or left == right)
