"""Scaled inverse chi-squared distribution: nu*tau**2 over a chi-squared variate.

p(x) = (nu*tau**2/2)**(nu/2)*x**(-nu/2 - 1)*exp(-nu*tau**2/(2*x))/gamma(nu/2),  x > 0

Parameters
    nu               degrees of freedom
    tau              scale, the root of what Wikipedia calls tau**2
    tau_squared=...  for tau: tau**2
    df=...           another name for nu
    scale=...        another name for tau

Moments
    mean nu*tau**2/(nu - 2), for nu > 2
    E[1/x] = 1/tau**2

Elsewhere
    torch      not there
    TFP        not there
    scipy      invgamma(nu/2, scale=nu*tau**2/2)
    Stan       scaled_inv_chi_square(nu, sigma)
    Wikipedia  nu, tau**2

Reference: Gelman et al., Bayesian Data Analysis (2013), appendix A.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="ScaledInverseChiSquared",
    parameters=(
        Parameter("nu", POSITIVE, "degrees of freedom"),
        Parameter("tau", POSITIVE, "scale, the root of what Wikipedia calls tau**2"),
    ),
    density="(nu*tau**2/2)**(nu/2)*x**(-nu/2 - 1)*exp(-nu*tau**2/(2*x))/gamma(nu/2)",
    support="(0, oo)",
    alternatives=(
        Alternative("tau_squared", POSITIVE, "tau", "sqrt(tau_squared)", "tau**2"),
        Alternative("df", POSITIVE, "nu", "df", "nu"),
        Alternative("scale", POSITIVE, "tau", "scale", "tau"),
    ),
    aliases=("ScaledInvChi2",),
)
