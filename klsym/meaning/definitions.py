"""A divergence replaced by what it is defined to be."""

from __future__ import annotations

from typing import Any

from klsym.divergences import divergences
from klsym.domain import Context
from klsym.expectation import DivergenceValue
from klsym.meaning.heads import Heads
from klsym.meaning.setting import Setting
from klsym.syntax import parse
from klsym.syntax.names import Names

LAWS = ("p", "q", "r")
"""What a definition calls the distributions, in order."""


def expand_definition(value: DivergenceValue, *, abstract: bool = False) -> Any:
    """The definition of a divergence, over the distributions it compares.

    ``abstract`` keeps a density at a point as the bare symbol ``p(x)``, as a definition is
    printed; otherwise the density's expression stands there.
    """
    divergence = divergences()[value.name]
    options = value.options
    text = divergence.definition
    for option in divergence.options:
        if option.flag and option.name in options:
            text = divergence.variants.get(option.name, text)
    names = {o.name: options[o.name] for o in divergence.options if o.name in options}
    laws = dict(zip(LAWS, value.laws, strict=False))
    tree = parse(text, Names(frozenset({"x", *names}), frozenset(laws))).tree
    setting = Setting(Context())
    setting.names.update(names)
    setting.laws.update({name: law.density for name, law in laws.items()})
    return Heads(setting, abstract=abstract).scalar(tree)
