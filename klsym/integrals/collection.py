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

import math
from collections.abc import Iterable, Iterator
from typing import Any

import sympy
from sympy import Dummy, Expr, S

from klsym.domain import Context
from klsym.integrals.logarithm import expand_log
from klsym.integrals.recurrences import as_betas, by_recurrence
from klsym.integrals.rule import Rule
from klsym.meaning.functions import log_of

RULE = Rule("collection", "collected")

Pairs = dict[Any, Any]

HIGHEST_POWER = 64
"""A number to a higher power is left in a log of its own: written out it fills pages."""


def collected(expr: Expr, context: Context | None = None) -> Any:
    """The sum in textbook form; a coefficient proved negative goes into its log."""
    context = context or Context()
    if expr.is_Mul and not any(_is_transcendental(factor) for factor in expr.args):
        protected, original = _protect(expr)
        return shortest(
            (expr, _shortest_rational(distributed(protected), original).xreplace(original))
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
            others = sympy.Mul(*(f for f in factors if f is not single[0]))
            logs.setdefault(others, {})[single[0].args[0]] = coefficient
        elif atom != 1:
            rest[atom] = coefficient
    terms = [
        others * term for others, group in logs.items() for term in _joined_logs(group, context)
    ]
    terms += [_shortest_coefficient(c) * joined_powers(atom) for atom, c in rest.items()]
    rational = _shortest_rational(coefficients.get(S.One, S.Zero), original)
    terms += sympy.Add.make_args(rational)
    return sympy.Add(*_joined_fractions(terms)).xreplace(original)


def _inside_cases(expr: Expr, context: Context) -> Any:
    """Each case of a case distinction collected for itself."""
    cases = expr.atoms(sympy.Piecewise)
    return expr.xreplace(
        {p: p.func(*((collected(v, context), holds) for v, holds in p.args)) for p in cases}
    )


def _expanded_logs(expr: Expr, context: Context) -> Any:
    """Logs of products as sums of logs, so that equal ones meet; they are joined again later.

    Those in denominators, and inside of other functions, stay as they are.
    """
    if isinstance(expr, sympy.log):
        inside = expr.args[0]
        content, primitive = inside.primitive() if inside.is_Add else (S.One, inside)
        if content != 1:
            return _expanded_logs(sympy.log(content), context) + log_of(primitive)
        if not (inside.is_Mul or inside.is_Pow or inside.is_Rational or _is_exp(inside)):
            return expr
        expanded = expand_log(inside, context)
        return expr if expanded.has(sympy.Abs) else expanded
    if expr.is_Pow and expr.exp.is_number and not expr.exp.is_positive:
        return expr
    if not (expr.is_Add or expr.is_Mul or expr.is_Pow) or not expr.has(sympy.log):
        return expr
    return expr.func(*(_expanded_logs(part, context) for part in expr.args))


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
            powers.setdefault(-exponent, []).append(1 / base)
        else:
            powers.setdefault(exponent, []).append(base)
    joined = (sympy.Pow(sympy.Mul(*bases), e, evaluate=True) for e, bases in powers.items())
    return sympy.Mul(*rest, *joined)


def length(expr: Expr) -> tuple[int, int]:
    """How long a form is: its operations, then its reciprocals."""
    reciprocals = sum(1 for p in expr.atoms(sympy.Pow) if p.exp.is_negative)
    return int(sympy.count_ops(expr)), reciprocals


def shortest(forms: Iterable[Expr]) -> Any:
    """The shortest of several equal forms; the first of them if they are equally long."""
    return min(forms, key=length)


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
            if node.exp.is_even and node.base.could_extract_minus_sign():
                node = (-node.base) ** node.exp
            if node not in letters:
                letter = Dummy(f"square{len(letters)}", nonnegative=node.exp.is_even or None)
                letters[node], original[letter] = letter, node
            return letters[node]
        return node.func(*(visit(argument) for argument in node.args))

    return visit(expr), original


def _by_atom(expr: Expr) -> Pairs:
    """Coefficients, rational in the parameters, by products of transcendental functions."""
    found: Pairs = {}
    expanded = (distributed(term) for term in sympy.Add.make_args(expr))
    for term in sympy.Add.make_args(sympy.Add(*expanded)):
        coefficient: list[Any] = []
        atoms: list[Any] = []
        for factor in sympy.Mul.make_args(term):
            (atoms if _is_transcendental(factor) else coefficient).append(factor)
        key = sympy.Mul(*atoms)
        found[key] = found.get(key, S.Zero) + sympy.Mul(*coefficient)
    return {key: c for key, c in found.items() if c != 0}


def distributed(term: Expr) -> Expr:
    """A product of sums as a sum of products; its denominator is left whole."""
    if term.is_Add:
        return sympy.Add(*(distributed(part) for part in term.args))
    if not term.is_Mul:
        return term
    above: list[Any] = []
    below: list[Any] = []
    for factor in term.args:
        (below if factor.is_Pow and factor.exp.is_negative else above).append(factor)
    if not any(factor.is_Add for factor in above):
        return term
    expanded = sympy.expand_mul(sympy.Mul(*above), deep=False)
    parts = sympy.Add.make_args(expanded)
    if len(parts) == 1:
        return term
    return sympy.Add(*(distributed(sympy.Mul(part, *below)) for part in parts))


def _is_transcendental(factor: Expr) -> bool:
    base, exponent = factor.as_base_exp()
    return bool(
        factor.has(sympy.Function)
        or factor is S.EulerGamma
        or isinstance(base, sympy.exp)
        or not exponent.is_number
    )


def _joined_logs(logs: Pairs, context: Context) -> Iterator[Any]:
    """``c log f - c log g`` as ``c log(f/g)``, for each coefficient c up to a number."""
    groups: dict[Any, dict[Any, Any]] = {}
    for argument, coefficient in logs.items():
        whole = _in_factors(coefficient) if coefficient.has(sympy.Add) else coefficient
        number, symbolic = whole.as_coeff_Mul()
        if (not symbolic.is_Atom and context.sign(symbolic) == -1) or _opposite(symbolic) in groups:
            number, symbolic = -number, _opposite(symbolic)
        members = groups.setdefault(symbolic, {})
        members[argument] = members.get(argument, S.Zero) + number
    for symbolic, members in groups.items():
        yield from _joined(symbolic, {f: n for f, n in members.items() if n != 0})


def _opposite(product: Expr) -> Any:
    """The negative of a product, taken into one of its sums where it has one."""
    factors = list(sympy.Mul.make_args(product))
    sums = [i for i, factor in enumerate(factors) if factor.is_Add]
    if not sums:
        return -product
    factors[sums[0]] = -factors[sums[0]]
    return sympy.Mul(*factors)


def _joined(symbolic: Expr, members: Pairs) -> Iterator[Any]:
    if not members:
        return
    if not all(n.is_Rational for n in members.values()):
        yield from (symbolic * n * log_of(f) for f, n in members.items())
        return
    shared = sympy.Rational(
        math.gcd(*(int(n.p) for n in members.values())),
        math.lcm(*(int(n.q) for n in members.values())),
    )
    separate = sympy.Add(*(symbolic * n * log_of(f) for f, n in members.items()))
    if any(f.is_number and abs(n / shared) > HIGHEST_POWER for f, n in members.items()):
        yield separate
        return
    forms = []
    for unit in {shared, -shared}:
        quotient = sympy.Mul(*(f ** (n / unit) for f, n in members.items()))
        forms.append(unit * symbolic * log_of(quotient))
    yield shortest([*sorted(forms, key=_starts_with_minus), separate])


def _starts_with_minus(expr: Expr) -> bool:
    return bool(expr.could_extract_minus_sign())


def _in_factors(expr: Expr) -> Any:
    """The factors of a rational function; a sum of symbols and a number has but itself."""
    if expr.is_Add and all(t.is_Number or t.as_coeff_Mul()[1].is_Symbol for t in expr.args):
        return expr if expr.primitive()[0] == 1 else sympy.factor(expr)
    return sympy.factor(expr)


def _shortest_coefficient(coefficient: Expr) -> Any:
    if not coefficient.is_Add:
        return coefficient
    return shortest((_in_factors(coefficient), coefficient))


def _shortest_rational(expr: Expr, original: dict[Any, Any]) -> Any:
    if not expr.is_Add:
        above, below = sympy.fraction(expr)
        return shortest((expr, sympy.cancel(expr))) if above.is_Add and below.is_Add else expr
    joined = sympy.Add(*_joined_fractions(expr.args))
    forms = [expr, joined]
    if len([term for term in sympy.Add.make_args(joined) if not term.is_number]) < 2:
        above, below = sympy.fraction(joined)
        return shortest([*forms, sympy.cancel(joined)] if above.is_Add and below.is_Add else forms)
    cancelled = sympy.cancel(expr)
    forms += [cancelled, _in_factors(cancelled)]
    return min(forms, key=lambda form: length(form.xreplace(original)))


def _joined_fractions(terms: Iterable[Expr]) -> list[Any]:
    """Terms over the same denominator as one fraction, where that is shorter."""
    groups: dict[Any, list[Any]] = {}
    for term in terms:
        numerator, denominator = _fraction(term)
        groups.setdefault(denominator, []).append(numerator)
    joined: list[Any] = []
    for denominator, numerators in groups.items():
        apart = sympy.Add(*(n / denominator for n in numerators))
        if len(numerators) == 1 or denominator.is_number:
            joined.append(apart)
        else:
            together = _factored(sympy.Add(*numerators)) / denominator
            joined.append(shortest((together, apart)))
    return joined


def _fraction(term: Expr) -> tuple[Any, Any]:
    """Numerator and denominator; an exponential stays above."""
    below = [
        1 / factor
        for factor in sympy.Mul.make_args(term)
        if factor.is_Pow and factor.exp.is_Rational and factor.exp < 0
    ]
    coefficient = term.as_coeff_Mul()[0]
    denominator = sympy.Mul(*below, coefficient.q if coefficient.is_Rational else 1)
    return term * denominator, denominator


def _factored(numerator: Expr) -> Any:
    return shortest((numerator, sympy.factor_terms(numerator)))
