"""Change of variable to the logarithm: x = exp(u).

integral of f(x) over (a, b) = integral of f(exp(u))*exp(u) over (log(a), log(b))

An integrand in log(x) on the positive half-line becomes one in u on the real line: so the
log-normal reduces to the normal.  The statistics are then read back with log(x) for u.

>>> from klsym import derive
>>> derive("E(LogNormal(mu, sigma), x)").closed_form
exp(mu + sigma**2/2)

Reference: the substitution rule.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import S, Symbol, log

from klsym.integrals import gaussian, laplace
from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import Integrand, expand

U = Symbol("u", real=True)


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel over u = log(x), with its statistics read back as functions of x."""
    x = integrand.variate
    if integrand.discrete or integrand.lower != 0 or integrand.upper != S.Infinity:
        return None
    if not all(t.has(log(x)) for t in integrand.carrier):
        return None
    statistics = {t.xreplace({log(x): U}): c for t, c in integrand.carrier.items()}
    if any(t.has(x) for t in statistics):
        return None
    statistics = expand(statistics, U)
    statistics[U] = statistics.get(U, S.Zero) + 1
    changed = replace(
        integrand,
        variate=U,
        lower=-S.Infinity,
        upper=S.Infinity,
        statistics={t: c for t, c in statistics.items() if c != 0},
    )
    for master in (gaussian, laplace):
        kernel = master.recognise(changed)
        if kernel is not None:
            return _read_back(kernel, integrand)
    return None


def _read_back(kernel: Kernel, integrand: Integrand) -> Kernel:
    x, special = integrand.variate, kernel.special
    return replace(
        kernel,
        integrand=integrand,
        statistics={t.xreplace({U: log(x)}): entry for t, entry in kernel.statistics.items()},
        special=None
        if special is None
        else lambda statistic: special(statistic.xreplace({log(x): U})),
    )


RULE = Rule("logarithmic-change", "change of variable x = exp(u)", recognise)
