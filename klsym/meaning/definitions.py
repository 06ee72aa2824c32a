"""A divergence replaced by what it is defined to be."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sympy import Lambda

from klsym.density import Joint, Margins
from klsym.divergences import divergences
from klsym.domain import Context
from klsym.expectation import DivergenceValue
from klsym.meaning.heads import Heads
from klsym.meaning.setting import Setting
from klsym.syntax import parse
from klsym.syntax.names import Names
from klsym.syntax.tree import Node

LAWS = ("p", "q", "r")
"""What a definition calls the distributions, in order."""


def expand_definition(value: DivergenceValue, *, abstract: bool = False) -> Any:
    """The definition of a divergence, over the distributions it compares.

    ``abstract`` keeps a density at a point as the bare symbol ``p(x)``, as a definition is
    printed; otherwise the density's expression stands there.
    """
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
