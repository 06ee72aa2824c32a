"""Sums, products, powers and exponentials: the node that sympy makes of the same parts.

>>> from sympy import symbols
>>> a, b, x = symbols("a b x", positive=True)
>>> sum_of(a, product_of(-2, b), a), product_of(a, power_of(product_of(2, a, b), -2))
(2*a - 2*b, 1/(4*a*b**2))
>>> product_of(power_of(x, a - 1), exp_of(-b * x))
x**(a - 1)*exp(-b*x)
"""

from __future__ import annotations

from functools import cmp_to_key
from typing import Any

import sympy
from sympy import Add, Basic, Expr, Mul, Pow, Rational, S, exp

CANONICAL = cmp_to_key(Basic.compare)
"""The order in which sympy keeps terms and factors."""

_INFINITE = (S.Infinity, S.NegativeInfinity, S.ComplexInfinity, S.NaN)
_OTHER = (sympy.Order, sympy.AccumBounds, type(S.ComplexInfinity))
_ONE, _ZERO = S.One, S.Zero
_PLAIN = (sympy.log, sympy.gamma, sympy.loggamma, sympy.polygamma, sympy.beta)
"""Functions whose powers are just that."""


def node_of(value: Any) -> Any:
    """A value as sympy's; a Python number is taken as one, and a text refused."""
    return value if isinstance(value, Basic) else sympy.sympify(value, strict=True)


def sum_of(*terms: Any) -> Any:
    """The sum, as ``sympy.Add`` makes it."""
    number: Any = _ZERO
    counts: dict[Any, Any] = {}
    queue = [node_of(term) for term in terms]
    for term in queue:
        if term.is_Add:
            queue.extend(term.args)
        elif term.is_Rational:
            number += term
        elif term.is_Mul and not (term.args[0].is_Number and not term.args[0].is_Rational):
            count, rest = counted(term)
            counts[rest] = counts.get(rest, _ZERO) + count
        elif _is_plain(term):
            counts[term] = counts.get(term, _ZERO) + _ONE
        else:
            return Add(*terms)
    found = [scaled(n, rest) for rest, n in counts.items() if n is not _ZERO]
    if len(found) > 1:
        found.sort(key=CANONICAL)
    if number is not _ZERO:
        found.insert(0, number)
    return _made(Add, found, _ZERO)


def _is_plain(term: Any) -> bool:
    """Whether a term has no number in front of it, and is in the form it will keep."""
    if term.is_Pow:
        return not term.base.is_Number
    return type(term) is exp or _is_letter(term)


def _is_letter(node: Any) -> bool:
    """Whether a node is a power of nothing else: a symbol, a function, a constant such as pi."""
    if node.is_Symbol or isinstance(node, _PLAIN):
        return True
    own = type(node).as_base_exp is Expr.as_base_exp if isinstance(node, Expr) else False
    return bool(own and node.is_commutative and not node.is_Number and not isinstance(node, _OTHER))


def scaled(number: Any, term: Any) -> Any:
    """A rational number times a term that has none in front; a sum is not multiplied out."""
    if number is _ONE or term is _ONE:
        return term if number is _ONE else number
    return _made(Mul, [number, *term.args] if term.is_Mul else [number, term], _ONE)


def _made(head: Any, args: Any, empty: Any) -> Any:
    if len(args) < 2:
        return args[0] if args else empty
    node = Expr.__new__(head, *args)
    node.is_commutative = True
    return node


def product_of(*factors: Any) -> Any:
    """The product, as ``sympy.Mul`` makes it."""
    parts = [node_of(factor) for factor in factors]
    parts = [f for f in parts if f is not _ONE]
    if len(parts) == 2 and (pair := _pair(*parts)) is not None:
        return pair
    told = _told_apart(parts)
    if told is None:
        return Mul(*parts)
    number, roots, powers = told
    if number is _ZERO:
        return Mul(*parts) if any(part.has(*_INFINITE) for part in parts) else _ZERO
    if len(roots) > 1 and all(root.exp.is_Rational for root in roots):
        number, rest = Mul(number, *roots).as_coeff_mul()
        roots = list(rest)
    joined = _joined(powers)
    if joined is None or not _are_final(roots):
        return Mul(*parts)
    found = sorted([*roots, *joined], key=CANONICAL)
    if number is not _ONE:
        if len(found) == 1 and found[0].is_Add:
            return _spread(number, found[0])
        found.insert(0, number)
    return _made(Mul, found, _ONE)


Powers = dict[tuple[Any, Any], list[tuple[Any, Any]]]
"""Powers with the same base and the same exponent up to a number: each number and the power."""


def _told_apart(parts: list[Any]) -> tuple[Any, list[Any], Powers] | None:
    """The number in a product, the powers of numbers, and the others; None of what is not plain."""
    number: Any = _ONE
    powers: Powers = {}
    roots: list[Any] = []
    queue = list(parts)
    for factor in queue:
        if factor.is_Mul and factor.is_commutative:
            queue.extend(factor.args)
        elif factor.is_Rational:
            number *= factor
        elif factor.is_Add or _is_letter(factor):
            powers.setdefault((factor, _ONE), []).append((_ONE, factor))
        elif type(factor) is exp:
            count, rest = counted(factor.args[0])
            powers.setdefault((S.Exp1, rest), []).append((count, factor))
        elif factor.is_Pow and not factor.base.is_Number:
            count, rest = counted(factor.exp)
            powers.setdefault((factor.base, rest), []).append((count, factor))
        elif factor.is_Pow and factor.base.is_Integer and factor.base.is_positive:
            roots.append(factor)
        else:
            return None
    return number, roots, powers


def _joined(powers: Powers) -> list[Any] | None:
    """One power for each base and exponent; None if that is no power of the same base."""
    found = []
    for (base, rest), several in powers.items():
        if len(several) == 1:
            found.append(several[0][1])
            continue
        count = sum((count for count, _ in several), _ZERO)
        if count is _ZERO:
            continue
        node = power_of(base, product_of(count, rest))
        if node.is_Mul or node.is_Number or (node.is_Pow and node.base != base):
            return None
        found.append(node)
    return found


def quotient_of(above: Any, below: Any) -> Any:
    """The quotient, a factor of both left out."""
    factors = Mul.make_args(below)
    shared = {*Mul.make_args(above)}.intersection(factors)
    rest = (factor for factor in Mul.make_args(above) if factor not in shared)
    inverse = (power_of(factor, S.NegativeOne) for factor in factors if factor not in shared)
    return product_of(*rest, *inverse)


def _pair(left: Any, right: Any) -> Any:
    """A rational number times a sum, which is multiplied out unless a number stood before it."""
    if right.is_Rational:
        left, right = right, left
    if not left.is_Rational or left is _ZERO:
        return None
    if right.is_Add:
        return _spread(left, right)
    if right.is_Mul and len(right.args) == 2 and right.args[1].is_Add:
        number, inside = right.args
        if number.is_Rational:
            return scaled(left * number, inside)
    return None


def _spread(number: Any, inside: Any) -> Any:
    """A number times a sum, term by term; the order of the terms may change with their signs."""
    return sum_of(*(product_of(number, term) for term in inside.args))


def counted(term: Any) -> tuple[Any, Any]:
    """The rational number in front of a term, and the rest of it."""
    if term.is_Rational:
        return term, _ONE
    if term.is_Mul and term.args[0].is_Rational:
        rest = term.args[1:]
        return term.args[0], rest[0] if len(rest) == 1 else _made(Mul, rest, _ONE)
    return _ONE, term


def _are_final(roots: list[Any]) -> bool:
    """Whether powers of numbers stand as they will: roots below 1, one with letters above."""
    lettered = sum(1 for root in roots if not (root.is_Pow and root.exp.is_Rational))
    return lettered < 2 and all(
        root.is_Pow and (not root.exp.is_Number or 0 < root.exp < 1) for root in roots
    )


def power_of(base: Any, exponent: Any) -> Any:
    """The power, as ``base**exponent`` makes it."""
    base, exponent = node_of(base), node_of(exponent)
    if base is S.Exp1:
        return exp_of(exponent)
    if exponent is _ONE or (base is _ONE and exponent.is_finite is not False):
        return base
    if exponent is S.NegativeOne and base.is_Integer and base.p:
        return Rational(1, base.p)
    if not exponent.is_Rational and not base.is_number and not exponent.has(sympy.log, *_INFINITE):
        if base.is_Symbol or base.is_Mul or (base.is_Add and not any(map(_is_endless, base.args))):
            return _power(base, exponent)
        if base.is_Pow and base.base.is_Symbol and base.base.is_positive and _is_real(base.exp):
            return power_of(base.base, product_of(base.exp, exponent))
    if not exponent.is_Rational or exponent is _ZERO:
        return base**exponent
    if base.is_Symbol or isinstance(base, _PLAIN):
        return _power(base, exponent)
    if base.is_Add and exponent.is_Integer and not base.is_number:
        return base**exponent if any(map(_is_endless, base.args)) else _power(base, exponent)
    if not exponent.is_Integer:
        return base**exponent
    if base.is_Mul and not base.is_number:
        return product_of(*(power_of(factor, exponent) for factor in base.args))
    if base.is_Pow and not base.base.is_Number:
        return power_of(base.base, product_of(base.exp, exponent))
    if type(base) is exp:
        return exp_of(product_of(base.args[0], exponent))
    return base**exponent


def _is_real(expr: Any) -> bool:
    """Whether an expression is real because all that stands in it is."""
    if expr.is_Add or expr.is_Mul:
        return all(map(_is_real, expr.args))
    return bool(expr.is_Rational or (expr.is_Symbol and expr.is_real))


def _is_endless(term: Any) -> bool:
    first = term.args[0] if term.is_Mul else term
    return bool(first.is_Number and not first.is_Rational)


def _power(base: Any, exponent: Any) -> Any:
    node = Expr.__new__(Pow, base, exponent)
    node.is_commutative = True
    return node


def exp_of(argument: Any) -> Any:
    """The exponential, as ``sympy.exp`` makes it."""
    argument = node_of(argument)
    if argument.is_number or argument.has(S.ImaginaryUnit, *_INFINITE):
        return sympy.exp(argument)
    if argument.is_Add:
        if not argument.has(sympy.log):
            return _exponential(argument)
        parts = [(term, exp_of(term)) for term in argument.args if term is not _ONE]
        kept = [t for t, node in parts if type(node) is exp and node.args[0] == t]
        out = [node for t, node in parts if t not in kept]
        kept += [term for term in argument.args if term is _ONE]
        return product_of(*out, *map(_exponential, [sum_of(*kept)] if kept else []))
    factors = Mul.make_args(argument)
    if argument.has(sympy.log) and not any(f.is_Symbol or f.is_Pow for f in factors):
        number, rest = counted(argument)
        known = isinstance(rest, sympy.log)
        return power_of(rest.args[0], number) if known else sympy.exp(argument)
    return _exponential(argument)


def _exponential(argument: Any) -> Any:
    return applied(sympy.exp, argument)


_ARITIES: dict[Any, Any] = {}


def applied(function: Any, *arguments: Any) -> Any:
    """A function of its arguments, as it stands."""
    node = Expr.__new__(function, *arguments)
    if function not in _ARITIES:
        _ARITIES[function] = function(*sympy.symbols(f"x:{len(arguments)}")).nargs
    node.nargs = _ARITIES[function]
    return node
