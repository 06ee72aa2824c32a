"""Closed forms as people write them, in one context, for the tests of equality."""

from __future__ import annotations

from fractions import Fraction

from sympy import (
    Abs,
    EulerGamma,
    Rational,
    besseli,
    beta,
    cos,
    coth,
    digamma,
    erf,
    exp,
    expint,
    gamma,
    log,
    loggamma,
    pi,
    sin,
    sqrt,
    uppergamma,
)

from klsym.domain import INTEGER, NATURAL, POSITIVE, REAL, UNIT, Context, Domain

_WORDS = {
    POSITIVE: "a b c d s t k q r",
    REAL: "m n x y",
    UNIT: "u v w",
    NATURAL: "i",
    INTEGER: "j",
    Domain(Fraction(-1), Fraction(1)): "rho",
}
CONTEXT = Context({name: word for word, names in _WORDS.items() for name in names.split()})
a, b, c, d, s, t, k, q, r, m, n, x, y, u, v, w, i, j, rho = CONTEXT.symbols
HALF = Rational(1, 2)

# Normal(m, s) from Normal(n, t), and so on: the first law's parameters come first.
NORMAL = log(t / s) + (s**2 + (m - n) ** 2) / (2 * t**2) - HALF
NORMAL_BACK = log(s / t) + (t**2 + (m - n) ** 2) / (2 * s**2) - HALF
LATENT = -(1 + log(s**2) - m**2 - s**2) / 2
EXPONENTIAL = log(a / b) + b / a - 1
GAMMA = (a - c) * digamma(a) - loggamma(a) + loggamma(c) + c * log(b / d) + a * (d - b) / b
CHI_SQUARED = (k - q) / 2 * digamma(k / 2) + loggamma(q / 2) - loggamma(k / 2)
BETA = (
    log(beta(c, d) / beta(a, b))
    + (a - c) * digamma(a)
    + (b - d) * digamma(b)
    + (c - a + d - b) * digamma(a + b)
)
WEIBULL = (
    log(k / a**k)
    - log(q / b**q)
    + (k - q) * (log(a) - EulerGamma / k)
    + (a / b) ** q * gamma(q / k + 1)
    - 1
)
LAPLACE = log(b / a) + (a * exp(-Abs(m - n) / a) + Abs(m - n)) / b - 1
LOGISTIC = (m - n) / s * coth((m - n) / (2 * s)) - 2
CAUCHY = log(((a + b) ** 2 + (m - n) ** 2) / (4 * a * b))
BERNOULLI = u * log(u / v) + (1 - u) * log((1 - u) / (1 - v))
GEOMETRIC = log(u / v) + (1 - u) / u * log((1 - u) / (1 - v))
VON_MISES = log(besseli(0, b) / besseli(0, a)) + besseli(1, a) / besseli(0, a) * (
    a - b * cos(m - n)
)
INVERSE_GAUSSIAN = (log(a / b) - 1 + b * (c / d**2 - 2 / d + 1 / c + 1 / a)) / 2
LOG_SERIES = log(log(1 - v) / log(1 - u)) - u / ((1 - u) * log(1 - u)) * log(u / v)
TRUNCATED = log((exp(b) - 1) / (exp(a) - 1)) + a / (1 - exp(-a)) * log(a / b)
LINDLEY = log(a) - 1 - 2 * log(b) + log(1 + b) + b / a - exp(a) * expint(1, a)
GOMPERTZ = (1 - b / a) * exp(c) * expint(1, c) + d * c ** (-b / a) * exp(c) * uppergamma(
    b / a + 1, c
)
RENYI_BERNOULLI = log(u**a * v ** (1 - a) + (1 - u) ** a * (1 - v) ** (1 - a)) / (a - 1)
HELLINGER_WEIBULL = 1 - 2 * (a * b) ** (k / 2) / (a**k + b**k)
HELLINGER_GAMMA = 1 - gamma((a + b) / 2) * ((c + d) / 2) ** (-(a + b) / 2) * sqrt(
    c**a * d**b / (gamma(a) * gamma(b))
)
BHATTACHARYYA = (m - n) ** 2 / (4 * (s**2 + t**2)) + log((s**2 + t**2) / (2 * s * t)) / 2
TOTAL_VARIATION = erf(Abs(m - n) / (2 * sqrt(2) * s))
INNER_PRODUCT = exp(-((m - n) ** 2) / (2 * (s**2 + t**2))) / sqrt(2 * pi * (s**2 + t**2))
INFORMATION = -log(1 - rho**2) / 2
LOGISTIC_GUMBEL = exp(-(m - n) / a) * (pi * u) / sin(pi * u)
STUDENT = (r + 1) / 2 * (digamma((r + 1) / 2) - digamma(r / 2)) + log(sqrt(r) * beta(r / 2, HALF))
CHI_SQUARE_POISSON = exp((a - b) ** 2 / b) - 1
UNIFORM = log((y - x) / s)

FORMULAS = {
    "normal": NORMAL,
    "latent": LATENT,
    "exponential": EXPONENTIAL,
    "gamma": GAMMA,
    "chi-squared": CHI_SQUARED,
    "beta": BETA,
    "weibull": WEIBULL,
    "laplace": LAPLACE,
    "logistic": LOGISTIC,
    "cauchy": CAUCHY,
    "bernoulli": BERNOULLI,
    "geometric": GEOMETRIC,
    "von mises": VON_MISES,
    "inverse gaussian": INVERSE_GAUSSIAN,
    "log series": LOG_SERIES,
    "truncated": TRUNCATED,
    "lindley": LINDLEY,
    "gompertz": GOMPERTZ,
    "renyi bernoulli": RENYI_BERNOULLI,
    "hellinger weibull": HELLINGER_WEIBULL,
    "hellinger gamma": HELLINGER_GAMMA,
    "bhattacharyya": BHATTACHARYYA,
    "total variation": TOTAL_VARIATION,
    "inner product": INNER_PRODUCT,
    "information": INFORMATION,
    "logistic gumbel": LOGISTIC_GUMBEL,
    "student": STUDENT,
    "chi-square poisson": CHI_SQUARE_POISSON,
    "uniform": UNIFORM,
}
