"""Derivations and evidence as the JSON of the command line (``klsym/schema.json``)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from klsym.derivation import Derivation, Step
from klsym.verdict import Confirmation, Counterexample, Diagnosis, Proof
from klsym.writing.latex import latex
from klsym.writing.plain import plain, plain_point


def steps(derivation: Derivation) -> list[dict[str, Any]]:
    """The steps of a derivation, each with its rule and both sides."""
    sides = [side for step in derivation.steps for side in (step.before, step.after)]
    # What one step ends with the next begins with.
    shown = {side: (plain(side), latex(side)) for side in dict.fromkeys(sides)}
    return [_step(step, shown[step.before], shown[step.after]) for step in derivation.steps]


def _step(step: Step, before: tuple[str, str], after: tuple[str, str]) -> dict[str, Any]:
    return {
        "rule": step.rule,
        "before": before[0],
        "after": after[0],
        "latex": f"{before[1]} = {after[1]}",
        "conditions": conditions(step.conditions),
    }


def conditions(relations: Iterable[Any]) -> list[str]:
    """Conditions in plain notation, in the order given."""
    return [plain(relation) for relation in relations]


def counterexample(found: Counterexample | None) -> dict[str, Any] | None:
    """A counterexample with its point as strings of exact numbers; None for none."""
    if found is None:
        return None
    return {
        "point": plain_point(found.point),
        "statement": found.left,
        "formula": found.right,
        "difference": found.difference,
        "digits": found.digits,
        "defined": found.defined,
    }


def proof(found: Proof | None) -> dict[str, Any] | None:
    """The rules of a proof, each an identity, and how many cases; None for none."""
    return None if found is None else {"rules": list(found.rules), "cases": found.cases}


def diagnosis(slip: Diagnosis) -> dict[str, Any]:
    """A diagnosis with its proved repair, and where that differs from what was printed."""
    return {
        "name": slip.name,
        "help": slip.help,
        "repair": slip.repair,
        "amends": slip.amends,
        "changed": [{"start": span.start, "end": span.end} for span in slip.changed],
    }


def confirmation(found: Confirmation | None) -> dict[str, int] | None:
    """What quadrature confirmed; None where nothing was."""
    return None if found is None else {"digits": found.digits, "points": found.points}
