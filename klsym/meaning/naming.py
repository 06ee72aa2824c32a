"""Which family a name means, and the error for a name that means none."""

from __future__ import annotations

from difflib import get_close_matches

from klsym.density import Family
from klsym.divergences import divergences_by_any_name
from klsym.errors import KlsymError
from klsym.families import constructions, families_by_any_name
from klsym.meaning import functions
from klsym.syntax.tree import Call

VARIANCE_LETTERS = frozenset({"N"})
"""Letters under which papers write the normal distribution with its variance."""


def family_of(name: str) -> Family | None:
    """The family of that name or alias; ``N`` is the normal one."""
    table = families_by_any_name()
    if name in VARIANCE_LETTERS:
        return table.get("Normal")
    return table.get(name) or (table.get(name.capitalize()) if name in _LOWERED else None)


def names_distribution(name: str) -> bool:
    """Whether a name is that of a family, or of another way to make a distribution."""
    return family_of(name) is not None or name in constructions()


_LOWERED = frozenset({"gamma", "beta"})
"""Families whose names are those of functions, which a reader may have taken them for."""


def unknown_family(node: Call) -> KlsymError:
    """The error for a family klsym does not know, with the nearest it does."""
    if functions.is_function(node.function):
        return KlsymError(
            "distribution-expected",
            f"{node.function} is a function, and a distribution is expected here",
            span=node.span,
            help="a density by its expression needs its support: p(x) = exp(-x) on (0, oo)",
        )
    table = (*families_by_any_name(), *constructions())
    lowered = {name.lower(): name for name in table}
    near = get_close_matches(node.function.lower(), list(lowered), n=1)
    if not near and len(node.arguments) + len(node.separators) > 1:
        lowered = {name.lower(): name for name in divergences_by_any_name()}
        near = get_close_matches(node.function.lower(), list(lowered), n=1)
    return KlsymError(
        "unknown-family",
        f"unknown family {node.function}",
        span=node.span,
        help=f"did you mean {lowered[near[0]]}?" if near else "klsym list families",
    )
