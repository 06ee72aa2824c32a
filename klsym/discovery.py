"""Leaves found by discovery: to add a family, a divergence, a rule or a slip is to add one file.

A leaf module holds one datum with a ``name`` under a constant that its package agrees on.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from importlib import import_module
from typing import Any


def discovered(package: str, path: Iterable[str], constant: str) -> dict[str, Any]:
    """The data that the modules of a package hold under ``constant``, by name.

    Raises ImportError if two of them claim one name or alias.
    """
    found: dict[str, Any] = {}
    claimed: dict[str, str] = {}
    for module in pkgutil.iter_modules(path):
        entry = getattr(import_module(f"{package}.{module.name}"), constant, None)
        if entry is None:
            continue
        for name in (entry.name, *getattr(entry, "aliases", ())):
            if name in claimed:
                raise ImportError(f"{name} is both in {claimed[name]} and in {module.name}")
            claimed[name] = module.name
        found[entry.name] = entry
    return found
