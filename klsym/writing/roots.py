"""Square roots as a textbook groups them: 1/sqrt(2*pi), not sqrt(2)/(2*sqrt(pi)).

Sympy writes one root for each positive factor; here those of a product stand under one root sign.

>>> from sympy import gamma, pi, sqrt, symbols
>>> from klsym.writing.plain import plain
>>> a, b, s = symbols("a b s", positive=True)
>>> plain(1 / (s * sqrt(2 * pi))), plain(sqrt(2) * a / (2 * s))
('1/(s*sqrt(2*pi))', 'a/(s*sqrt(2))')
>>> plain(2 * sqrt(a) * sqrt(b) / (a + b)), plain(gamma(s) / sqrt(gamma(a) * gamma(b)))
('2*sqrt(a*b)/(a + b)', 'gamma(s)/sqrt(gamma(a)*gamma(b))')
"""

from __future__ import annotations

from typing import Any

from sympy import Expr, Mul, Rational, S, beta, pi


class JoinedRoot(Expr):
    """The square root of a positive expression, under one root sign; not evaluated."""

    is_commutative = True
    is_positive = True


def joined_roots(product: Any) -> Any:
    """A product with its roots of positive factors under one root sign.

    A rational number goes under the sign with the roots of pi and of a number.  A product with
    one root is left as it is, but that 1/sqrt(2) is not written sqrt(2)/2 before a letter.
    """
    if not product.is_Mul:
        return product
    number = S.One
    above: list[Any] = []
    below: list[Any] = []
    rest: list[Any] = []
    for factor in product.args:
        base, exponent = factor.as_base_exp()
        if factor.is_Rational:
            number = factor
        elif abs(exponent) == S.Half and _is_positive(base):
            (above if exponent.is_positive else below).append(base)
        else:
            rest.append(factor)
    roots = [*above, *below]
    if pi in roots and any(root.is_Rational for root in roots):
        above.append(Rational(number.p) ** 2)
        below.append(Rational(number.q) ** 2)
        number = S.One if number.is_positive else S.NegativeOne
    elif len(roots) < 2:
        return _rationalised(product, number, above, rest)
    return Mul(number, _quotient_under_root(above, below), *rest)


def _is_positive(base: Any) -> bool:
    """Whether it is known to be positive; sympy does not know it of a beta function."""
    whole = isinstance(base, beta) and all(argument.is_positive for argument in base.args)
    return bool(base.is_positive or whole)


def _quotient_under_root(above: list[Any], below: list[Any]) -> Any:
    numbers = Mul(*(f for f in above if f.is_Rational)) / Mul(*(f for f in below if f.is_Rational))
    top = Mul(numbers.p, *(f for f in above if not f.is_Rational))
    bottom = Mul(numbers.q, *(f for f in below if not f.is_Rational))
    return 1 / JoinedRoot(bottom) if top == 1 else JoinedRoot(top / bottom)


def _rationalised(product: Any, number: Any, above: list[Any], rest: list[Any]) -> Any:
    """``a/(s*sqrt(2))`` for ``sqrt(2)*a/(2*s)``, if a letter stands above or below."""
    if len(above) != 1 or not rest or not above[0].is_Integer or number.q % above[0]:
        return product
    return Mul(number * above[0], 1 / JoinedRoot(above[0]), *rest)
