"""Student's t distribution.

p(x) = gamma((nu + 1)/2)/(sqrt(nu*pi)*gamma(nu/2)) * (1 + x**2/nu)**(-(nu + 1)/2),  x in R

Parameters
    nu  degrees of freedom

Moments
    mean 0, for nu > 1
    variance nu/(nu - 2), for nu > 2

Elsewhere
    torch      df, loc, scale
    TFP        df, loc, scale
    scipy      t(df, loc, scale)
    Stan       nu, mu, sigma
    Wikipedia  nu

>>> from klsym import derive
>>> print(derive("E(StudentT(5), x**2)"))
5/3

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 28.
"""

from __future__ import annotations

from klsym.density import Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="StudentT",
    parameters=(Parameter("nu", POSITIVE, "degrees of freedom"),),
    density="gamma((nu + 1)/2)/(sqrt(nu*pi)*gamma(nu/2))*(1 + x**2/nu)**(-(nu + 1)/2)",
    support="(-oo, oo)",
    aliases=("Student",),
)
