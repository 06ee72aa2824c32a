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

from collections.abc import Iterable
from typing import Any

import sympy
from sympy import Dummy, Expr, S

from klsym.canonical import (
    cancelled,
    log_of,
    multiplied,
    power_of,
    product_of,
    rebuilt,
    replaced,
    shared_out,
    sum_of,
)
from klsym.domain import Context
from klsym.integrals.joined_logs import joined_logs
from klsym.integrals.lengths import in_factors, length, shortest
from klsym.integrals.logarithm import expand_log
from klsym.integrals.recurrences import as_betas, by_recurrence
from klsym.integrals.rule import Rule

RULE = Rule("collection", "collected")

Pairs = dict[Any, Any]


def collected(expr: Expr, context: Context | None = None) -> Any:
    """The sum in textbook form; a coefficient proved negative goes into its log."""
    context = context or Context()
    if expr.is_Mul and not any(_is_transcendental(factor) for factor in expr.args):
        protected, original = _protect(expr)
        return shortest(
            (expr, replaced(_shortest_rational(distributed(protected), original), original))
        )
    expr = _inside_cases(expr, context)
    plain = by_recurrence(_expanded_logs(expr, context))
    protected, original = _protect(plain)
    coefficients = as_betas(_by_atom(protected))
    logs: dict[Any, Pairs] = {}
    rest: Pairs = {}
    for atom, coefficient in coefficients.items():
        factors = sympy.Mul.make_args(atom)
        single = [f for f in factors if isinstance(f, sympy.log)]
        if len(single) == 1:
            others = product_of(*(f for f in factors if f is not single[0]))
            logs.setdefault(others, {})[single[0].args[0]] = coefficient
        elif atom != 1:
            rest[atom] = coefficient
    terms = [
        _without_inverse(others, term)
        for others, group in logs.items()
        for term in joined_logs(group, context)
    ]
    terms += [product_of(_shortest_coefficient(c), joined_powers(atom)) for atom, c in rest.items()]
    rational = _shortest_rational(coefficients.get(S.One, S.Zero), original)
    terms += sympy.Add.make_args(rational)
    form = replaced(sum_of(*joined_fractions(terms)), original)
    return form if logs else shortest((form, expr))


def _inside_cases(expr: Expr, context: Context) -> Any:
    """Each case of a case distinction collected for itself."""
    cases = expr.atoms(sympy.Piecewise)
    return replaced(
        expr, {p: p.func(*((collected(v, context), holds) for v, holds in p.args)) for p in cases}
    )


def _expanded_logs(expr: Expr, context: Context) -> Any:
    """Logs of products as sums of logs, so that equal ones meet; they are joined again later.

    Those in denominators, and inside of other functions, stay as they are.
    """
    if isinstance(expr, sympy.log):
        inside = expr.args[0]
        content, primitive = inside.primitive() if inside.is_Add else (S.One, inside)
        if content != 1:
            return _expanded_logs(log_of(content), context) + log_of(primitive)
        if not (inside.is_Mul or inside.is_Pow or inside.is_Rational or _is_exp(inside)):
            return expr
        expanded = expand_log(inside, context)
        return expr if expanded.has(sympy.Abs) else expanded
    if expr.is_Pow and expr.exp.is_number and not expr.exp.is_positive:
        return expr
    if not (expr.is_Add or expr.is_Mul or expr.is_Pow) or not expr.has(sympy.log):
        return expr
    return rebuilt(expr, [_expanded_logs(part, context) for part in expr.args])


def _without_inverse(others: Expr, term: Expr) -> Any:
    """A product with the log of ``1/f`` as that of f, where the log of f is a factor."""
    if others == 1:
        return term
    known = others.atoms(sympy.log)
    inverse = {log: log_of(1 / log.args[0]) for log in term.atoms(sympy.log)}
    return product_of(
        others, replaced(term, {a: -b for a, b in inverse.items() if b in known and a != b})
    )


def _is_exp(expr: Expr) -> bool:
    return isinstance(expr, sympy.exp)


def joined_powers(product: Expr) -> Any:
    """Powers with the same exponent as one power of a quotient."""
    powers: dict[Any, list[Any]] = {}
    rest = []
    for factor in sympy.Mul.make_args(product):
        base, exponent = factor.as_base_exp()
        if exponent.is_number or isinstance(factor, sympy.exp) or base.is_positive is not True:
            rest.append(factor)
        elif exponent.could_extract_minus_sign():
            powers.setdefault(product_of(-1, exponent), []).append(power_of(base, S.NegativeOne))
        else:
            powers.setdefault(exponent, []).append(base)
    joined = (power_of(product_of(*bases), e) for e, bases in powers.items())
    return product_of(*rest, *joined)


def _protect(expr: Expr) -> tuple[Expr, dict[Any, Any]]:
    """Squares of sums as letters, so that expanding leaves them whole."""
    original: dict[Any, Any] = {}
    letters: dict[Any, Any] = {}

    def visit(node: Any) -> Any:
        if not node.args or isinstance(node, sympy.Function):
            return node
        if node.is_Pow and node.base.is_Add and node.exp.is_Integer and node.exp > 1:
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


def _by_atom(expr: Expr) -> Pairs:
    """Coefficients, rational in the parameters, by products of transcendental functions."""
    found: Pairs = {}
    expanded = (distributed(term) for term in sympy.Add.make_args(expr))
    for term in sympy.Add.make_args(sum_of(*expanded)):
        coefficient: list[Any] = []
        atoms: list[Any] = []
        for factor in sympy.Mul.make_args(term):
            (atoms if _is_transcendental(factor) else coefficient).append(factor)
        key = product_of(*atoms)
        found[key] = sum_of(found.get(key, S.Zero), product_of(*coefficient))
    return {key: c for key, c in found.items() if c != 0}


def distributed(term: Expr) -> Expr:
    """A product of sums as a sum of products; its denominator is left whole."""
    if term.is_Add:
        return sum_of(*(distributed(part) for part in term.args))
    if not term.is_Mul:
        return term
    above: list[Any] = []
    below: list[Any] = []
    for factor in term.args:
        (below if factor.is_Pow and factor.exp.is_negative else above).append(factor)
    if not any(factor.is_Add for factor in above):
        return term
    expanded = multiplied(above)
    parts = sympy.Add.make_args(expanded)
    if len(parts) == 1:
        return term
    return sum_of(*(distributed(product_of(part, *below)) for part in parts))


def _is_transcendental(factor: Expr) -> bool:
    base, exponent = factor.as_base_exp()
    return bool(
        factor.has(sympy.Function)
        or factor is S.EulerGamma
        or isinstance(base, sympy.exp)
        or not exponent.is_number
    )


def _shortest_coefficient(coefficient: Expr) -> Any:
    if not coefficient.is_Add:
        return coefficient
    return shortest((in_factors(coefficient), coefficient))


def _shortest_rational(expr: Expr, original: dict[Any, Any]) -> Any:
    if not expr.is_Add:
        above, below = sympy.fraction(expr)
        return shortest((expr, cancelled(expr))) if above.is_Add and below.is_Add else expr
    joined = sum_of(*joined_fractions(expr.args))
    forms = [expr, joined]
    if len([term for term in sympy.Add.make_args(joined) if not term.is_number]) < 2:
        above, below = sympy.fraction(joined)
        return shortest([*forms, cancelled(joined)] if above.is_Add and below.is_Add else forms)
    lowest = cancelled(expr)
    forms += [lowest, in_factors(lowest)]
    return min(forms, key=lambda form: length(replaced(form, original)))


def joined_fractions(terms: Iterable[Expr]) -> list[Any]:
    """Terms over the same denominator as one fraction, where that is shorter."""
    groups: dict[Any, list[Any]] = {}
    for term in terms:
        numerator, denominator = _fraction(term)
        groups.setdefault(denominator, []).append(numerator)
    joined: list[Any] = []
    shortened = False
    for denominator, numerators in groups.items():
        numerators = joined_factors(numerators)
        below = power_of(denominator, S.NegativeOne)
        apart = sum_of(*(product_of(n, below) for n in numerators))
        if len(numerators) == 1 or denominator.is_number:
            joined.append(apart)
        else:
            together = product_of(_factored(sum_of(*numerators)), below)
            best = shortest((together, apart))
            under = None if best.is_Add else _fraction(best)[1]
            shortened = shortened or (under != denominator and under in groups)
            joined.append(best)
    return joined_fractions(joined) if shortened else joined


def joined_factors(terms: list[Any]) -> list[Any]:
    """Terms with a sum as a common factor, up to sign, as one product where that is shorter.

    >>> from sympy import digamma, symbols
    >>> k, l = symbols("k l", positive=True)
    >>> joined_factors([(k - l) * digamma(k), (l - k) * digamma(l)])
    [(k - l)*(polygamma(0, k) - polygamma(0, l))]
    """
    groups: dict[Any, list[int]] = {}
    cofactors: dict[tuple[Any, int], Any] = {}
    for i, term in enumerate(terms):
        for factor in term.args if term.is_Mul else ():
            if factor.is_Add and not _is_transcendental(factor):
                sign = -1 if product_of(-1, factor) in groups else 1
                signed = product_of(sign, factor)
                groups.setdefault(signed, []).append(i)
                cofactors[signed, i] = product_of(sign, term, power_of(factor, S.NegativeOne))
                break
    for factor, places in groups.items():
        if len(places) < 2:
            continue
        inside = sum_of(*(cofactors[factor, i] for i in places))
        product = -factor * -inside if inside.could_extract_minus_sign() else factor * inside
        if length(product) < length(sum_of(*(terms[i] for i in places))):
            rest = [term for i, term in enumerate(terms) if i not in places]
            return joined_factors([*rest, product])
    return terms


def _fraction(term: Expr) -> tuple[Any, Any]:
    """Numerator and denominator; an exponential stays above."""
    below = [
        power_of(factor, S.NegativeOne)
        for factor in sympy.Mul.make_args(term)
        if factor.is_Pow and factor.exp.is_Rational and factor.exp < 0
    ]
    coefficient = term.as_coeff_Mul()[0]
    denominator = product_of(*below, coefficient.q if coefficient.is_Rational else 1)
    return product_of(term, denominator), denominator


def _factored(numerator: Expr) -> Any:
    return shortest((numerator, shared_out(numerator)))
