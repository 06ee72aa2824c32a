"""Normal distribution truncated to an interval.

p(x) = sqrt(2/pi)*exp(-(x - mu)**2/(2*sigma**2)) / (sigma*(erf(B) - erf(A))),  a < x < b,
with A = (a - mu)/(sigma*sqrt(2)) and B = (b - mu)/(sigma*sqrt(2))

``Truncated(Normal(mu, sigma), a, b)`` is the same; that also truncates from one side alone.

Parameters
    mu            mean before truncation
    sigma         standard deviation before truncation
    a             left end
    b             right end
    variance=...  for sigma: sigma**2
    loc=...       another name for mu
    scale=...     another name for sigma
    low=...       another name for a
    high=...      another name for b

Moments
    mean mu + sigma*sqrt(2/pi)
        *(exp(-(a - mu)**2/(2*sigma**2)) - exp(-(b - mu)**2/(2*sigma**2)))
        /(erf((b - mu)/(sigma*sqrt(2))) - erf((a - mu)/(sigma*sqrt(2))))

Elsewhere
    torch      not there
    TFP        TruncatedNormal(loc, scale, low, high)
    scipy      truncnorm((a - mu)/sigma, (b - mu)/sigma, mu, sigma)
    Stan       normal(mu, sigma) T[a, b]
    Wikipedia  mu, sigma**2, a, b

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 13.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="TruncatedNormal",
    parameters=(
        Parameter("mu", REAL, "mean before truncation"),
        Parameter("sigma", POSITIVE, "standard deviation before truncation"),
        Parameter("a", REAL, "left end"),
        Parameter("b", REAL, "right end"),
    ),
    density=(
        "sqrt(2/pi)*exp(-(x - mu)**2/(2*sigma**2))"
        "/(sigma*(erf((b - mu)/(sigma*sqrt(2))) - erf((a - mu)/(sigma*sqrt(2)))))"
    ),
    support="(a, b)",
    alternatives=(
        Alternative("variance", POSITIVE, "sigma", "sqrt(variance)", "sigma**2"),
        Alternative("loc", REAL, "mu", "loc", "mu"),
        Alternative("scale", POSITIVE, "sigma", "scale", "sigma"),
        Alternative("low", REAL, "a", "low", "a"),
        Alternative("high", REAL, "b", "high", "b"),
    ),
    constraints=("a < b",),
    aliases=("TruncNormal",),
)
