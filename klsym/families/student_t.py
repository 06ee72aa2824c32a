"""Student's t distribution, with a location and a scale.

p(x) = gamma((nu + 1)/2)/(sigma*sqrt(nu*pi)*gamma(nu/2)) * (1 + z**2/nu)**(-(nu + 1)/2),  x in R,
with z = (x - mu)/sigma

``StudentT(nu)`` has location 0 and scale 1; the scale is not the standard deviation.

Parameters
    nu                 degrees of freedom
    mu                 location, 0 where none is given
    sigma              scale, 1 where none is given
    df=...             for nu: nu
    loc=...            for mu: mu
    scale=...          for sigma: sigma
    scale_squared=...  for sigma: sigma**2
    precision=...      for sigma: 1/sigma**2
    log_scale=...      for sigma: log(sigma)

Moments
    mean mu, for nu > 1
    variance nu*sigma**2/(nu - 2), for nu > 2

Elsewhere
    torch      df, loc, scale
    TFP        df, loc, scale
    scipy      t(df, loc, scale)
    Stan       nu, mu, sigma
    Wikipedia  nu, mu, tau (scale)

>>> from klsym import derive
>>> print(derive("E(StudentT(5), x**2)"))
5/3

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 28.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="StudentT",
    parameters=(
        Parameter("nu", POSITIVE, "degrees of freedom"),
        Parameter("mu", REAL, "location", default="0"),
        Parameter("sigma", POSITIVE, "scale", default="1"),
    ),
    density=(
        "gamma((nu + 1)/2)/(sigma*sqrt(nu*pi)*gamma(nu/2))"
        "*(1 + (x - mu)**2/(nu*sigma**2))**(-(nu + 1)/2)"
    ),
    support="(-oo, oo)",
    alternatives=(
        Alternative("df", POSITIVE, "nu", "df", "degrees of freedom"),
        Alternative("loc", REAL, "mu", "loc", "location"),
        Alternative("scale", POSITIVE, "sigma", "scale", "scale"),
        Alternative("scale_squared", POSITIVE, "sigma", "sqrt(scale_squared)", "sigma**2"),
        Alternative("precision", POSITIVE, "sigma", "1/sqrt(precision)", "1/sigma**2"),
        Alternative("log_scale", REAL, "sigma", "exp(log_scale)", "log(sigma)"),
    ),
    aliases=("Student",),
)
