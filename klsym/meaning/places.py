"""What the trees of relations and arguments say by themselves, before anything is lowered."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from klsym.domain import INTEGER, POSITIVE, REAL, UNIT, Domain
from klsym.syntax.tree import Binary, Call, Chain, Name, Negative, Node, Number, Root
from klsym.syntax.walk import children


def numeric_bounds(chain: Chain) -> dict[str, Domain]:
    """The domains that relations with numbers give single names, ``0 < c < 1`` or ``k > 1``."""
    found: dict[str, Domain] = {}
    for left, sign, right in zip(chain.terms, chain.relations, chain.terms[1:], strict=False):
        if sign.sign not in ("<", "<=", ">", ">="):
            continue
        closed = "=" in sign.sign
        greater = ">" in sign.sign
        for node, other, above in ((left, right, greater), (right, left, not greater)):
            end = exact(other)
            if isinstance(node, Name) and end is not None:
                domain = (
                    Domain(lower=end, lower_closed=closed)
                    if above
                    else Domain(upper=end, upper_closed=closed)
                )
                found[node.name] = found.get(node.name, REAL).intersect(domain)
    return found


def exact(node: Node) -> Fraction | None:
    """The value of a tree that is a plain rational number."""
    match node:
        case Number() if len(node.text) < 50 and "e" not in node.text.lower():
            return Fraction(node.text)
        case Negative():
            value = exact(node.operand)
            return None if value is None else -value
        case Binary(operator="/"):
            top, bottom = exact(node.left), exact(node.right)
            return top / bottom if top is not None and bottom else None
    return None


def implications(node: Node, domain: Domain) -> Iterator[tuple[str, Domain]]:
    """What it suggests for the names in a compound argument that it lies in a domain.

    A variance ``sigma**2`` suggests a positive sigma, a mean ``mu_1 - mu_2`` two real numbers.
    """
    positive = domain.lower is not None and domain.lower >= 0
    inside: list[tuple[Node, Domain]] = []
    match node:
        case Name():
            yield node.name, domain
        case Binary(operator="+") if positive and not domain.integer:
            inside = [(node.left, POSITIVE), (node.right, POSITIVE)]
        case Binary(operator="-") if domain == UNIT and isinstance(node.left, Number):
            inside = [(node.right, UNIT)]
        case Binary(operator="*" | "/") if positive and not domain.integer:
            factor = UNIT if domain == UNIT and node.operator == "*" else POSITIVE
            inside = [(node.left, factor), (node.right, UNIT if factor == UNIT else POSITIVE)]
        case Binary(operator="/"):
            inside = [(node.left, REAL), (node.right, POSITIVE)]
        case Binary(operator="^") if isinstance(node.right, Number) and not positive:
            inside = [(node.left, REAL)]
        case Binary(operator="^"):
            inside = [(node.left, POSITIVE), (node.right, REAL)]
        case Root():
            inside = [(node.radicand, POSITIVE)]
        case Call(function="log"):
            inside = [(argument, POSITIVE) for argument in node.arguments]
        case _:
            inside = [(child, INTEGER if domain.integer else REAL) for child in children(node)]
    for part, where in inside:
        yield from implications(part, where)
