"""The page of each family: its headings, its parameterisations and its moments are right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest
import sympy
from sympy import S

import klsym.families
from klsym.density import Family
from klsym.deriving import request_of
from klsym.equality.prove import prove
from klsym.families import constructions, families
from klsym.integrals.engine import derive_closed_form
from klsym.integrals.integrand import within_support
from klsym.verdict import Proof

MOMENT = re.compile(r"^    (?:(mean)|(variance)|E\[(.+?)\] =) (.+?)(?:, for .*)?$", re.MULTILINE)
KEYWORD = re.compile(
    r"^    (\w+)=\.\.\.\s+(?:for (\w+)(?:, with (\w+))?: (.+)|another name for (\w+))$",
    re.MULTILINE,
)
SOURCES = ("torch", "TFP", "scipy", "Stan", "Wikipedia")
PAGES = {
    page.FAMILY.name: page.__doc__
    for page in (
        import_module(f"klsym.families.{module.name}")
        for module in iter_modules(klsym.families.__path__)
    )
    if hasattr(page, "FAMILY")
}


def _call(family: Family, values: dict[str, str]) -> str:
    """The family with its parameters by name, but for those that ``values`` give otherwise."""
    roles = {a.keyword: a.replaces for a in family.alternatives}
    replaced = {roles.get(key, key) for key in values}
    given = {p.name: p.name for p in family.parameters if p.name not in replaced} | values
    arguments = (f"{name}={value}" for name, value in given.items())
    return f"{family.name}({', '.join(arguments)})"


def _moments() -> Iterator[tuple[str, str]]:
    for name, text in PAGES.items():
        law = _call(families()[name], {})
        for mean, variance, statistic, value in MOMENT.findall(
            (text or "").replace("\n        ", "")
        ):
            if mean or variance or statistic:
                yield f"Var({law}, x)" if variance else f"E({law}, {statistic or 'x'})", value


def _keywords() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Each keyword of each family, with the values at which it gives the family again."""
    for name, text in PAGES.items():
        found = KEYWORD.findall(text or "")
        inverse = {keyword: value or other for keyword, _, _, value, other in found}
        for keyword, _, beside, _, _ in found:
            values = {key: inverse[key] for key in (keyword, beside) if key}
            yield name, keyword, values


@pytest.mark.parametrize("name", sorted(families()))
def test_a_page_has_its_headings(name: str) -> None:
    lines = (PAGES[name] or "").splitlines()
    assert {"Moments", "Elsewhere"} <= set(lines)
    assert ("Parameters" in lines) == bool(families()[name].parameters)
    rows = {line.split()[0] for line in lines if line.startswith("    ") and line.strip()}
    assert rows >= {*SOURCES}
    assert any(line.startswith("Reference") for line in lines)


@pytest.mark.parametrize("name", sorted(families()))
def test_a_page_names_every_parameter_and_keyword(name: str) -> None:
    family, text = families()[name], PAGES[name] or ""
    described = {row[0] for row in KEYWORD.findall(text)}
    assert described >= {a.keyword for a in family.alternatives}
    for parameter in family.parameters:
        assert re.search(rf"^    {parameter.name}(=\.\.\.)?  ", text, re.MULTILINE)


@pytest.mark.parametrize("construction", {c.name: c for c in constructions().values()})
def test_the_page_of_a_construction_says_how_it_is_written(construction: str) -> None:
    (text,) = (
        page.__doc__ or ""
        for page in (
            import_module(f"klsym.families.{module.name}")
            for module in iter_modules(klsym.families.__path__)
        )
        if getattr(getattr(page, "CONSTRUCTION", None), "name", None) == construction
    )
    assert f"``{construction}(" in text
    assert "Elsewhere" in text


@pytest.mark.parametrize(("name", "keyword", "values"), list(_keywords()))
def test_a_keyword_gives_the_same_density(name: str, keyword: str, values: dict[str, str]) -> None:
    family = families()[name]
    keywords = ", ".join(f"{p.name}={p.name}" for p in family.parameters)
    request = request_of(f"KL({name}({keywords}) || {_call(family, values)})", (), (), (), False)
    first, second = (law.density for law in request.statement.args[1])
    assert first.support == second.support
    context = within_support(first, request.scope.context)
    left, right = first.expression, second.at(first.variate)
    proof = left == right or prove(left / right, S.One, context)
    assert proof is True or isinstance(proof, Proof) or sympy.simplify(left / right) == 1


@pytest.mark.parametrize(("statement", "value"), list(_moments()))
def test_a_moment_is_as_the_page_says(statement: str, value: str) -> None:
    request = request_of(statement, (value,), (), (), False)
    derivation = derive_closed_form(request.statement, request.scope.context)
    assert derivation.closed_form is not None
    context = derivation.context.assume(*derivation.conditions)
    stated = request.formulas[0].readings[0].expr
    assert isinstance(prove(derivation.closed_form, stated, context), Proof)
