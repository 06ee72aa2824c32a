"""What all changes of variable share: the kernel over the new variable, read back."""

from __future__ import annotations

from dataclasses import replace

from sympy import S

from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Carry, Kernel, Part
from klsym.integrals.recognition import recognise
from klsym.integrals.rule import Rule

DEEPEST = 3
"""Changes of variable that may follow one another."""


def changed(rule: Rule, integrand: Integrand, inner: Integrand, carry: Carry) -> Kernel | None:
    """The kernel of an integrand from that of ``inner``, the same over another variable."""
    if rule.name in integrand.changes or len(integrand.changes) >= DEEPEST:
        return None
    statistics = {t: c for t, c in inner.statistics.items() if c != 0}
    inner = replace(inner, statistics=statistics, changes=(*integrand.changes, rule.name))
    kernel = recognise(inner)
    if kernel is None:
        return None
    return Kernel(
        rule.name,
        integrand,
        S.Zero,
        {},
        conditions=kernel.conditions,
        parts=(Part(kernel, carry),),
    )
