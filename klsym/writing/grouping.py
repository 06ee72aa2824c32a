"""Sums as a textbook groups them: what all terms share stands before, or below, the bracket.

Sympy multiplies a number into a sum, so this is done where the sum is printed.

>>> from sympy import symbols, log
>>> from klsym.writing.plain import plain
>>> a, b = symbols("a b", positive=True)
>>> plain(log(b/2 - a/2)), plain((-a/2 - b/2) * log(1 - a)), plain((2*a + 2) * log(2))
('log((b - a)/2)', '-(a + b)*log(1 - a)/2', '2*(a + 1)*log(2)')
"""

from __future__ import annotations

from typing import Any

from sympy import Add, Mul, S, count_ops, fraction


def shared(total: Any) -> tuple[Any, Any]:
    """The number that all terms of a sum share, and the sum without it.

    The number is 1 unless taking it out makes the sum shorter, and a fraction is taken out only
    if no term has anything but a number below; a minus sign is shared if it stands before all.
    """
    number, terms = _sign(total)
    content, inner = terms.primitive()
    below = content.q == 1 or all(map(_is_part, terms.args))
    if content != 1 and below and count_ops(inner) < count_ops(terms):
        return number * content, inner
    return number, terms


def _is_part(term: Any) -> bool:
    """Whether a term is a number, or such a fraction of something that has no denominator."""
    coefficient, rest = term.as_coeff_Mul()
    return bool(rest == 1 or (coefficient.q != 1 and fraction(rest)[1] == 1))


def _sign(total: Any) -> tuple[Any, Any]:
    negative = all(term.as_coeff_Mul()[0].is_negative for term in total.args)
    return (S.NegativeOne, -total) if negative else (S.One, total)


def grouped_factors(product: Any) -> Any:
    """A product with the numbers that its sums share as one number before it; not evaluated."""
    if not product.is_Mul:
        return product
    number = S.One
    factors: list[Any] = []
    for factor in product.args:
        if factor.is_Number:
            number *= factor
        elif factor.is_Add or (factor.is_Pow and factor.base.is_Add and factor.exp.is_Integer):
            base, exponent = factor.as_base_exp()
            taken, inner = shared(base)
            number *= taken**exponent
            factors.append(inner**exponent)
        else:
            factors.append(factor)
    if number == product.as_coeff_Mul()[0]:
        return product
    leading = [] if number == 1 else [number]
    return Mul(*leading, *factors, evaluate=False)


def grouped_sum(total: Any) -> Any:
    """A sum within another expression as a product of the number its terms share."""
    number, inner = shared(total)
    if number in (1, -1) or not isinstance(inner, Add):
        return total
    return Mul(number, inner, evaluate=False)
