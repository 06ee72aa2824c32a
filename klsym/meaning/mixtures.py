"""Mixtures: weighted sums of densities over one support."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sympy

from klsym.density import Density, Mixture
from klsym.errors import KlsymError, Span
from klsym.meaning.setting import Setting


def mixture(parts: Sequence[tuple[Any, Density, Span]], setting: Setting, span: Span) -> Mixture:
    """The mixture of densities with these weights, each with the place where it stands.

    Raises KlsymError for supports that differ, a weight that is not positive, and weights that do
    not sum to 1, unless the setting scales them.
    """
    first = parts[0][1]
    components = []
    for weight, density, place in parts:
        if density.support != first.support:
            raise KlsymError(
                "mixture-support",
                f"{density.label} lives elsewhere than {first.label}",
                span=place,
                help="the components of a mixture share one support",
            )
        setting.require(
            sympy.StrictGreaterThan(weight, 0),
            "the weights of a mixture are positive",
            place,
            "such as w*Normal(0, 1) + (1 - w)*Normal(1, 1)",
        )
        moved = replace(density, variate=first.variate, expression=density.at(first.variate))
        components.append((weight, moved))
    mass = _simplest(sympy.Add(*(w for w, _ in components)))
    written = " + ".join(d.label if w == 1 else f"{_factor(w)}*{d.label}" for w, d in components)
    if mass == 1:
        return Mixture(tuple(components), written)
    if not setting.normalise:
        raise KlsymError(
            "mixture-mass",
            f"the weights of this mixture sum to {mass}, not 1",
            span=span,
            help="divide each weight by their sum",
        )
    setting.note(f"{written} has mass {mass} and is normalised")
    scaled = tuple((_simplest(w / mass), d) for w, d in components)
    return Mixture(scaled, f"({written})/{_factor(mass)}", mass=mass)


def _simplest(value: Any) -> Any:
    try:
        return sympy.cancel(value)
    except sympy.PolynomialError:
        return value


def _factor(value: Any) -> str:
    return f"({value})" if value.is_Add else str(value)
