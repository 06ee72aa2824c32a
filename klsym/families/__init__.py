"""Families of distributions, one file each, found by discovery: to add one is to add one file."""

from __future__ import annotations

from functools import cache

from klsym.density import Construction, Family
from klsym.discovery import discovered


@cache
def families() -> dict[str, Family]:
    """Every family of distributions, by name; each stands in a module of its own in this package.

    Raises ImportError if two of them claim one name.
    """
    return discovered(__name__, __path__, "FAMILY")


@cache
def families_by_any_name() -> dict[str, Family]:
    """The same under their aliases too, and families of joint distributions."""
    everything = (*families().values(), *joint_families().values())
    return {name: f for f in everything for name in (f.name, *f.aliases)}


@cache
def joint_families() -> dict[str, Family]:
    """Every family of joint distributions of two variates, by name."""
    return discovered(__name__, __path__, "JOINT")


@cache
def constructions() -> dict[str, Construction]:
    """Distributions that no list of parameters describes, by name and alias."""
    found = discovered(__name__, __path__, "CONSTRUCTION")
    return {name: c for c in found.values() for name in (c.name, *c.aliases)}
