r"""Truncation of a distribution to an interval, renormalised.

p(x) = f(x)/P(a < X < b),  a < x < b,  where X has the density f

``Truncated(Normal(mu, sigma), 0, oo)`` is the normal distribution on the positive half-line;
``lower=0`` alone says the same, and ``upper=c`` keeps what lies below c.  Any distribution can be
truncated: a family, a density of one's own by its name, a mixture, another truncation.  A discrete
one keeps the integers from a to b, both included.  The ends lie within the support of f.

Parameters
    f      the distribution
    lower  left end
    upper  right end

Elsewhere
    torch      not there
    TFP        TruncatedNormal(loc, scale, low, high), TruncatedCauchy
    scipy      truncnorm, truncexpon, truncpareto, truncweibull_min
    Stan       f(...) T[a, b]
    Wikipedia  truncated distribution

>>> from klsym import derive
>>> print(derive("KL(Truncated(Exponential(a), lower=c) || Truncated(Exponential(b), lower=c))"))
log(a/b) + b/a - 1

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 12.
"""

from __future__ import annotations

from klsym.density import Construction

CONSTRUCTION = Construction(
    name="Truncated", notation="Truncated(p, a, b)", aliases=("Truncation", "Trunc")
)
