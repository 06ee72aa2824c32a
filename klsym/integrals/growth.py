"""Growth: of several means that diverge, the one that grows fastest decides.

exp(x) outgrows every power of x, a power the lower ones, and a power every power of log(x)

so a sum of divergent means in which one outgrows all others diverges as that one does.  A mean of
log(p(x)/q(x)) is never minus infinity, since log(t) >= 1 - 1/t: if it diverges it is infinite.

>>> from klsym import derive
>>> derive("KL(Cauchy(m, g) || Gumbel(n, s))").reason
'the mean E_p[-n + x] diverges'

Reference: Kullback and Leibler (1951), lemma 3.1: log(p/q) is integrable from below.
"""

from __future__ import annotations

from collections.abc import Iterable

import sympy
from sympy import Expr, S, Symbol

from klsym.expectation import Expectation
from klsym.integrals.rule import Rule

RULE = Rule("growth", "the fastest growing mean decides")


def comparable(heads: Iterable[Expectation]) -> bool:
    """Whether of any two means one integrand outgrows the other, so that none can cancel."""
    ranks = [_growth(head.integrand, head.density.variate) for head in heads]
    return len(set(ranks)) == len(ranks)


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
