"""From a definition to a closed form: one file per rule, found by discovery.

Nothing is looked up.  A divergence is replaced by its definition, the densities are put in, the
logarithm of their quotient is expanded, the mean is linear, each mean follows from a master
integral, and the result is collected into the form a textbook prints.
"""

from __future__ import annotations

from functools import cache

from klsym.discovery import discovered
from klsym.integrals.rule import Rule


@cache
def rules() -> dict[str, Rule]:
    """Every rule by name; raises ImportError if two modules claim one name."""
    return discovered(__name__, __path__, "RULE")


@cache
def master_integrals() -> tuple[Rule, ...]:
    """The rules that recognise an integral; those that reduce it to others come last."""
    masters = (rule for rule in rules().values() if rule.recognise is not None)
    return tuple(sorted(masters, key=lambda rule: rule.rank))
