"""The moments a family's page states are those that are derived."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest

import klsym.families
from klsym.density import Family
from klsym.deriving import request_of
from klsym.equality.prove import prove
from klsym.integrals.engine import derive_closed_form
from klsym.verdict import Proof

LINE = re.compile(r"^    (?:(mean)|(variance)|E\[(.+?)\] =) (.+?)(?:, for .*)?$", re.MULTILINE)


def _claims() -> Iterator[tuple[str, str]]:
    for module in iter_modules(klsym.families.__path__):
        page = import_module(f"klsym.families.{module.name}")
        family: Family = page.FAMILY
        arguments = (f"{p.name}={p.name}" if p.keyword_only else p.name for p in family.parameters)
        law = f"{family.name}({', '.join(arguments)})"
        for mean, variance, statistic, value in LINE.findall(page.__doc__ or ""):
            head = f"Var({law}, x)" if variance else f"E({law}, {statistic or 'x'})"
            if mean or variance or statistic:
                yield head, value.replace("E[cos(x)] = ", "").replace("E[sin(x)] = ", "")


@pytest.mark.parametrize(("statement", "value"), list(_claims()))
def test_a_moment_is_as_the_page_says(statement: str, value: str) -> None:
    request = request_of(statement, (value,), (), (), False)
    derivation = derive_closed_form(request.statement, request.scope.context)
    assert derivation.closed_form is not None
    context = derivation.context.assume(*derivation.conditions)
    stated = request.formulas[0].readings[0].expr
    assert isinstance(prove(derivation.closed_form, stated, context), Proof)
