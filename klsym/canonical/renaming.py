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
from sympy import Expr, S

from klsym.canonical.making import applied, counted, scaled
from klsym.canonical.nodes import sum_of
from klsym.canonical.order import CANONICAL
from klsym.canonical.replacing import rebuilt

_SIGNLESS = (sympy.exp, sympy.log, sympy.gamma, sympy.loggamma, sympy.polygamma)
"""Functions that take a sum and its negative as they come."""
_EVEN = (sympy.Abs, sympy.cos)
"""Functions that have the same value at both, of which sympy chooses one by its names."""
_LATTICE = (sympy.Max, sympy.Min)


def is_renaming(values: Mapping[Any, Any]) -> bool:
    """Whether each symbol gets another with the same assumptions, and no two the same one."""
    return len(set(values.values())) == len(values) and all(
        new.is_Symbol and new.assumptions0 == old.assumptions0 for old, new in values.items()
    )


def renamed(expr: Any, symbols: Mapping[Any, Any]) -> Any:
    """The expression with other symbols by a renaming: each node as it was, in its new order."""
    old = expr._args
    if not old:
        return symbols.get(expr, expr) if expr.is_Symbol else expr
    new = [renamed(argument, symbols) for argument in old]
    if not (expr.is_Add or expr.is_Mul or expr.is_Pow):
        return _function(expr, new)
    if [node.__class__ for node in new] != [node.__class__ for node in old]:
        return rebuilt(expr, new)
    if not expr.is_Pow:
        number = new[:1] if old[0].is_Number else []
        new = number + sorted(new[len(number) :], key=CANONICAL)
    node = Expr.__new__(expr.__class__, *new)
    node.is_commutative = True
    return node


def _function(expr: Any, arguments: list[Any]) -> Any:
    """A function of other arguments, which sympy is asked for where their names may matter."""
    kind = expr.__class__
    if isinstance(expr, _EVEN) and (turned := _turned(*arguments)) is not None:
        return applied(kind, turned)
    if isinstance(expr, _LATTICE):
        return kind(*arguments, evaluate=False)
    alone = isinstance(expr, sympy.Function) and all(len(a.free_symbols) < 2 for a in arguments)
    return applied(kind, *arguments) if alone or kind in _SIGNLESS else kind(*arguments)


def _turned(difference: Any) -> Any:
    """The difference of two symbols or its negative, as sympy has it in an even function."""
    terms = sorted(map(counted, difference.args), key=lambda term: str(term[1]))
    signs = [count for count, _ in terms]
    if not difference.is_Add or not all(symbol.is_Symbol for _, symbol in terms):
        return None
    if signs not in ([S.One, S.NegativeOne], [S.NegativeOne, S.One]):
        return None
    return sum_of(*(scaled(count * signs[0], symbol) for count, symbol in terms))
