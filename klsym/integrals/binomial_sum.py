"""Binomial theorem: the sum behind the binomial distribution.

sum of z**x / (x!*(n - x)!) over x = 0, 1, ..., n = (1 + z)**n / n!,  for every z > 0

The mean n*z/(1 + z) and the variance n*z/(1 + z)**2 of x follow by differentiation in log(z).  The
mean of log(x!) has no closed form; if n is a small number it is written out.

>>> from klsym import derive
>>> print(derive("KL(Binomial(n, a) || Binomial(n, b))"))
a*n*log(a/b) + n*(1 - a)*log((1 - a)/(1 - b))

Reference: Graham, Knuth and Patashnik, Concrete Mathematics (1994), section 5.1.
"""

from __future__ import annotations

from sympy import Expr, S, Symbol, log, loggamma

from klsym.canonical import exp_of, log_gamma_of
from klsym.integrals import finite_sum
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule

N, T = Symbol("n", integer=True, positive=True), Symbol("t", real=True)
LOG_NORMALISER = N * log(1 + exp_of(T)) - loggamma(N + 1)


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``t x - log x! - log (n - x)!`` on the integers from 0 to n."""
    x, n = integrand.variate, integrand.upper
    if not integrand.discrete or integrand.lower != 0 or n is S.Infinity:
        return None
    if not 2 <= len(integrand.carrier) <= 3:
        return None
    carrier = dict(integrand.carrier)
    for factorial in (log_gamma_of(x + 1), log_gamma_of(n - x + 1)):
        if carrier.pop(factorial, None) is not S.NegativeOne:
            return None
    if not carrier.keys() <= {x}:
        return None
    slope = carrier.get(x, S.Zero)
    kernel = Kernel(RULE.name, integrand, LOG_NORMALISER, {N: n, T: slope}, {x: (T, 1)})
    written = finite_sum.recognise(integrand)

    def few(statistic: Expr) -> Expr | None:
        if written is None or written.special is None or not statistic.has(loggamma, log):
            return None
        return written.special(statistic)

    return kernel.with_special(few)


RULE = Rule("binomial-sum", "binomial theorem", recognise)
