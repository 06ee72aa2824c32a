"""A family's density and support lowered once, over letters of its own.

Every member of the family is then that expression with its parameters for the letters, which is
a small part of the work of lowering the text again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cmp_to_key
from typing import Any

from sympy import Basic, Limit, exp, limit, log, nan, oo, zoo

from klsym.density import Family, Support
from klsym.domain import Context
from klsym.domain.context import symbol_in
from klsym.meaning.lowering import Scalars
from klsym.meaning.pieces import inner_support, parsed
from klsym.meaning.setting import variate
from klsym.meaning.sizes import largest_integer

LARGEST = 50
"""Larger numbers are not put for letters: lowering refuses, at its place, what is too large."""


@dataclass(frozen=True)
class Template:
    """A density and its support over the letters of the parameters and of the variate."""

    letters: Mapping[str, Any]
    variate: Any
    support: Support
    expression: Any

    def over(self, parameters: Mapping[str, Any]) -> Support:
        """The support of the member with these parameters."""
        values = {self.letters[name]: value for name, value in parameters.items()}
        lower, upper = (end.xreplace(values) for end in (self.support.lower, self.support.upper))
        return Support(lower, upper, self.support.discrete)

    def at(self, parameters: Mapping[str, Any], variate: Any) -> Any:
        """The density of the member with these parameters."""
        values = {self.letters[name]: value for name, value in parameters.items()}
        values[self.variate] = variate
        alike = len({*values.values()}) == len(values) and all(
            value.is_Symbol and value.assumptions0 == letter.assumptions0
            for letter, value in values.items()
        )
        return (renamed if alike else Basic.xreplace)(self.expression, values)

    def near(self, parameters: Mapping[str, Any], variate: Any) -> Any:
        """The density as its limit in one parameter, where it is 0/0; None if it has none."""
        for name, value in parameters.items():
            letter = self.letters[name]
            around = self.at({**parameters, name: letter}, variate)
            if value.is_number and not around.has(nan, zoo):
                found = limit(around, letter, value)
                return None if found.has(nan, zoo, oo, Limit) else found
        return None


def renamed(expr: Any, names: Mapping[Any, Any]) -> Any:
    """An expression with other letters for its letters, one for one and of the same kind.

    Nothing in it can then come together or simplify, and what sympy has found out about its parts
    holds of the new ones, so neither is tried again; only the order of terms goes by the letters.
    """
    if not expr.args:
        return names.get(expr, expr)
    args = [renamed(argument, names) for argument in expr.args]
    if expr.is_Add or expr.is_Mul:
        numbers = [argument for argument in args if argument.is_Number]
        rest = [argument for argument in args if not argument.is_Number]
        new = expr.func._from_args([*numbers, *sorted(rest, key=_CANONICAL)])
    elif isinstance(expr, (exp, log)) or (expr.is_Pow and not expr.base.is_Add):
        new = expr.func(*args, evaluate=False)
    else:
        return expr.func(*args)
    if expr._assumptions is not expr.default_assumptions:
        new._assumptions = expr._assumptions.copy()
    return new


_CANONICAL = cmp_to_key(Basic.compare)
"""The order in which sympy keeps terms and factors."""


@cache
def template(family: Family) -> Template:
    """A family's template, made on its first use."""
    letters = {p.name: symbol_in(p.name, p.domain) for p in family.parameters}
    names = frozenset({family.variate, *letters})
    scalars = Scalars(letters)
    support = inner_support(scalars, parsed(family.support, names))
    context = Context({p.name: p.domain for p in family.parameters})
    symbol = variate(family.variate, support.lower, support.upper, support.discrete, context)
    with scalars.binding({family.variate: symbol}):
        expression = scalars.scalar(parsed(family.density, names))
    return Template(letters, symbol, support, expression)


def fits(parameters: Mapping[str, Any]) -> bool:
    """Whether no parameter holds a number that has to be guarded against."""
    return all(p.is_Symbol or largest_integer(p) <= LARGEST for p in parameters.values())
