"""A member of a family is its template with the parameters put for the letters."""

from __future__ import annotations

import random

import pytest
from sympy import Symbol

from klsym.domain.context import symbol_in
from klsym.families import families
from klsym.meaning.templates import template

LETTERS = "abcdefghkmnpqrstuvwxyzABCDXYZ"


@pytest.mark.parametrize("name", sorted(families()))
def test_a_density_is_its_template_with_other_letters(name: str) -> None:
    family, source = families()[name], random.Random(name)
    known = template(family)
    for _ in range(5):
        letter, *letters = source.sample(LETTERS, len(family.parameters) + 1)
        parameters = {
            parameter.name: symbol_in(other, parameter.domain)
            for parameter, other in zip(family.parameters, letters, strict=True)
        }
        variate = Symbol(letter, **known.variate.assumptions0)
        values = {known.letters[name]: symbol for name, symbol in parameters.items()}
        member = known.expression.xreplace({**values, known.variate: variate})
        assert known.at(parameters, variate) == member
