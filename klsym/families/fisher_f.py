"""F distribution of a ratio of variances.

p(x) = (m/n)**(m/2) * x**(m/2 - 1) * (1 + m*x/n)**(-(m + n)/2) / beta(m/2, n/2),  x > 0

Parameters
    m        degrees of freedom above
    n        degrees of freedom below
    df1=...  another name for m
    df2=...  another name for n

Moments
    mean n/(n - 2), for n > 2

Elsewhere
    torch      FisherSnedecor(df1, df2)
    TFP        not there
    scipy      f(dfn, dfd)
    Stan       not there
    Wikipedia  d1, d2

>>> from klsym import derive
>>> print(derive("E(FisherF(m, 4), x)"))
2

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 27.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="FisherF",
    parameters=(
        Parameter("m", POSITIVE, "degrees of freedom above"),
        Parameter("n", POSITIVE, "degrees of freedom below"),
    ),
    density="(m/n)**(m/2)*x**(m/2 - 1)*(1 + m*x/n)**(-(m + n)/2)/beta(m/2, n/2)",
    support="(0, oo)",
    alternatives=(
        Alternative("df1", POSITIVE, "m", "df1", "m"),
        Alternative("df2", POSITIVE, "n", "df2", "n"),
    ),
    aliases=(
        "FDistribution",
        "FisherSnedecor",
    ),
)
