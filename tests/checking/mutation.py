"""What a slip of the pen, or a true rewriting, makes of a formula: for the tests and benchmarks.

A mutant changes one place of the formula: a sign, a factor of 2, pi or another letter, a term or
a factor dropped, an argument shifted, two parameters exchanged.  Whether it is true by accident is
for numbers to say, see `same_number`.  A rewriting is an identity on the domain.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

import sympy
from sympy import Rational, S

from klsym.domain import Context

OTHER_HEADS = {
    sympy.exp: lambda z: 1 + z,
    sympy.log: lambda z: sympy.log(z) ** 2,
    sympy.loggamma: sympy.digamma,
    sympy.gamma: sympy.loggamma,
    sympy.polygamma: lambda order, z: sympy.polygamma(order + 1, z),
    sympy.Abs: lambda z: z,
    sympy.erf: sympy.erfc,
    sympy.Max: sympy.Min,
}
FACTORS = (S.NegativeOne, S(2), S.Half, sympy.pi, 1 / sympy.pi)
SHIFTS = (S.One, S.NegativeOne, S.Half)


def mutants(formula: Any, count: int, seed: int = 0) -> list[Any]:
    """So many different mutants of a formula, fewer if there are no more; none contains nan."""
    chance = random.Random(seed)
    found: dict[Any, None] = {}
    for _ in range(40 * count):
        mutant = _mutant(formula, chance)
        if mutant != formula and not mutant.has(
            S.NaN, S.ComplexInfinity, sympy.oo, S.ImaginaryUnit
        ):
            found[mutant] = None
        if len(found) == count:
            break
    return list(found)


def _mutant(formula: Any, chance: random.Random) -> Any:
    nodes = list(_places(formula, ()))
    path, node = chance.choice(nodes)
    changes = list(_changes(node, formula, chance))
    changed = chance.choice(changes) if changes else node
    mutant = _put(formula, path, changed)
    symbols = sorted(formula.free_symbols, key=str)
    if len(symbols) > 1 and chance.random() < 0.12:
        one, other = chance.sample(symbols, 2)
        mutant = formula.xreplace({one: other, other: one})
    return mutant


def _places(node: Any, path: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], Any]]:
    yield path, node
    for index, arg in enumerate(node.args):
        if isinstance(arg, sympy.Expr):
            yield from _places(arg, (*path, index))


def _put(node: Any, path: Sequence[int], value: Any) -> Any:
    """The tree with one place replaced."""
    if not path:
        return value
    args = list(node.args)
    args[path[0]] = _put(args[path[0]], path[1:], value)
    return node.func(*args)


def _changes(node: Any, formula: Any, chance: random.Random) -> Iterator[Any]:
    if node.is_Rational:
        yield from (-node, node + 1, 2 * node, node / 2)
        return
    if node.is_Symbol or node.is_NumberSymbol:
        others = sorted(formula.free_symbols - {node}, key=str)
        if others:
            yield chance.choice(others)
        yield from (node**2, 1 / node)
    elif node.is_Add:
        yield from (node - arg for arg in node.args)
        yield from (node - 2 * arg for arg in node.args)
        yield from (node + 1, node - Rational(1, 2), node + sympy.log(2))
    elif node.is_Mul:
        yield from (node / arg for arg in node.args)
        yield from (node / arg**2 for arg in node.args)
    elif node.is_Pow:
        yield from (node.base, node.base ** (node.exp + 1), node.base ** (node.exp / 2))
    else:
        *others, inner = node.args
        yield from (node.func(*others, inner + shift) for shift in SHIFTS)
        yield from (node.func(*others, inner * factor) for factor in FACTORS[1:3])
        if type(node) in OTHER_HEADS:
            yield OTHER_HEADS[type(node)](*node.args)
    yield from (node * factor for factor in FACTORS)


def _log2(formula: Any) -> Any:
    two = sympy.log(2)
    return formula.replace(sympy.log, lambda z: two * (sympy.log(8 * z) / two - 3))


def _turned(formula: Any) -> Any:
    return formula.replace(sympy.log, lambda z: -sympy.log(1 / z, evaluate=False))


def _squared(formula: Any) -> Any:
    return formula.replace(sympy.log, lambda z: sympy.log(z**2, evaluate=False) / 2)


def _shifted(formula: Any) -> Any:
    formula = formula.replace(sympy.loggamma, lambda z: sympy.loggamma(z + 1) - sympy.log(z))
    formula = formula.replace(sympy.gamma, lambda z: sympy.gamma(z + 2) / (z * (z + 1)))
    return formula.replace(
        sympy.polygamma,
        lambda n, z: sympy.digamma(z + 1) - 1 / z if n == 0 else sympy.polygamma(n, z),
    )


def _by_gammas(formula: Any) -> Any:
    formula = formula.replace(
        sympy.beta, lambda a, b: sympy.gamma(a) * sympy.gamma(b) / sympy.gamma(a + b)
    )
    return formula.replace(sympy.loggamma, lambda z: sympy.log(sympy.gamma(z)))


def _collected(formula: Any) -> Any:
    logs = sorted(formula.atoms(sympy.log), key=str)
    return sympy.collect(sympy.expand(formula), logs) if logs else sympy.factor_terms(formula)


REWRITINGS: dict[str, Callable[[Any], Any]] = {
    "expanded": sympy.expand,
    "logarithms of quotients expanded": lambda e: sympy.expand_log(e, force=True),
    "over one denominator": sympy.together,
    "logarithms combined": lambda e: sympy.logcombine(e, force=True),
    "terms factored": sympy.factor_terms,
    "collected by logarithms": _collected,
    "logarithms to base 2": _log2,
    "quotients turned": _turned,
    "logarithms of squares": _squared,
    "gamma arguments shifted": _shifted,
    "beta and loggamma by gamma": _by_gammas,
}
"""Identities wherever the arguments of the logarithms are positive."""


def reparameterised(value: Any, context: Context) -> tuple[Any, Context]:
    """Every positive symbol as the square root or the reciprocal of another, in a wider context."""
    for index, symbol in enumerate(sorted(value.free_symbols, key=str)):
        if symbol.is_positive and not symbol.is_integer and not _tied(symbol, context):
            name = f"{symbol.name}_"
            context = context.declare(name, context.domains[symbol.name])
            other = context.symbol(name)
            value = value.xreplace({symbol: sympy.sqrt(other) if index % 2 else 1 / other})
    return value, context


def _tied(symbol: Any, context: Context) -> bool:
    tied = any(symbol in relation.free_symbols for relation in context.relations)
    return tied or str(context.domains[symbol.name]) != "positive"


def same_number(left: Any, right: Any, context: Context, seed: int = 11) -> bool:
    """Whether two expressions have the same 20 digits at twelve points, by mpmath alone.

    They have not where a logarithm is of what is negative, though the imaginary parts may cancel.
    """
    logs = [log.args[0] for log in right.atoms(sympy.log)]
    met = False
    for point in islice(context.points(seed=seed), 12):
        one = _digits(left, point, 40)
        if not one.is_comparable:
            continue  # a removable point, 0/0
        met = True
        if not _close(one, _digits(right, point, 40)):
            return False
        if not all(_digits(argument, point, 20).is_positive for argument in logs):
            return False
    return met


def _digits(expr: Any, point: Any, count: int) -> Any:
    # Substituted before, a power or a factorial of large numbers would be written out.
    try:
        return expr.evalf(count, subs=point)
    except ZeroDivisionError:
        return S.NaN


def _close(left: Any, right: Any) -> bool:
    if not (left.is_comparable and right.is_comparable):
        return False
    return bool(abs(left - right) <= sympy.Float(10) ** -20 * (1 + abs(left)))
