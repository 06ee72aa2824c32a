"""Truncation: the part of a distribution that lies in an interval, over its mass.

The mass stands as the mean of 1 over the part; :mod:`klsym.integrals.truncation` finds it.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import sympy

from klsym.density import Density, Mixture, Support
from klsym.errors import KlsymError
from klsym.expectation import Expectation, Law
from klsym.meaning.lowering import require_real
from klsym.meaning.places import exact
from klsym.meaning.setting import variate
from klsym.syntax.tree import Call, Node

if TYPE_CHECKING:
    from klsym.meaning.laws import Laws

ENDS = ("lower", "upper")
ADVICE = "the ends are in order, and lie within the support"
HELP = "such as Truncated(Normal(mu, sigma), 0, oo), or lower=0 alone"


def truncated(laws: Laws, node: Call) -> Density | Mixture:
    """The truncation that a call makes.

    Raises KlsymError for arguments that do not fit, and where the interval holds no mass.
    """
    if not node.arguments:
        raise _misfit(f"{node.function} truncates a distribution", node)
    base = laws.component(node.arguments[0])
    given = _ends(node)
    if len(base.components) == 1:
        return _cut(laws, base.components[0][1], given, node)[0]
    cuts = [(w, *_cut(laws, part, given, node)) for w, part in base.components]
    total = sympy.Add(*(weight * mass for weight, _, mass in cuts))
    support = cuts[0][1].support
    label = f"Truncated({base.label}, {support.lower}, {support.upper})"
    return Mixture(tuple((weight * mass / total, part) for weight, part, mass in cuts), label)


def arguments(node: Call) -> tuple[Node | None, dict[str, Node]]:
    """The tree of the distribution in a truncation, and those of its ends."""
    ends = dict(zip(ENDS, node.arguments[1:], strict=False)) | dict(node.keywords)
    return (node.arguments[0] if node.arguments else None), ends


def least_end(node: Call) -> Fraction | None:
    """The lower end of a truncation, where it is a number from 0 on."""
    lower = arguments(node)[1].get("lower")
    value = None if lower is None else exact(lower)
    return value if value is not None and value >= 0 else None


def _misfit(message: str, node: Node) -> KlsymError:
    return KlsymError("truncation-ends", message, span=node.span, help=HELP)


def _ends(node: Call) -> dict[str, Node]:
    given = dict(zip(ENDS, node.arguments[1:], strict=False))
    if len(node.arguments) > 3:
        raise _misfit(f"{node.function} takes a distribution and two ends", node.arguments[3])
    for keyword, tree in node.keywords:
        if keyword not in ENDS:
            raise _misfit(f"{node.function} has no {keyword}, but lower and upper", tree)
        if keyword in given:
            raise _misfit(f"the {keyword} end is given twice", tree)
        given[keyword] = tree
    if not given:
        raise _misfit(f"{node.function} needs an end", node)
    return given


def _cut(laws: Laws, base: Density, given: dict[str, Node], node: Call) -> tuple[Density, Any]:
    """The truncation of one density, and the mass of the part that it keeps."""
    setting, discrete = laws.setting, base.support.discrete
    ends = {"lower": base.support.lower, "upper": base.support.upper}
    wanted = dict(ends)
    for name, tree in given.items():
        wanted[name] = require_real(laws.scalar(tree), tree.span)
        ends[name] = _end(laws, base, name, tree)
    lower, upper = ends["lower"], ends["upper"]
    relation = lower <= upper if discrete else lower < upper
    empty = f"{base.label} has no mass between {wanted['lower']} and {wanted['upper']}"
    setting.require(relation, empty, node.span, ADVICE)
    support = Support(lower, upper, discrete)
    x = variate(base.variate.name, lower, upper, discrete, setting.context)
    part = replace(base, variate=x, support=support, expression=base.at(x), name="f", whole=False)
    mass = Expectation(Law(part), sympy.S.One)
    cut = replace(
        part,
        expression=part.expression / mass,
        label=f"Truncated({base.label}, {lower}, {upper})",
        family="Truncated" if base.family else None,
        arguments={},
        whole=True,
    )
    return cut, mass


def _end(laws: Laws, base: Density, name: str, tree: Node) -> Any:
    """An end of the interval, within the support."""
    value = require_real(laws.scalar(tree), tree.span)
    setting, support = laws.setting, base.support
    if support.discrete and value.is_finite is not False:
        if value.is_number:
            value = sympy.ceiling(value) if name == "lower" else sympy.floor(value)
        if not value.is_integer:
            raise KlsymError(
                "truncation-ends",
                f"{base.label} lives on the integers, and {value} may be none",
                span=tree.span,
                help=f"--let '{value} integer'",
            )
    own = support.lower if name == "lower" else support.upper
    beyond = value <= own if name == "lower" else value >= own
    if value == own or beyond == sympy.true or setting.context.holds(beyond):
        return own
    within = value >= own if name == "lower" else value <= own
    setting.require(within, f"{value} lies outside the support", tree.span, HELP)
    return value
