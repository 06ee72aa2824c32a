"""Families of distributions, one file each, found by discovery: to add one is to add one file."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from klsym.density import Family


@cache
def families() -> dict[str, Family]:
    """Every family of distributions, by name; each stands in a module of its own in this package.

    Raises ImportError if two of them claim one name.
    """
    found: dict[str, Family] = {}
    claimed: dict[str, str] = {}
    for module in pkgutil.iter_modules(__path__):
        entry: Family = import_module(f"{__name__}.{module.name}").FAMILY
        for name in (entry.name, *entry.aliases):
            if name in claimed:
                raise ImportError(f"{name} is both in {claimed[name]} and in {module.name}")
            claimed[name] = module.name
        found[entry.name] = entry
    return found


@cache
def families_by_any_name() -> dict[str, Family]:
    """The same under their aliases too."""
    return {name: f for f in families().values() for name in (f.name, *f.aliases)}
