"""Symbols replaced by others of the same kind, where nothing can become simpler.

>>> from sympy import exp, symbols
>>> a, b, x = symbols("a b x", positive=True)
>>> is_renaming({a: x, b: a}), is_renaming({a: x, b: x}), is_renaming({a: 2 * x})
(True, False, False)
>>> renamed(b * exp(-a * x) + a, {a: x, x: a})
b*exp(-a*x) + x
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy
from sympy import Expr

from klsym.canonical.order import CANONICAL

_SIGNLESS = (sympy.exp, sympy.log, sympy.gamma, sympy.loggamma, sympy.polygamma)
"""Functions that take a sum and its negative as they come."""


def is_renaming(values: Mapping[Any, Any]) -> bool:
    """Whether each symbol gets another with the same assumptions, and no two the same one."""
    return len(set(values.values())) == len(values) and all(
        new.is_Symbol and new.assumptions0 == old.assumptions0 for old, new in values.items()
    )


def renamed(expr: Any, symbols: Mapping[Any, Any]) -> Any:
    """The expression with other symbols by a renaming: each node as it was, in its new order."""
    old = expr.args
    if not old:
        return symbols.get(expr, expr)
    new = [renamed(argument, symbols) for argument in old]
    if expr.is_Add or expr.is_Mul:
        number = new[:1] if old[0].is_Number else []
        new = number + sorted(new[len(number) :], key=CANONICAL)
    elif not expr.is_Pow:
        plain = isinstance(expr, sympy.Function) and not any(argument.args for argument in new)
        if not (plain or isinstance(expr, _SIGNLESS)):
            return expr.func(*new)
    node = Expr.__new__(type(expr), *new)
    if expr.is_Function:
        node.nargs = expr.nargs
    else:
        node.is_commutative = True
    return node
