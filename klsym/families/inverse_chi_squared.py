"""Inverse chi-squared distribution: the reciprocal of a chi-squared variate.

p(x) = x**(-nu/2 - 1)*exp(-1/(2*x))/(2**(nu/2)*gamma(nu/2)),  x > 0

Parameters
    nu      degrees of freedom
    df=...  another name for nu

Moments
    mean 1/(nu - 2), for nu > 2
    E[1/x] = nu

Elsewhere
    torch      not there
    TFP        not there
    scipy      invgamma(nu/2, scale=1/2)
    Stan       inv_chi_square(nu)
    Wikipedia  nu

Reference: Gelman et al., Bayesian Data Analysis (2013), appendix A.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="InverseChiSquared",
    parameters=(Parameter("nu", POSITIVE, "degrees of freedom"),),
    density="x**(-nu/2 - 1)*exp(-1/(2*x))/(2**(nu/2)*gamma(nu/2))",
    support="(0, oo)",
    alternatives=(Alternative("df", POSITIVE, "nu", "df", "nu"),),
    aliases=(
        "InvChi2",
        "InverseChi2",
    ),
)
