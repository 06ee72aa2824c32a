"""A family's density and support lowered once, over letters of its own.

Every member of the family is then that expression with its parameters for the letters, which is
a small part of the work of lowering the text again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sympy import Limit, limit, nan, oo, zoo

from klsym.canonical import is_renaming, renamed, replaced
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
        lower, upper = (replaced(end, values) for end in (self.support.lower, self.support.upper))
        return Support(lower, upper, self.support.discrete)

    def at(self, parameters: Mapping[str, Any], variate: Any) -> Any:
        """The density of the member with these parameters, None if it has none.

        Where it is 0/0 it is the limit in one parameter.
        """
        values = {self.letters[name]: value for name, value in parameters.items()}
        values[self.variate] = variate
        if is_renaming(values):
            return renamed(self.expression, values)
        density = replaced(self.expression, values)
        return self._near(values) if density.has(nan, zoo) else density

    def _near(self, values: Mapping[Any, Any]) -> Any:
        for letter, value in values.items():
            around = replaced(self.expression, {**values, letter: letter})
            if value.is_number and not around.has(nan, zoo):
                found = limit(around, letter, value)
                return None if found.has(nan, zoo, oo, Limit) else found
        return None


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
