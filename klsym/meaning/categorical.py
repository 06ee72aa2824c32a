"""Categorical distributions: a probability for each outcome, numbered from 1 or named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy

from klsym.density import Density, Support
from klsym.errors import KlsymError, Span
from klsym.meaning.lowering import require_real
from klsym.syntax.tree import Call

if TYPE_CHECKING:
    from klsym.meaning.laws import Laws

HELP = "such as Categorical(p_1, p_2, p_3), or Categorical(a=p, b=1 - p)"


def categorical(laws: Laws, node: Call) -> Density:
    """The distribution over outcomes that a call gives the probabilities of.

    An outcome of probability 0 has none of the mass.  Raises KlsymError for a probability that is
    negative or exceeds 1, and for probabilities that do not sum to 1; where that cannot be told
    it is assumed.
    """
    trees = [*node.arguments, *(tree for _, tree in node.keywords)]
    if not trees or (node.arguments and node.keywords):
        message = "the outcomes are either all named or all numbered"
        raise KlsymError("outcome-names", message, span=node.span, help=HELP)
    values = [_probability(laws, require_real(laws.scalar(t), t.span), t.span) for t in trees]
    _require_mass(laws, values, node.span)
    places = _places(laws, node)
    given = {place: value for place, value in zip(places, values, strict=True) if value != 0}
    lower, upper = min(given), max(given)
    x = sympy.Symbol(laws.setting.letter("x"), integer=True, positive=True)
    cases = [(given.get(k, sympy.S.Zero), sympy.Eq(x, k)) for k in range(lower, upper)]
    names = [f"{key}=" for key, _ in node.keywords] or [""] * len(values)
    shown = ", ".join(f"{name}{value}" for name, value in zip(names, values, strict=True))
    return Density(
        x,
        Support(sympy.Integer(lower), sympy.Integer(upper), True),
        sympy.Piecewise(*cases, (given[upper], True)),
        f"{node.function}({shown})",
        family="Categorical",
    )


def _probability(laws: Laws, value: Any, span: Span) -> Any:
    message = f"a probability is {value}, and must be between 0 and 1"
    if not value.is_zero:
        laws.setting.require(value > 0, message, span, HELP)
    laws.setting.require(value <= 1, message, span, HELP)
    return value


def _require_mass(laws: Laws, values: list[Any], span: Span) -> None:
    total = sympy.cancel(sympy.Add(*values))
    relation = sympy.Eq(total, 1)
    laws.setting.require(
        relation, f"the probabilities sum to {total}, not 1", span, "divide each by their sum"
    )


def _places(laws: Laws, node: Call) -> list[int]:
    """The numbers of the outcomes; a name keeps its number throughout a request."""
    if not node.keywords:
        return list(range(1, len(node.arguments) + 1))
    outcomes = laws.setting.outcomes
    for name, _ in node.keywords:
        outcomes.setdefault(name, len(outcomes) + 1)
    laws.setting.notes[:] = [n for n in laws.setting.notes if not n.startswith("outcomes")]
    laws.setting.note("outcomes " + ", ".join(f"{name} is {k}" for name, k in outcomes.items()))
    return [outcomes[name] for name, _ in node.keywords]
