"""Bivariate normal distribution: two normal variates with the correlation rho.

p(x, y) = exp(-(u**2 - 2*rho*u*v + v**2)/(2*(1 - rho**2))) / (2*pi*sigma_1*sigma_2*sqrt(1 - rho**2))
with u = (x - mu_1)/sigma_1 and v = (y - mu_2)/sigma_2

``BivariateNormal(rho=r)`` has means 0 and standard deviations 1.  It is a joint distribution:
MutualInformation, KL, Jeffreys, H(p) and H(p, q) are taken of it.

Parameters
    mu_1            mean of x, 0 where none is given
    mu_2            mean of y, 0 where none is given
    sigma_1         standard deviation of x, 1 where none is given
    sigma_2         standard deviation of y, 1 where none is given
    rho             correlation
    covariance=...  for rho: rho*sigma_1*sigma_2

Elsewhere
    torch      MultivariateNormal(loc, covariance_matrix)
    TFP        MultivariateNormalFullCovariance(loc, covariance_matrix)
    scipy      multivariate_normal(mean, cov)
    Stan       multi_normal(mu, Sigma)
    Wikipedia  mu_X, mu_Y, sigma_X, sigma_Y, rho

>>> from klsym import derive
>>> print(derive("H(BivariateNormal(rho=r))"))
log(4*pi**2*(1 - r**2))/2 + 1

Reference: Kotz, Balakrishnan and Johnson, Continuous Multivariate Distributions 1 (2000), ch. 46.
"""

from __future__ import annotations

from fractions import Fraction

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL, Domain

JOINT = Family(
    name="BivariateNormal",
    parameters=(
        Parameter("mu_1", REAL, "mean of x", default="0"),
        Parameter("mu_2", REAL, "mean of y", default="0"),
        Parameter("sigma_1", POSITIVE, "standard deviation of x", default="1"),
        Parameter("sigma_2", POSITIVE, "standard deviation of y", default="1"),
        Parameter("rho", Domain(Fraction(-1), Fraction(1)), "correlation"),
    ),
    density=(
        "exp(-(((x - mu_1)/sigma_1)**2 - 2*rho*(x - mu_1)*(y - mu_2)/(sigma_1*sigma_2)"
        " + ((y - mu_2)/sigma_2)**2)/(2*(1 - rho**2)))/(2*pi*sigma_1*sigma_2*sqrt(1 - rho**2))"
    ),
    support="(-oo, oo)",
    second=("y", "(-oo, oo)"),
    alternatives=(
        Alternative(
            "covariance", REAL, "rho", "covariance/(sigma_1*sigma_2)", "rho*sigma_1*sigma_2"
        ),
    ),
    aliases=("Binormal", "BVN"),
)
