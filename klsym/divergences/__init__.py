"""Divergences and entropies, one file each, found by discovery: to add one is to add one file."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from klsym.divergence import Divergence


@cache
def divergences() -> dict[str, Divergence]:
    """Every divergence, by name; each stands in a module of its own in this package.

    Raises ImportError if two of them claim one name.
    """
    found: dict[str, Divergence] = {}
    claimed: dict[str, str] = {}
    for module in pkgutil.iter_modules(__path__):
        entry: Divergence = import_module(f"{__name__}.{module.name}").DIVERGENCE
        for name in (entry.name, *entry.aliases):
            if name in claimed:
                raise ImportError(f"{name} is both in {claimed[name]} and in {module.name}")
            claimed[name] = module.name
        found[entry.name] = entry
    return found


@cache
def divergences_by_any_name() -> dict[str, Divergence]:
    """The same under their aliases too."""
    return {name: f for f in divergences().values() for name in (f.name, *f.aliases)}
