"""Log-Laplace distribution: the exponential of a Laplace variate.

p(x) = exp(-|log(x) - mu|/b)/(2*b*x),  x > 0

Parameters
    mu          median of log(x)
    b           scale of log(x)
    median=...  for mu: exp(mu)
    shape=...   for b: 1/b

Moments
    mean exp(mu)/(1 - b**2), for b < 1
    E[log(x)] = mu

Elsewhere
    torch      not there
    TFP        not there
    scipy      loglaplace(1/b, scale=exp(mu))
    Stan       not there
    Wikipedia  mu, b

>>> from klsym import derive
>>> print(derive("E(LogLaplace(m, b), log(x))"))
m

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 24.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="LogLaplace",
    parameters=(
        Parameter("mu", REAL, "median of log(x)"),
        Parameter("b", POSITIVE, "scale of log(x)"),
    ),
    density="exp(-abs(log(x) - mu)/b)/(2*b*x)",
    support="(0, oo)",
    alternatives=(
        Alternative("median", POSITIVE, "mu", "log(median)", "median, exp(mu)"),
        Alternative("shape", POSITIVE, "b", "1/shape", "1/b"),
    ),
)
