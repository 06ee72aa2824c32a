"""The distributions a claim is about, and what their parameters measure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from klsym.density import Density, Mixture
from klsym.diagnoses.editing import Edit
from klsym.diagnoses.slip import Claim
from klsym.diagnoses.trees import number, quotient, times
from klsym.expectation import DivergenceValue, Expectation, Law
from klsym.families import families_by_any_name
from klsym.integrals.engine import derive_closed_form
from klsym.syntax.tree import Binary, Node

INVERSE = frozenset({"rate", "scale"})
SPREAD = frozenset({"variance", "precision", "log_variance", "log_sd"})

SPELT = frozenset(
    {"sigma", "s", "v", "var", "variance", "sd", "std", "tau", "lv", "ls", "logvar", "logsd"}
)
"""What print has for a standard deviation, a variance, a precision or their logarithms."""


def laws_of(claim: Claim) -> tuple[Any, ...]:
    """The densities of one variate that a statement speaks of, in the order it names them."""
    if claim.stated is None:
        return ()
    found: dict[Any, None] = {}
    for value in _heads(claim.stated):
        for law in value.laws if isinstance(value, DivergenceValue) else (value.args[0],):
            if isinstance(law.density, (Density, Mixture)):
                found[law.density] = None
    return tuple(found)


def reciprocal(claim: Claim, place: Node) -> Edit:
    """A letter, or its power, turned into its inverse; across a stroke where there is one."""
    above = claim.above.get(id(place))
    if isinstance(above, Binary) and above.operator == "^" and above.left is place:
        return reciprocal(claim, above)
    if isinstance(above, Binary) and above.right is place and above.operator in "*/":
        build = times if above.operator == "/" else quotient
        return above, build(above.left, place)
    return place, quotient(number(1), place)


def _heads(stated: Any) -> Iterator[Any]:
    yield from sorted(stated.atoms(DivergenceValue, Expectation), key=str)


def _parts(claim: Claim) -> Iterator[Any]:
    for law in laws_of(claim):
        inner = getattr(law, "component", law)
        yield from (part for _, part in inner.components)


def spread_letters(claim: Claim) -> frozenset[str]:
    """The parameters that measure spread: those of families with a variance or a precision.

    Without such a distribution, those that print has for it, such as sigma.
    """
    found: set[str] = set()
    for density in _parts(claim):
        family = families_by_any_name().get(density.family or "")
        replaced = (
            {a.replaces for a in family.alternatives if a.keyword in SPREAD} if family else ()
        )
        for key, value in density.arguments.items():
            if key in SPREAD or key in replaced:
                found |= {s.name for s in value.free_symbols}
    known = claim.scope.context.domains
    return frozenset(found or (name for name in known if name.partition("_")[0] in SPELT))


def inverse_letters(claim: Claim) -> frozenset[str]:
    """The parameters of families that some give by a rate, and others by a scale."""
    found: set[str] = set()
    for density in _parts(claim):
        family = families_by_any_name().get(density.family or "")
        if family is None:
            continue
        known = {p.name for p in family.parameters} | {a.keyword for a in family.alternatives}
        if known >= INVERSE:
            for parameter in INVERSE & density.arguments.keys():
                found |= {s.name for s in density.arguments[parameter].free_symbols}
    return frozenset(found)


@lru_cache(maxsize=64)
def mean_of(law: Law, context: Any) -> Any:
    """The mean of a distribution of one variate in closed form; None if there is none."""
    mean = Expectation(law, law.density.variate)
    return derive_closed_form(mean, context).closed_form
