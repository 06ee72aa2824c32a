"""Square roots of numbers and pi as a textbook groups them: 1/sqrt(2*pi), not sqrt(2)/(2*sqrt(pi)).

>>> from sympy import pi, sqrt, symbols
>>> from klsym.writing.plain import plain
>>> plain(1 / (symbols("s") * sqrt(2 * pi)))
'1/(s*sqrt(2*pi))'
"""

from __future__ import annotations

from typing import Any

from sympy import Expr, Mul, S, pi


class JoinedRoot(Expr):
    """The square root of a number, to be printed under one root sign; not evaluated."""

    is_commutative = True
    is_positive = True


def joined_roots(product: Any) -> Any:
    """A product with its roots of numbers and of pi under one root sign.

    Returns the product itself unless a root of pi is in it.
    """
    if not product.is_Mul:
        return product
    square, rest, found = S.One, [], False
    for factor in product.args:
        base, exponent = factor.as_base_exp()
        if factor.is_Rational:
            square *= factor**2
        elif abs(exponent) == S.Half and (base is pi or base.is_Rational):
            square *= base ** (2 * exponent)
            found = found or base is pi
        else:
            rest.append(factor)
    if not found:
        return product
    above, below = square.as_numer_denom()
    root = 1 / JoinedRoot(below) if above == 1 else JoinedRoot(square)
    sign = 1 if product.as_coeff_Mul()[0].is_positive else -1
    return Mul(sign, root, *rest)
