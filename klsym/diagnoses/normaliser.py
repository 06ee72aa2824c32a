r"""Normaliser: the constant that makes a density integrate to 1 is missing, or upside down.

>>> from klsym import check
>>> result = check("H(Gamma(k, rate=b))", "k - log(b) + (1 - k)*digamma(k)")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('normaliser', 'k - log(b) + (1 - k)*digamma(k) + loggamma(k)')

Seen in: proback/BeyondMLR issue 13.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator
from typing import Any

import sympy

from klsym.diagnoses.constants import constant_of
from klsym.diagnoses.laws import laws_of
from klsym.diagnoses.remainder import ratio
from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.diagnoses.trees import minus, plain, plus, times
from klsym.diagnoses.values import each
from klsym.numerics.arithmetic import divide
from klsym.writing.plain import plain as in_plain

SPECIAL = (sympy.loggamma, sympy.gamma, sympy.beta, sympy.besseli, sympy.besselk, sympy.zeta)


def amendments(claim: Claim) -> Iterator[Amendment]:
    """The formula with the log of a normaliser, or of a part of one, put in; then a density."""
    wanted, tree = claim.needed(claim.formula_tree), claim.formula_tree
    if wanted is None:
        return
    lacking = each(operator.sub, wanted, claim.values.of(tree))
    for law in laws_of(claim):
        for part in _log_normalisers(law):
            multiple = constant_of(each(divide, lacking, claim.values.of_expression(part)))
            if multiple not in ("1", "-1", "2", "-2"):
                continue
            written = in_plain(sympy.Integer(multiple) * part)
            absent = multiple in ("1", "-1")
            told = f"the log of the normaliser of {law.label}, {in_plain(part)}, "
            told += "is missing" if absent else "has the wrong sign"
            missing = plain(written.removeprefix("-"))
            build = minus if written.startswith("-") else plus
            yield Amendment(told, ((tree, build(tree, missing)),))
    yield from _density(claim)


def _log_normalisers(law: Any) -> Iterator[Any]:
    """The logarithm of a normaliser, and those of its factors that are special functions."""
    expression = getattr(law, "expression", None)
    if expression is None:
        return
    factors = [f for f in sympy.Mul.make_args(expression) if law.variate not in f.free_symbols]
    logs = [
        sympy.expand_log(sympy.log(factor), force=True).replace(sympy.log, _log)
        for factor in factors
    ]
    logs = [log for log in logs if log.free_symbols]
    if len(logs) > 1:
        yield sympy.Add(*logs)
    for log in logs:
        if log.has(*SPECIAL):
            yield log


def _log_of(factor: Any) -> Any:
    return sympy.expand_log(sympy.log(factor), force=True).replace(sympy.log, _log)


def _log(argument: Any) -> Any:
    is_gamma = isinstance(argument, sympy.gamma)
    return sympy.loggamma(argument.args[0]) if is_gamma else sympy.log(argument)


def _density(claim: Claim) -> Iterator[Amendment]:
    """A density with a factor that does not depend on its variate put in."""
    if not any(_is_of(law, claim) for law in claim.scope.laws.values()):
        return
    found = ratio(claim)
    if found is None or not found.value.free_symbols:
        return
    told = f"the normaliser lacks the factor {in_plain(found.value)}"
    factor = plain(in_plain(found.value))
    yield Amendment(told, ((claim.formula_tree, times(factor, claim.formula_tree)),))


def _is_of(law: Any, claim: Claim) -> bool:
    """Whether the statement is a density at one of the symbols."""
    expression = getattr(law, "expression", None)
    if expression is None:
        return False
    points = claim.context.symbols
    return any(expression.xreplace({law.variate: x}) == claim.closed_form for x in points)


DIAGNOSIS = Slip("normaliser", "formula", 3, amendments)
