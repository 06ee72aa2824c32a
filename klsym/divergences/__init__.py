"""Divergences and entropies, one file each, found by discovery: to add one is to add one file."""

from __future__ import annotations

from functools import cache

from klsym.discovery import discovered
from klsym.divergence import Divergence


@cache
def divergences() -> dict[str, Divergence]:
    """Every divergence, by name; each stands in a module of its own in this package.

    Raises ImportError if two of them claim one name.
    """
    return discovered(__name__, __path__, "DIVERGENCE")


@cache
def divergences_by_any_name() -> dict[str, Divergence]:
    """The same under their aliases too."""
    return {name: f for f in divergences().values() for name in (f.name, *f.aliases)}
