"""What stands in an expression, and what stands beside it.

>>> from sympy import log, symbols
>>> a, x = symbols("a x", positive=True)
>>> contains(a * log(x), x), apart(a * log(x) * x, x)
(True, (a, x*log(x)))
"""

from __future__ import annotations

from typing import Any

from sympy import S

from klsym.canonical.nodes import product_of


def contains(expr: Any, part: Any) -> bool:
    """Whether a part stands somewhere in an expression."""
    return bool(expr == part) or any(contains(argument, part) for argument in expr.args)


def apart(product: Any, symbol: Any) -> tuple[Any, Any]:
    """The factors that are free of a symbol, and those that are not."""
    if not product.is_Mul:
        return (S.One, product) if contains(product, symbol) else (product, S.One)
    within = [contains(factor, symbol) for factor in product.args]
    if all(within) or not any(within):
        return (S.One, product) if within[0] else (product, S.One)
    parts = list(zip(product.args, within, strict=True))
    free = product_of(*(factor for factor, inside in parts if not inside))
    return free, product_of(*(factor for factor, inside in parts if inside))
