"""Collection: a sum brought to the form a textbook prints.

Logs with the same coefficient become one log of a quotient, terms over the same denominator one
fraction, and squares of differences are kept.  Every rewriting is an identity; of several forms
the shortest is taken.

>>> from sympy import symbols, log
>>> from klsym.writing.plain import plain
>>> a, b, m = symbols("a b m", positive=True)
>>> plain(collected(log(a) - log(b) + a / (2 * b**2) + (m - a) ** 2 / (2 * b**2)))
'log(a/b) + (a + (a - m)**2)/(2*b**2)'

Reference: the printed forms in the references of each family.
"""

from __future__ import annotations

from operator import is_not
from typing import Any

import sympy
from sympy import Dummy, Expr, S

from klsym.canonical import (
    cancelled,
    counted,
    log_of,
    lowest_forms,
    operations,
    parts,
    power_of,
    product_of,
    rebuilt,
    replaced,
    sum_of,
)
from klsym.domain import Context
from klsym.integrals.joined_fractions import joined_fractions
from klsym.integrals.joined_logs import joined_logs
from klsym.integrals.lengths import in_factors, shortest
from klsym.integrals.logarithm import expand_log
from klsym.integrals.recurrences import as_betas, by_recurrence
from klsym.integrals.rule import Rule
from klsym.integrals.terms import coefficients, distributed, is_transcendental

RULE = Rule("collection", "collected")

Pairs = dict[Any, Any]


def collected(expr: Expr, context: Context | None = None) -> Any:
    """The sum in textbook form; a coefficient proved negative goes into its log."""
    context = context or Context()
    if expr.is_Mul and not any(is_transcendental(factor) for factor in expr.args):
        protected, original = _protect(expr)
        return shortest(
            (expr, replaced(_shortest_rational(distributed(protected), original), original))
        )
    nodes = parts(expr)
    if sympy.Piecewise in map(type, nodes):
        expr = _inside_cases(expr, context)
    logs = [node for node in nodes if type(node) is sympy.log]
    plain = by_recurrence(_expanded_logs(expr, context) if any(map(_opens, logs)) else expr)
    protected, original = _protect(plain)
    grouped: dict[Any, Pairs] = {}
    rest: Pairs = {}
    found = as_betas(coefficients(protected))
    for atom, coefficient in found.items():
        factors = atom.args if atom.is_Mul else (atom,)
        single = [f for f in factors if type(f) is sympy.log]
        if len(single) == 1:
            others = product_of(*[f for f in factors if f is not single[0]])
            grouped.setdefault(others, {})[single[0].args[0]] = coefficient
        elif atom is not S.One:
            rest[atom] = coefficient
    terms = [
        _without_inverse(others, term)
        for others, group in grouped.items()
        for term in joined_logs(group, context)
    ]
    terms += [product_of(_shortest_coefficient(c), joined_powers(atom)) for atom, c in rest.items()]
    rational = _shortest_rational(found.get(S.One, S.Zero), original)
    terms += sympy.Add.make_args(rational)
    form = replaced(sum_of(*joined_fractions(terms)), original)
    return form if grouped else shortest((form, expr))


def _inside_cases(expr: Expr, context: Context) -> Any:
    """Each case of a case distinction collected for itself."""
    cases = expr.atoms(sympy.Piecewise)
    return replaced(
        expr, {p: p.func(*((collected(v, context), holds) for v, holds in p.args)) for p in cases}
    )


def _opens(log: Any) -> bool:
    """Whether a log is that of a product, which is a sum of logs."""
    inside = log.args[0]
    if inside.is_Add:
        numbers = [counted(term)[0] for term in inside.args]
        return any(n.q != 1 for n in numbers) or all(abs(n.p) != 1 for n in numbers)
    return bool(inside.is_Mul or inside.is_Pow or inside.is_Rational or type(inside) is sympy.exp)


def _expanded_logs(expr: Any, context: Context) -> Any:
    """Logs of products as sums of logs, so that equal ones meet; they are joined again later.

    Those in denominators, and inside of other functions, stay as they are.
    """
    if expr.is_Add or expr.is_Mul or (expr.is_Pow and _is_above(expr.exp)):
        arguments = [_expanded_logs(part, context) if part.args else part for part in expr.args]
        return rebuilt(expr, arguments) if any(map(is_not, arguments, expr.args)) else expr
    if type(expr) is not sympy.log or not _opens(expr):
        return expr
    inside = expr.args[0]
    if inside.is_Add:
        content, primitive = inside.primitive()
        if content == 1:
            return expr
        return _expanded_logs(log_of(content), context) + log_of(primitive)
    expanded = expand_log(inside, context)
    return expr if expanded.has(sympy.Abs) else expanded


def _is_above(exponent: Any) -> bool:
    return bool(not exponent.is_number or exponent.is_positive)


def _without_inverse(others: Expr, term: Expr) -> Any:
    """A product with the log of ``1/f`` as that of f, where the log of f is a factor."""
    if others is S.One:
        return term
    known = others.atoms(sympy.log)
    inverse = {log: log_of(1 / log.args[0]) for log in term.atoms(sympy.log)}
    return product_of(
        others, replaced(term, {a: -b for a, b in inverse.items() if b in known and a != b})
    )


def joined_powers(product: Expr) -> Any:
    """Powers of the same base as one, and those with the same exponent as one of a quotient."""
    factors = product.args if product.is_Mul else (product,)
    if all(factor.exp.is_Rational for factor in factors if factor.is_Pow):
        return product
    exponents: dict[Any, list[Any]] = {}
    rest = []
    for factor in factors:
        base, exponent = factor.as_base_exp()
        if exponent.is_number or isinstance(factor, sympy.exp) or base.is_positive is not True:
            rest.append(factor)
        else:
            exponents.setdefault(base, []).append(exponent)
    powers: dict[Any, list[Any]] = {}
    for base, several in exponents.items():
        exponent = several[0] if len(several) == 1 else sympy.expand_mul(sum_of(*several))
        if exponent.could_extract_minus_sign():
            powers.setdefault(product_of(-1, exponent), []).append(power_of(base, S.NegativeOne))
        else:
            powers.setdefault(exponent, []).append(base)
    joined = (power_of(product_of(*bases), e) for e, bases in powers.items())
    return product_of(*rest, *joined)


def _protect(expr: Expr) -> tuple[Expr, dict[Any, Any]]:
    """Squares of sums as letters, so that expanding leaves them whole."""
    if not any(map(_is_power_of_sum, [node for node in parts(expr) if node.is_Pow])):
        return expr, {}
    original: dict[Any, Any] = {}
    letters: dict[Any, Any] = {}

    def visit(node: Any) -> Any:
        if not node.args or isinstance(node, sympy.Function):
            return node
        if _is_power_of_sum(node):
            if any(part.is_Mul and part.has(sympy.Add) for part in node.base.args):
                node = shortest((node, distributed(node.base) ** node.exp))
                if not node.is_Pow:
                    return node
            content, base = node.base.primitive()
            number = power_of(content, node.exp)
            node = power_of(base, node.exp)
            if node.exp.is_even and base.could_extract_minus_sign():
                node = (-base) ** node.exp
            if node not in letters:
                letter = Dummy(f"square{len(letters)}", nonnegative=node.exp.is_even or None)
                letters[node], original[letter] = letter, node
            return product_of(number, letters[node])
        return rebuilt(node, [visit(argument) for argument in node.args])

    return visit(expr), original


def _is_power_of_sum(node: Any) -> bool:
    return bool(node.is_Pow and node.base.is_Add and node.exp.is_Integer and node.exp.p > 1)


def _shortest_coefficient(coefficient: Expr) -> Any:
    factors = in_factors(coefficient) if coefficient.is_Add else coefficient
    return factors if factors is coefficient else shortest((factors, coefficient))


def _shortest_rational(expr: Expr, original: dict[Any, Any]) -> Any:
    if not expr.is_Add:
        return _shortest_quotient(expr)
    if len([term for term in expr.args if not term.is_number]) < 2:
        return expr
    fractions = joined_fractions(expr.args)
    same = len(fractions) == len(expr.args) and not any(map(is_not, fractions, expr.args))
    joined = expr if same else sum_of(*fractions)
    forms = [expr] if same else [expr, joined]
    if len([term for term in sympy.Add.make_args(joined) if not term.is_number]) < 2:
        return shortest((*forms, _shortest_quotient(joined)))
    forms += lowest_forms(expr)
    sizes = {letter: operations(whole) for letter, whole in original.items()}
    return shortest(forms, sizes)


def _shortest_quotient(expr: Expr) -> Any:
    """A quotient of two sums in lowest terms, where that is shorter."""
    if not (expr.is_Mul and len(expr.args) == 2 and any(f.is_Add for f in expr.args)):
        return expr
    below = any(f.is_Pow and f.base.is_Add and f.exp is S.NegativeOne for f in expr.args)
    return shortest((expr, cancelled(expr))) if below else expr
