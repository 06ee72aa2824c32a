"""A divergence replaced by what it is defined to be."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sympy import Dummy, Lambda, S

from klsym.canonical import replaced
from klsym.density import Density, Joint, Margins, Support
from klsym.divergences import divergences
from klsym.domain import Context
from klsym.expectation import DivergenceValue, Law
from klsym.meaning.heads import Heads
from klsym.meaning.setting import Setting
from klsym.syntax import parse
from klsym.syntax.names import Names
from klsym.syntax.tree import Node

LAWS = ("p", "q", "r")
"""What a definition calls the distributions, in order."""


@lru_cache(maxsize=64)
def expand_definition(value: DivergenceValue, *, abstract: bool = False) -> Any:
    """The definition of a divergence, over the distributions it compares.

    ``abstract`` keeps a density at a point as the bare symbol ``p(x)``, as a definition is
    printed; otherwise the density's expression stands there.
    """
    joint = any(isinstance(law.density, (Joint, Margins)) for law in value.laws)
    if abstract and not value.options and not joint:
        laws, definition = _pattern(value.name, len(value.laws))
        return replaced(definition, _filling(laws, value.laws))
    return _lowered(value, abstract)


def _filling(laws: tuple[Law, ...], values: tuple[Law, ...]) -> dict[Any, Any]:
    """The distributions that stand for those of a pattern, each with its variate."""
    pairs = list(zip(laws, values, strict=True))
    variates = {law.density.variate: value.density.variate for law, value in pairs}
    return {**dict(pairs), **variates}


@lru_cache(maxsize=256)
def _pattern(name: str, arity: int) -> tuple[tuple[Law, ...], Any]:
    """The definition of a divergence without options, over distributions of which nothing is known.

    Each definition is lowered once, whatever it is asked for.
    """
    line = Support(S.NegativeInfinity, S.Infinity)
    laws = tuple(
        Law(Density(Dummy("x", real=True), line, Dummy("density", positive=True), law, law))
        for law in LAWS[:arity]
    )
    return laws, _lowered(DivergenceValue.of(name, laws, {}), True)


def _lowered(value: DivergenceValue, abstract: bool) -> Any:
    options = value.options
    names = {name: value for name, value in options.items() if not isinstance(value, Lambda)}
    functions = {name: value for name, value in options.items() if isinstance(value, Lambda)}
    laws = dict(zip(LAWS, value.laws, strict=False))
    known = Names(frozenset({"x", *names}), frozenset({*laws, *functions}))
    setting = Setting(Context())
    setting.names.update(names)
    setting.functions.update(functions)
    for name, law in laws.items():
        table: dict[str, Any] = (
            setting.joints if isinstance(law.density, (Joint, Margins)) else setting.laws
        )
        table[name] = law.density
    return Heads(setting, abstract=abstract).scalar(_tree(definition_text(value), known))


@lru_cache(maxsize=256)
def _tree(definition: str, names: Names) -> Node:
    """A definition, read on its first use."""
    return parse(definition, names).tree


def definition_text(value: DivergenceValue) -> str:
    """The text that defines a divergence with these options."""
    divergence = divergences()[value.name]
    text = divergence.definition
    for option in divergence.options:
        if option.name in value.options:
            text = divergence.variants.get(option.name, text)
    return limit_of(value) or text


def limit_of(value: DivergenceValue) -> str | None:
    """The limit that stands for the definition where an option's value leaves it none."""
    for option in divergences()[value.name].options:
        limit = option.limits.get(str(value.options.get(option.name)))
        if limit is not None:
            return limit
    return None
