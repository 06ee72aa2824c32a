"""Unit: a value in bits is the value in nats divided by log(2).

log_2(x) = log(x)/log(2), so 1 nat = 1/log(2) bits

Divergences that are means of logs have a unit: KL, Jeffreys, Jensen-Shannon, Renyi, Bhattacharyya
and the entropies.  Chi-squared, total variation and the like are numbers without one.

>>> from klsym import derive
>>> print(derive("H(Uniform(0, 8))", unit="bits"))
3

Reference: Cover and Thomas, Elements of Information Theory (2006), section 2.1.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy
from sympy import Dummy, Expr, S, log

from klsym.canonical import contains, replaced
from klsym.derivation import Derivation, Step
from klsym.divergences import divergences
from klsym.errors import KlsymError
from klsym.expectation import DivergenceValue
from klsym.integrals.rule import Rule

RULE = Rule("unit", "1 nat is 1/log(2) bits")

UNITS = ("nats", "bits")
_LOG_2 = log(2)
_LEAVE = "leave --unit out"


def in_unit(statement: Any, unit: str) -> Any:
    """The statement as a number of that unit; raises KlsymError ``unit`` if it has none."""
    if unit not in UNITS:
        raise KlsymError(
            "unit", f"expected a unit among {', '.join(UNITS)}, got unit={unit}", help="unit='bits'"
        )
    if unit == "nats":
        return statement
    values = statement.atoms(DivergenceValue)
    for value in values:
        if not divergences()[value.name].logarithmic:
            raise KlsymError("unit", f"{value.name} is a number without a unit", help=_LEAVE)
    factor = Dummy("k", positive=True)
    names = {value: Dummy("value") for value in values}
    once = replaced(statement, names)
    scaled = replaced(statement, {value: factor * name for value, name in names.items()})
    if not values or sympy.expand(scaled - factor * once) != 0:
        raise KlsymError(
            "unit",
            "the statement is no sum of divergences and entropies, which alone have a unit",
            help=_LEAVE,
        )
    return statement / log(2)


def nats_of(statement: Expr) -> Any:
    """What a statement in bits is in nats; None of any other statement."""
    if not contains(statement, _LOG_2):
        return None
    above, below = statement.as_numer_denom()
    return above / (below / _LOG_2) if below.has(_LOG_2) else None


def to_bits(derivation: Derivation, statement: Expr) -> Derivation:
    """A derivation in nats, and one step more to bits."""
    closed, scale = derivation.closed_form, 1 / log(2)
    steps = tuple(
        replace(step, before=step.before * scale, after=step.after * scale)
        for step in derivation.steps
    )
    if closed is None or closed is S.Infinity:
        return replace(derivation, statement=statement, steps=steps)
    short = in_logs_of_two(closed) * scale
    value = short if not short.has(log(2)) else closed * scale
    if value != closed * scale:
        steps = (*steps, Step(RULE.name, RULE.reason, closed * scale, value))
    return replace(derivation, statement=statement, steps=steps, closed_form=value)


def in_logs_of_two(closed: Expr) -> Any:
    """A number of nats with the logs of powers of two written as multiples of log(2)."""
    found = {
        node: sympy.expand_log(log(sympy.factorint(node.args[0], visual=True)), force=True)
        for node in closed.atoms(log)
        if node.args[0].is_Integer and node.args[0] > 0
    }
    return sympy.expand(replaced(closed, found))
