"""Bringing an integrand to a form that integrates fast: logarithms split, kinks resolved.

Every rewriting here keeps the real part for real values of the variate, which is all an integral
over the real line needs; :mod:`klsym.numerics.quadrature` compares both forms at points all the
same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy
from flint import arb
from sympy import Abs, Expr, Max, Min, Piecewise, Rational, S, Symbol, exp, log
from sympy.core.relational import Relational

from klsym.numerics.balls import constant
from klsym.numerics.straightline import Unsupported


def split(expr: Any) -> Any:
    """The expression with the logarithm of a product as a sum, and exp under a log undone."""
    if not expr.args:
        return expr
    args = [split(arg) for arg in expr.args]
    if expr.func is log:
        return _log(args[0])
    if expr.is_Pow and not args[1].is_Integer and args[0].is_Mul and args[0].has(exp):
        return exp(args[1] * _log(args[0]))
    return expr if all(a is b for a, b in zip(args, expr.args, strict=True)) else expr.func(*args)


def _log(value: Any) -> Any:
    if isinstance(value, exp):
        return value.args[0]
    if value.is_Mul:
        sign, rest = value.as_coeff_Mul()
        if not sign.is_negative:
            return sympy.Add(*map(_log, value.args))
        sums = [factor for factor in rest.as_ordered_factors() if factor.is_Add]
        if sums:
            flipped = sympy.Add(*(-term for term in sums[0].args))
            return _log(-sign) + _log(flipped) + _log(rest / sums[0])
    if value.is_Pow and value.base is not S.Exp1:
        even = value.exp.is_Integer and value.exp.is_even
        if value.base.is_positive or not even:
            return value.exp * _log(value.base)
    if value.is_Rational and value.is_positive and value.q != 1:
        return log(value.p) - log(value.q)
    return log(value)


def collected(expr: Expr) -> Expr:
    """Products of sums multiplied out, so that equal parts meet and cancel."""
    return sympy.expand(expr, deep=False, power_base=False, power_exp=False, log=False, basic=False)


def kinks(expr: Any, variable: Symbol) -> list[Expr]:
    """All places where the expression may change its form; each a constant expression."""
    found: list[Expr] = []
    for condition in _switches(expr, variable):
        found += [root for root in roots(condition, variable) if root not in found]
    return found


def _switches(expr: Any, variable: Symbol) -> Iterator[Any]:
    """The functions whose sign decides the form of an absolute value, a maximum or a case."""
    for node in sympy.preorder_traversal(expr):
        if variable not in node.free_symbols:
            continue
        if node.func in (Abs, sympy.sign):
            yield node.args[0]
        elif isinstance(node, Max | Min):
            yield from (a - b for i, a in enumerate(node.args) for b in node.args[:i])
        elif isinstance(node, Relational):
            yield node.lhs - node.rhs


def roots(expr: Any, variable: Symbol) -> list[Expr]:
    """All real zeros of an expression: of a polynomial, or a linear form in a log or exp.

    Raises `Unsupported` if they cannot all be had.
    """
    expr = sympy.expand(expr)
    if variable not in expr.free_symbols:
        return []
    if expr.is_polynomial(variable):
        return _polynomial_roots(sympy.Poly(expr, variable))
    inner = [node for node in expr.atoms(log, exp) if variable in node.free_symbols]
    if len(inner) == 1:
        outer = Symbol("u", real=True)
        image = expr.xreplace({inner[0]: outer})
        if variable not in image.free_symbols and image.is_polynomial(outer):
            values = _polynomial_roots(sympy.Poly(image, outer))
            inverse = exp if inner[0].func is log else log
            if inverse is log:
                values = [value for value in values if constant(value) > 0]
            return [
                root
                for value in values
                for root in roots(inner[0].args[0] - inverse(value), variable)
            ]
    if expr.is_Add and len(expr.args) == 2:
        # Two terms of one size: where their ratio, which is positive, has logarithm zero.
        ratio = collected(split(log(-expr.args[0] / expr.args[1])))
        if ratio.is_polynomial(variable):
            return _polynomial_roots(sympy.Poly(ratio, variable))
    raise Unsupported(f"the zeros of {expr} are not known")


def _polynomial_roots(poly: Any) -> list[Expr]:
    if poly.degree() == 1:
        slope, offset = poly.all_coeffs()
        return [-offset / slope]
    if poly.degree() == 2:
        a, b, c = poly.all_coeffs()
        discriminant = sympy.expand(b**2 - 4 * a * c)
        if discriminant == 0:
            return [-b / (2 * a)]
        value = constant(discriminant)
        if value < 0:
            return []
        if value > 0:
            root = sympy.sqrt(discriminant)
            return [(-b - root) / (2 * a), (-b + root) / (2 * a)]
    elif all(coefficient.is_Rational for coefficient in poly.all_coeffs()):
        real = poly.real_roots(multiple=False)
        if all(root.is_Rational for root, _ in real):
            return [root for root, _ in real]
    raise Unsupported(f"the zeros of {poly.as_expr()} are not known")


def resolve(expr: Any, variable: Symbol, sample: Rational) -> Any:
    """The form the expression has on the piece that holds ``sample``, free of kinks."""
    if variable not in expr.free_symbols:
        return expr
    if isinstance(expr, Piecewise):
        for value, condition in expr.args:
            if _holds(condition, variable, sample):
                return resolve(value, variable, sample)
        raise Unsupported("a case distinction without a case")
    args = [resolve(arg, variable, sample) for arg in expr.args]
    if expr.func is Abs:
        return args[0] * _sign(args[0], variable, sample)
    if expr.func is sympy.sign:
        return sympy.Integer(_sign(args[0], variable, sample))
    if isinstance(expr, Max | Min):
        best, wanted = args[0], 1 if isinstance(expr, Max) else -1
        for arg in args[1:]:
            if _sign(arg - best, variable, sample) == wanted:
                best = arg
        return best
    return expr.func(*args) if args else expr


def _sign(expr: Any, variable: Symbol, sample: Rational) -> int:
    if expr == 0:
        return 0
    value: arb = constant(expr.xreplace({variable: sample}))
    if value > 0:
        return 1
    if value < 0:
        return -1
    raise Unsupported(f"the sign of {expr} is not known")


def _holds(condition: Any, variable: Symbol, sample: Rational) -> bool:
    if isinstance(condition, sympy.And):
        return all(_holds(part, variable, sample) for part in condition.args)
    if isinstance(condition, sympy.Or):
        return any(_holds(part, variable, sample) for part in condition.args)
    if isinstance(condition, sympy.Not):
        return not _holds(condition.args[0], variable, sample)
    if isinstance(condition, Relational):
        sign = _sign(condition.lhs - condition.rhs, variable, sample)
        return bool(condition.func(sympy.Integer(sign), S.Zero))
    return bool(condition == sympy.true)


def lead(expr: Any, variable: Symbol, sample: Rational) -> Any:
    """Far out, log of a sum as the log of its leading term and a log that tends to zero.

    The branch cut of the latter lies far from the line of integration, which saves most of the
    work.  ``sample`` is the place that says which term leads; it must be positive everywhere.
    """
    if not expr.args or variable not in expr.free_symbols:
        return expr
    if expr.func in (sympy.cosh, sympy.sech, sympy.sinh, sympy.csch):
        expr = expr.rewrite(exp)
    args = [lead(arg, variable, sample) for arg in expr.args]
    if expr.func is log and not args[0].is_Add:
        parts = _log(args[0])
        return parts if parts.func is log else lead(parts, variable, sample)
    if expr.func is log:
        first, rest = _factored(args[0], variable, sample)
        return _log(first) + log(rest)
    if expr.is_Pow and args[0].is_Add and not args[1].is_Integer:
        first, rest = _factored(args[0], variable, sample)
        return exp(args[1] * _log(first)) * rest ** args[1]
    return expr.func(*args)


def _factored(total: Any, variable: Symbol, sample: Rational) -> tuple[Any, Any]:
    """The leading term of a sum, and the sum divided by it."""
    best, most = S.One, None
    for term in total.args:
        try:
            size = abs(constant(term.xreplace({variable: sample})))
        except Unsupported:
            return S.One, total
        if most is None or size > most:
            best, most = term, size
    if not best.is_positive:
        return S.One, total
    return best, sympy.Add(*(_quotient(term, best) for term in total.args))


def _quotient(top: Any, bottom: Any) -> Any:
    """A quotient with its exponentials as one, of the difference multiplied out."""
    exponent, rest = S.Zero, []
    for sign, value in ((1, top), (-1, bottom)):
        for factor in sympy.Mul.make_args(value):
            if isinstance(factor, exp):
                exponent += sign * factor.args[0]
            else:
                rest.append(factor**sign)
    return sympy.Mul(*rest) * exp(sympy.expand(exponent))
