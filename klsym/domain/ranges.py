"""What the relations of a Context say of single symbols: ranges, and bounds by other symbols.

``k > 1`` narrows the range of ``k``; ``a < b`` bounds ``b`` below by ``a`` and ``a`` above by
``b``.  Both the proofs of signs and the drawing of points live on these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import sympy

from klsym.canonical import product_of, sum_of
from klsym.domain.interval import Domain
from klsym.domain.linear import Form, form

if TYPE_CHECKING:
    from klsym.domain.context import Context


@dataclass(frozen=True, slots=True)
class Bound:
    """``symbol`` lies above (side 1) or below (side -1) ``expr``, or equals it (side 0)."""

    symbol: Any
    side: int
    expr: Any
    closed: bool
    relation: Any


def excess(relation: Any) -> tuple[Any, str]:
    """The expression compared with zero, and how: ``>``, ``>=``, ``==`` or ``!=``.

    >>> a, b = sympy.symbols("a b")
    >>> excess(a < b)
    (-a + b, '>')
    """
    if isinstance(relation, (sympy.StrictGreaterThan, sympy.StrictLessThan)):
        return sum_of(relation.gts, product_of(-1, relation.lts)), ">"
    if isinstance(relation, (sympy.GreaterThan, sympy.LessThan)):
        return sum_of(relation.gts, product_of(-1, relation.lts)), ">="
    difference = sum_of(relation.lhs, product_of(-1, relation.rhs))
    return difference, "==" if isinstance(relation, sympy.Equality) else "!="


def bounds(context: Context, sign: Callable[[Any], int | None]) -> Iterator[Bound]:
    """Each way to solve a relation for a symbol in which it is linear.

    ``sign`` proves the signs of coefficients without the help of the relations.
    """
    for relation in context.relations:
        expr, sense = excess(relation)
        if sense == "!=":
            continue
        numbers = form(expr)
        if numbers is not None:
            yield from _of_letters(numbers, sense, relation)
            continue
        expr = sympy.expand(expr)
        for symbol in sorted(expr.free_symbols, key=lambda s: str(s.name)):
            slope = _slope(expr, symbol)
            if symbol in slope.free_symbols or slope.has(sympy.Derivative, sympy.nan):
                continue
            side = sign(slope)
            if not side:
                continue
            value = sympy.expand(-expr.xreplace({symbol: sympy.S.Zero}) / slope)
            kind = 0 if sense == "==" else side
            yield Bound(symbol, kind, value, sense == ">=", relation)


def _of_letters(numbers: Form, sense: str, relation: Any) -> Iterator[Bound]:
    """A relation between sums of multiples of letters, solved for each of them."""
    letters = [letter for letter in numbers if letter.is_Symbol]
    for symbol in sorted(letters, key=lambda letter: str(letter.name)):
        slope = numbers[symbol]
        rest = (product_of(-n / slope, s) for s, n in numbers.items() if s is not symbol)
        side = 0 if sense == "==" else 1 if slope.p > 0 else -1
        yield Bound(symbol, side, sum_of(*rest), sense == ">=", relation)


def _slope(expr: Any, symbol: Any) -> Any:
    """The derivative, which of a symbol that is a term by itself is its coefficient."""
    terms = [t.as_coeff_Mul() for t in sympy.Add.make_args(expr) if symbol in t.free_symbols]
    return terms[0][0] if len(terms) == 1 and terms[0][1] == symbol else expr.diff(symbol)


def ranges(context: Context, found: tuple[Bound, ...]) -> dict[Any, Domain]:
    """The domain of each declared symbol, narrowed by the relations that bound it by a number."""
    result = {context.symbol(name): domain for name, domain in context.domains.items()}
    for bound in found:
        if bound.expr.is_Rational and bound.symbol in result:
            number = Fraction(int(bound.expr.p), int(bound.expr.q))
            result[bound.symbol] = narrowed(result[bound.symbol], bound.side, number, bound.closed)
    return result


def narrowed(domain: Domain, side: int, number: Fraction, closed: bool) -> Domain:
    """The part of a domain above (side 1), below (side -1) or at (side 0) a number."""
    if side > 0:
        return domain.intersect(Domain(lower=number, lower_closed=closed))
    if side < 0:
        return domain.intersect(Domain(upper=number, upper_closed=closed))
    return domain.intersect(Domain(number, number, True, True))
