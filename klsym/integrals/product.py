r"""Product: a divergence of products of independent distributions adds over the components.

KL(prod_j p_j || prod_j q_j) = sum_j KL(p_j || q_j)

since the log of the quotient of the products is the sum of the logs, and each mean is under one
component alone.  So do Jeffreys, the entropy, the cross-entropy and Renyi's divergence, the log of
a product of means.  The components carry the index; where they do not, they are equal, and the sum
is their number times one of them.

>>> from klsym import derive
>>> found = derive("KL(prod_j Exponential(a_j) || prod_j Exponential(b_j))")
>>> found.steps[0].rule
'product'
>>> print(found)
sum(log(a_j/b_j) + b_j/a_j - 1, j, 1, J)

Reference: Cover and Thomas, Elements of Information Theory (2006), theorem 2.5.3.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import sympy
from sympy import Expr

from klsym.canonical import parts, parts_of, replaced
from klsym.density import Product
from klsym.expectation import DivergenceValue, IndexSum, Law
from klsym.integrals.rule import Rule

RULE = Rule("product", "independent components add")


def by_components(expr: Expr) -> Expr:
    """The expression with each divergence of products as a sum over the components."""
    values = {value: _sum(value) for value in parts_of(expr, DivergenceValue)}
    return replaced(expr, values)


def _sum(value: DivergenceValue) -> Any:
    products = [law.density for law in value.laws if isinstance(law.density, Product)]
    if not products:
        return value
    laws = tuple(Law(_component(law.density)) for law in value.laws)
    over = products[0]
    one = DivergenceValue.of(value.name, laws, value.options)
    return IndexSum(one, over.index, over.lower, over.upper)


def _component(product: Product) -> Any:
    return replace(product.component, name=f"{product.name}_{product.index}")


def each_collected(expr: Expr, collect: Callable[[Expr], Expr]) -> Expr:
    """The expression collected, each sum by its summand, with a common factor before the sum."""
    sums = {part for part in parts(expr) if type(part) is IndexSum}
    if not sums:
        return collect(expr)
    names = {one: sympy.Dummy("sum", real=True) for one in sorted(sums, key=str)}
    outer = collect(replaced(expr, names))
    return replaced(outer, {name: _before(one, collect(one.body)) for one, name in names.items()})


def _before(one: IndexSum, body: Any) -> Any:
    """The sum of a collected summand, whose rational factor stands before it."""
    factor, rest = body.as_content_primitive()
    if factor == 1 or not body.is_Add:
        factor, rest = body.as_coeff_Mul()
    return factor * one.over(rest)
