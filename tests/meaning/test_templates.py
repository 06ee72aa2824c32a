"""Renaming: a formula over other letters is what substituting them gives, to the order of terms."""

from __future__ import annotations

import random

import pytest
from sympy import Symbol

from klsym.domain.context import symbol_in
from klsym.families import families
from klsym.meaning.templates import renamed, template

LETTERS = "abcdefghkmnpqrstuvwxyzABCDXYZ"


@pytest.mark.parametrize("name", sorted(families()))
def test_renaming_a_density_is_substituting_its_letters(name: str) -> None:
    family, source = families()[name], random.Random(name)
    known = template(family)
    for _ in range(5):
        letter, *letters = source.sample(LETTERS, len(family.parameters) + 1)
        names = {
            known.letters[parameter.name]: symbol_in(other, parameter.domain)
            for parameter, other in zip(family.parameters, letters, strict=True)
        }
        names[known.variate] = Symbol(letter, **known.variate.assumptions0)
        assert renamed(known.expression, names) == known.expression.xreplace(names)
