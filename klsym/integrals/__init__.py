"""From a definition to a closed form: one file per rule, found by discovery.

Nothing is looked up.  A divergence is replaced by its definition, the densities are put in, the
logarithm of their quotient is expanded, the mean is linear, each mean follows from a master
integral, and the result is collected into the form a textbook prints.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from klsym.integrals.rule import Rule


@cache
def rules() -> dict[str, Rule]:
    """Every rule by name; raises ImportError if two modules claim one name."""
    found: dict[str, Rule] = {}
    for module in pkgutil.iter_modules(__path__):
        rule = getattr(import_module(f"{__name__}.{module.name}"), "RULE", None)
        if isinstance(rule, Rule):
            if rule.name in found:
                raise ImportError(f"two rules are named {rule.name}")
            found[rule.name] = rule
    return found


@cache
def master_integrals() -> tuple[Rule, ...]:
    """The rules that recognise an integral; those that reduce it to others come last."""
    masters = (rule for rule in rules().values() if rule.recognise is not None)
    return tuple(sorted(masters, key=lambda rule: rule.rank))
