"""How long a form is, and the shortest of several equal ones."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import sympy
from sympy import Expr, S

from klsym.canonical import counted, factored, operations, parts, product_of, sum_of
from klsym.canonical.operations import starts_with_minus


def length(expr: Expr) -> tuple[int, int]:
    """How long a form is: its operations, then its reciprocals."""
    return operations(expr), len(reciprocals(expr))


@lru_cache(maxsize=10_000)
def reciprocals(expr: Expr) -> frozenset[Any]:
    """The powers with a minus in their exponents that stand in an expression."""
    found = frozenset().union(*map(reciprocals, expr.args))
    return found | {expr} if expr.is_Pow and starts_with_minus(expr.exp) else found


def shortest(forms: Iterable[Expr], sizes: Mapping[Any, int] | None = None) -> Any:
    """The shortest of several equal forms; the first of them if they are equally long.

    A letter may stand for something that is written with as many operations as its size says.
    """
    forms = list(forms)
    counts = [operations(form) for form in forms]
    if sizes:
        letters = [[n for n in parts(form) if n.is_Symbol and n in sizes] for form in forms]
        more = [sum([sizes[letter] for letter in each]) for each in letters]
        counts = [count + extra for count, extra in zip(counts, more, strict=True)]
    best = [form for form, count in zip(forms, counts, strict=True) if count == min(counts)]
    return best[0] if len(best) == 1 else min(best, key=lambda form: len(reciprocals(form)))


def in_factors(expr: Expr) -> Any:
    """The factors of a rational function; a sum of symbols and a number has but itself."""
    if not expr.is_Add:
        return factored(expr)
    terms = [counted(term) for term in expr.args]
    if any(not (rest.is_Symbol or rest is S.One) for _, rest in terms):
        return factored(expr)
    below = math.lcm(*[number.q for number, _ in terms])
    above = math.gcd(*[number.p for number, _ in terms])
    return expr if above == below == 1 else factored(expr)


def opposite(product: Expr) -> Any:
    """The negative of a product, taken into one of its sums where it has one."""
    factors = list(sympy.Mul.make_args(product))
    sums = [i for i, factor in enumerate(factors) if factor.is_Add]
    if not sums:
        return product_of(-1, product)
    factors[sums[0]] = product_of(-1, factors[sums[0]])
    return product_of(*factors)


def gathered(total: Expr) -> Any:
    """A sum with a factor that some of its terms share taken out of them, if that is shorter.

    The factor is a letter, or what stands below a fraction.

    >>> from sympy import symbols
    >>> a, b, k = symbols("a b k")
    >>> gathered(a * k - b * k + b), gathered(a / k - b / k)
    (b + k*(a - b), (a - b)/k)
    """
    forms = [total]
    factors_of = [term.args if term.is_Mul else (term,) for term in total.args]
    counts: dict[Any, int] = {}
    for factor in [f for factors in factors_of for f in factors]:
        if factor.is_Symbol or (factor.is_Pow and factor.exp.is_negative):
            counts[factor] = counts.get(factor, 0) + 1
    for shared in sorted((f for f, n in counts.items() if n > 1), key=sympy.default_sort_key):
        inside: list[Any] = []
        rest: list[Any] = []
        for term, factors in zip(total.args, factors_of, strict=True):
            if shared in factors:
                inside.append(product_of(*[factor for factor in factors if factor != shared]))
            else:
                rest.append(term)
        forms.append(sum_of(product_of(shared, sum_of(*inside)), *rest))
    return shortest(forms)
