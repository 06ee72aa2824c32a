"""Nodes made of their arguments as they stand, and what they are told apart by.

>>> from sympy import log, symbols
>>> a, b = symbols("a b", positive=True)
>>> counted(-2 * a * b), scaled(sympy.Integer(2), a + b), applied(log, a)
((-2, a*b), 2*(a + b), log(a))
"""

from __future__ import annotations

from typing import Any

import sympy
from sympy import Basic, Expr, Mul, Pow, S, Symbol

INFINITE = frozenset(map(type, (S.Infinity, S.NegativeInfinity, S.ComplexInfinity, S.NaN)))
"""The kinds of numbers that are not finite."""
_OTHER = (sympy.Number, sympy.Order, sympy.AccumBounds, type(S.ComplexInfinity))
_ONE = S.One
_PLAIN = (Symbol, sympy.log, sympy.gamma, sympy.loggamma, sympy.polygamma, sympy.beta)
_LETTERS: dict[type, bool] = {}
_LEFT_ALONE: dict[type, bool] = {}
_ARITIES: dict[Any, Any] = {}


def node_of(value: Any) -> Any:
    """A value as sympy's; a Python number is taken as one, and a text refused."""
    return value if isinstance(value, Basic) else sympy.sympify(value, strict=True)


def is_letter(node: Any) -> bool:
    """Whether a node is a power of nothing else: a symbol, a function, a constant such as pi."""
    kind = node.__class__
    if kind not in _LETTERS:
        own = issubclass(kind, Expr) and kind.as_base_exp is Expr.as_base_exp
        _LETTERS[kind] = issubclass(kind, _PLAIN) or (own and not issubclass(kind, _OTHER))
    return _LETTERS[kind]


def is_left_alone(node: Any) -> bool:
    """Whether a letter to a rational power is just that, which an absolute value is not."""
    kind = node.__class__
    if kind not in _LEFT_ALONE:
        _LEFT_ALONE[kind] = is_letter(node) and kind._eval_power is Expr._eval_power
    return _LEFT_ALONE[kind]


def is_plainly_positive(expr: Any) -> bool:
    """Whether an expression is positive because all that stands in it is."""
    if expr.is_Mul:
        return all(map(is_plainly_positive, expr._args))
    if expr.is_Pow:
        return bool(
            expr._args[0].is_Symbol and is_plainly_positive(expr._args[0])
        ) and is_plainly_real(expr._args[1])
    return bool((expr.is_Rational and expr.p > 0) or (expr.is_Symbol and expr.is_positive))


def is_plainly_real(expr: Any) -> bool:
    """Whether an expression is real because all that stands in it is."""
    if expr.is_Add or expr.is_Mul:
        return all(map(is_plainly_real, expr._args))
    return bool(expr.is_Rational or (expr.is_Symbol and expr.is_real))


def is_endless(term: Any) -> bool:
    """Whether a term has a number in front that is infinite or no fraction."""
    first = term._args[0] if term.is_Mul else term
    return bool(first.is_Number and not first.is_Rational)


def counted(term: Any) -> tuple[Any, Any]:
    """The rational number in front of a term, and the rest of it."""
    if term.is_Mul:
        first, *rest = term._args
        if first.is_Rational:
            return first, rest[0] if len(rest) == 1 else made(Mul, rest, _ONE)
    return (term, _ONE) if term.is_Rational else (_ONE, term)


def scaled(number: Any, term: Any) -> Any:
    """A rational number times a term that has none in front; a sum is not multiplied out."""
    if number is _ONE or term is _ONE:
        return term if number is _ONE else number
    return made(Mul, (number, *term._args) if term.is_Mul else (number, term), _ONE)


def made(head: Any, args: Any, empty: Any) -> Any:
    """A sum or a product of terms or factors in their order; ``empty`` where there is none."""
    if len(args) < 2:
        return args[0] if args else empty
    node = Expr.__new__(head, *args)
    node.is_commutative = True
    return node


def raised(base: Any, exponent: Any) -> Any:
    """A power as it stands."""
    node = Expr.__new__(Pow, base, exponent)
    node.is_commutative = True
    return node


def applied(function: Any, *arguments: Any) -> Any:
    """A function of its arguments, as it stands."""
    node = Expr.__new__(function, *arguments)
    if function not in _ARITIES:
        _ARITIES[function] = function(*sympy.symbols(f"x:{len(arguments)}")).nargs
    node.nargs = _ARITIES[function]
    return node
