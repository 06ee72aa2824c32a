"""Growth: of several means that diverge, the one that grows fastest decides.

exp(x) outgrows every power of x, a power the lower ones, and a power every power of log(x)

so a sum of divergent means in which one outgrows all others diverges as that one does.  A mean of
log(p(x)/q(x)) is never minus infinity, since log(t) >= 1 - 1/t: if it diverges it is infinite.

>>> from klsym import derive
>>> derive("KL(Cauchy(m, g) || Gumbel(n, s))").reason
'the mean E_p[-n + x] diverges: 1 < 1 does not hold'

Reference: Kullback and Leibler (1951), lemma 3.1: log(p/q) is integrable from below.
"""

from __future__ import annotations

from collections.abc import Iterable

import sympy
from sympy import Expr, S, Symbol

from klsym.expectation import Expectation
from klsym.integrals.rule import Rule

RULE = Rule("growth", "the fastest growing mean decides")


def dominant(heads: Iterable[Expectation]) -> Expectation | None:
    """The mean whose integrand outgrows those of all others; None if two grow alike."""
    ranked = sorted(
        ((_growth(h.integrand, h.density.variate), h) for h in heads),
        key=lambda pair: pair[0],
        reverse=True,
    )
    if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
        return None
    return ranked[0][1]


def _growth(statistic: Expr, x: Symbol) -> tuple[int, float]:
    """A number for exponentials, powers and logs, and the degree."""
    if any(node.has(x) for node in statistic.atoms(sympy.exp)):
        return 3, 0.0
    plain = statistic.replace(sympy.Abs, lambda inside: inside)
    base, exponent = plain.as_base_exp()
    if exponent.is_number and base.is_polynomial(x):
        return 2, float(exponent) * float(sympy.degree(base, x))
    if not plain.has(sympy.log):
        return 2, 0.0
    return 1, float(exponent) if exponent.is_number else S.Zero
