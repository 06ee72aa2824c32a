"""Products of powers, put together without asking at length whether an exponent is zero.

>>> from sympy import exp, symbols
>>> a, b, x = symbols("a b x", positive=True)
>>> quotient(x ** (a - 1) * exp(-x), x ** (b - 1) * exp(-b * x))
x**(1 - b)*x**(a - 1)*exp(-x)*exp(b*x)
"""

from __future__ import annotations

from functools import cmp_to_key
from typing import Any

import sympy
from sympy import Basic, Expr, S

CANONICAL = cmp_to_key(Basic.compare)
"""The order in which sympy keeps terms and factors."""


def quotient(above: Expr, below: Expr) -> Any:
    """``above/below`` with the factors and the order that sympy gives it."""
    powers: dict[tuple[Any, Any], Any] = {}
    numbers: list[Any] = []
    for expr, sign in ((above, S.One), (below, S.NegativeOne)):
        for factor in sympy.Mul.make_args(expr):
            base, exponent = factor.as_base_exp()
            if base.is_number and not isinstance(factor, sympy.exp):
                numbers.append(factor if sign == 1 else 1 / factor)
            else:
                number, rest = exponent.as_coeff_Mul()
                powers[base, rest] = powers.get((base, rest), S.Zero) + sign * number
    factors = [
        base ** (number * rest) for (base, rest), number in powers.items() if number is not S.Zero
    ]
    number = sympy.Mul(*numbers)
    coefficient, roots = number.as_coeff_Mul()
    factors += [] if roots == 1 else sympy.Mul.make_args(roots)
    if any(not f.is_commutative or f.is_Number or f.is_Mul for f in factors) or len(factors) < 2:
        return coefficient * sympy.Mul(*factors)
    lead = [] if coefficient == 1 else [coefficient]
    return sympy.Mul._from_args([*lead, *sorted(factors, key=CANONICAL)])
