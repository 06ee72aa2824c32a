"""Pairs that are equal on the whole context, up to removable points: a name and the two sides."""

from __future__ import annotations

from formulas import (
    BERNOULLI,
    BETA,
    BHATTACHARYYA,
    CAUCHY,
    CHI_SQUARE_POISSON,
    CHI_SQUARED,
    EXPONENTIAL,
    GAMMA,
    GEOMETRIC,
    GOMPERTZ,
    HALF,
    HELLINGER_GAMMA,
    HELLINGER_WEIBULL,
    INFORMATION,
    INNER_PRODUCT,
    INVERSE_GAUSSIAN,
    LAPLACE,
    LATENT,
    LINDLEY,
    LOG_SERIES,
    LOGISTIC,
    LOGISTIC_GUMBEL,
    NORMAL,
    NORMAL_BACK,
    RENYI_BERNOULLI,
    STUDENT,
    TOTAL_VARIATION,
    TRUNCATED,
    UNIFORM,
    VON_MISES,
    WEIBULL,
    a,
    b,
    c,
    d,
    i,
    k,
    m,
    n,
    q,
    r,
    rho,
    s,
    t,
    u,
    v,
    w,
    x,
    y,
)
from sympy import (
    Abs,
    Ei,
    EulerGamma,
    Max,
    Min,
    Piecewise,
    Rational,
    acosh,
    asinh,
    atanh,
    besseli,
    besselk,
    beta,
    binomial,
    cos,
    cosh,
    digamma,
    erf,
    erfc,
    exp,
    expand,
    expand_log,
    expint,
    factorial,
    gamma,
    harmonic,
    log,
    loggamma,
    lowergamma,
    pi,
    polygamma,
    sign,
    sin,
    sinh,
    sqrt,
    tan,
    tanh,
    together,
    uppergamma,
    zeta,
)

PAIRS = [
    # The formulas of families, rewritten.
    ("normal, logs apart", NORMAL, log(t) - log(s) + (s**2 + (n - m) ** 2) / (2 * t**2) - HALF),
    ("normal, expanded", NORMAL, expand(expand_log(NORMAL))),
    ("normal, variances", NORMAL, (log(t**2 / s**2) + s**2 / t**2 + (m - n) ** 2 / t**2 - 1) / 2),
    (
        "symmetrised normal",
        NORMAL + NORMAL_BACK,
        ((m - n) ** 2 + s**2 + t**2) * (1 / s**2 + 1 / t**2) / 2 - 2,
    ),
    ("latent variable", LATENT, log(1 / s) + (s**2 + m**2) / 2 - HALF),
    ("latent variable, one fraction", LATENT, together(expand(LATENT))),
    ("exponential, as means", EXPONENTIAL, log(1 / b) - log(1 / a) + (b - a) / a),
    (
        "gamma, log of gamma",
        GAMMA,
        (a - c) * digamma(a) + log(gamma(c) / gamma(a)) + c * log(b) - c * log(d) + a * d / b - a,
    ),
    (
        "gamma, shifted",
        GAMMA,
        (a - c) * (digamma(a + 1) - 1 / a)
        + loggamma(c + 1)
        - loggamma(a + 1)
        - log(c / a)
        + c * log(b / d)
        + a * d / b
        - a,
    ),
    (
        "chi-squared, by logs",
        CHI_SQUARED,
        log(gamma(q / 2) / gamma(k / 2)) + (k - q) * digamma(k / 2) / 2,
    ),
    (
        "chi-squared, duplicated",
        CHI_SQUARED,
        (k - q) / 2 * (2 * digamma(k) - digamma((k + 1) / 2) - 2 * log(2))
        + loggamma(q / 2)
        - loggamma(k / 2),
    ),
    (
        "beta, by gammas",
        BETA,
        loggamma(c)
        + loggamma(d)
        - loggamma(c + d)
        - log(gamma(a) * gamma(b) / gamma(a + b))
        + (a - c) * digamma(a)
        + (b - d) * digamma(b)
        + (c + d - a - b) * digamma(a + b),
    ),
    (
        "beta, shifted",
        BETA,
        log(beta(c + 1, d) / beta(a + 1, b) * (c + d) / c * a / (a + b))
        + (a - c) * digamma(a)
        + (b - d) * digamma(b)
        - (a - c + b - d) * digamma(a + b),
    ),
    (
        "weibull, logs apart",
        WEIBULL,
        log(k / q)
        - k * log(a)
        + q * log(b)
        + (k - q) * log(a)
        - EulerGamma * (1 - q / k)
        + a**q * b ** (-q) * q / k * gamma(q / k)
        - 1,
    ),
    (
        "laplace, turned",
        LAPLACE,
        log(b) - log(a) + a / b * exp(-Abs(n - m) / a) + Abs(n - m) / b - 1,
    ),
    (
        "laplace, by the greater",
        LAPLACE,
        log(b / a) + (a * exp((Min(m, n) - Max(m, n)) / a) + Max(m, n) - Min(m, n)) / b - 1,
    ),
    (
        "logistic, by exponentials",
        LOGISTIC,
        (m - n) / s * (exp((m - n) / s) + 1) / (exp((m - n) / s) - 1) - 2,
    ),
    ("logistic, by tanh", LOGISTIC, (n - m) / s / tanh((n - m) / (2 * s)) - 2),
    ("cauchy, two logs", CAUCHY, log((a + b) ** 2 + (n - m) ** 2) - log(4 * a) - log(b)),
    (
        "bernoulli, odds",
        BERNOULLI,
        u * (log(u / (1 - u)) - log(v / (1 - v))) + log(1 - u) - log(1 - v),
    ),
    (
        "geometric, over one",
        GEOMETRIC,
        (u * log(u) - u * log(v) + (1 - u) * log((1 - u) / (1 - v))) / u,
    ),
    (
        "von mises, turned",
        VON_MISES,
        log(besseli(0, b))
        - log(besseli(0, a))
        + (a - b * cos(n - m)) * besseli(1, a) / besseli(0, a),
    ),
    (
        "von mises, by the next order",
        VON_MISES,
        log(besseli(0, b) / besseli(0, a))
        + (a - b * (cos(m) * cos(n) + sin(m) * sin(n)))
        * (a / 2 * (besseli(0, a) - besseli(2, a)))
        / besseli(0, a),
    ),
    (
        "inverse gaussian, squared",
        INVERSE_GAUSSIAN,
        log(a / b) / 2 - HALF + b / (2 * a) + b * (c - d) ** 2 / (2 * c * d**2),
    ),
    (
        "log series, signs turned",
        LOG_SERIES,
        log(-log(1 - v)) - log(-log(1 - u)) + u * log(u / v) / ((u - 1) * log(1 - u)),
    ),
    (
        "truncated, other side",
        TRUNCATED,
        log(1 - exp(-b)) + b - a - log(1 - exp(-a)) + a * log(a / b) * exp(a) / (exp(a) - 1),
    ),
    (
        "lindley, by Ei",
        LINDLEY,
        log(a * (1 + b) / b**2) + (b - a) / a + exp(a) * Ei(-a),
    ),
    (
        "gompertz, index lowered",
        GOMPERTZ,
        (1 - b / a) * exp(c) * uppergamma(0, c)
        + d * exp(c) * (b / a * uppergamma(b / a, c) * c ** (-b / a) + exp(-c)),
    ),
    (
        "renyi bernoulli, factored",
        RENYI_BERNOULLI,
        (log(v * (u / v) ** a + (1 - v) * ((1 - u) / (1 - v)) ** a)) / (a - 1),
    ),
    (
        "hellinger weibull, powers apart",
        HELLINGER_WEIBULL,
        1 - 2 / ((a / b) ** (k / 2) + (b / a) ** (k / 2)),
    ),
    (
        "hellinger weibull, by cosh",
        HELLINGER_WEIBULL,
        1 - 1 / cosh(k * log(a / b) / 2),
    ),
    (
        "hellinger gamma, roots apart",
        HELLINGER_GAMMA,
        1
        - gamma((a + b) / 2)
        / sqrt(gamma(a))
        / sqrt(gamma(b))
        * c ** (a / 2)
        * sqrt(d) ** b
        * 2 ** ((a + b) / 2)
        * (c + d) ** (-(a + b) / 2),
    ),
    (
        "bhattacharyya, ratios",
        BHATTACHARYYA,
        ((m - n) ** 2 / (s**2 + t**2) + 2 * log(s / t + t / s) - 2 * log(2)) / 4,
    ),
    ("total variation", TOTAL_VARIATION, 1 - erfc(Abs(n - m) / sqrt(8 * s**2))),
    (
        "inner product",
        INNER_PRODUCT,
        exp(-((n - m) ** 2) / (2 * s**2 + 2 * t**2)) / (sqrt(2) * sqrt(pi) * sqrt(s**2 + t**2)),
    ),
    ("information, two factors", INFORMATION, -(log(1 - rho) + log(1 + rho)) / 2),
    ("information, as a root", INFORMATION, -log(sqrt(1 - rho**2))),
    (
        "logistic gumbel, by gammas",
        LOGISTIC_GUMBEL,
        exp(n / a) * exp(-m / a) * gamma(1 + u) * gamma(1 - u),
    ),
    (
        "student, by gammas",
        STUDENT,
        (r + 1) / 2 * (digamma((r + 1) / 2) - digamma(r / 2))
        + log(r) / 2
        + loggamma(r / 2)
        + log(pi) / 2
        - loggamma((r + 1) / 2),
    ),
    ("chi-square poisson", CHI_SQUARE_POISSON, exp(a**2 / b) * exp(-2 * a) * exp(b) - 1),
    ("uniform, logs apart", UNIFORM, log(2 * y - 2 * x) - log(2 * s)),
    # Single identities.
    ("square of a sum", log(a**2 + 2 * a * b + b**2), 2 * log(a + b)),
    ("log of an even power", log((a - b) ** 2), 2 * log(Abs(a - b))),
    ("log of a modulus", log(x**2), 2 * log(Abs(x))),
    ("root of a square", sqrt(x**2 - 2 * x * y + y**2), Abs(x - y)),
    ("exp of a log of a modulus", exp(2 * log(Abs(x))), x**2),
    ("logistic function", log(1 + exp(-x)), log(1 + exp(x)) - x),
    (
        "log of a product of negatives",
        log((a - b) * (m - n) * (b - a) * (n - m)),
        2 * log(Abs((a - b) * (m - n))),
    ),
    (
        "duplication",
        loggamma(a) + loggamma(a + HALF),
        (1 - 2 * a) * log(2) + log(pi) / 2 + loggamma(2 * a),
    ),
    (
        "triplication",
        digamma(3 * a),
        log(3) + (digamma(a) + digamma(a + Rational(1, 3)) + digamma(a + Rational(2, 3))) / 3,
    ),
    (
        "duplication of gamma",
        gamma(2 * a),
        2 ** (2 * a - 1) * gamma(a) * gamma(a + HALF) / sqrt(pi),
    ),
    ("reflection", gamma(u) * gamma(1 - u), pi / sin(pi * u)),
    ("reflection of beta", log(beta(u, 1 - u)), log(pi) - log(sin(pi * u))),
    ("reflection of digamma", digamma(1 - u) - digamma(u), pi / tan(pi * u)),
    ("shift of trigamma", polygamma(1, a), polygamma(1, a + 2) + 1 / a**2 + 1 / (a + 1) ** 2),
    ("gamma at a half", log(gamma(Rational(5, 2))), log(3) - 2 * log(2) + log(pi) / 2),
    (
        "digamma at a third",
        digamma(Rational(1, 3), evaluate=False),
        -EulerGamma - pi / (2 * sqrt(3)) - 3 * log(3) / 2,
    ),
    ("polygamma at a half", polygamma(2, HALF, evaluate=False), -14 * zeta(3)),
    ("harmonic numbers", harmonic(a), harmonic(a - 1) + 1 / a),
    ("binomial coefficients", binomial(i + 2, 2), (i + 1) * (i + 2) / 2),
    ("pascal", binomial(i + k, i) * i, (i + k) * binomial(i + k - 1, i - 1)),
    ("factorials", factorial(i), i * factorial(i - 1)),
    ("beta and binomial", 1 / beta(i + 1, k), k * binomial(i + k, i)),
    ("inverse tanh", atanh(a / (a + 1)), log(2 * a + 1) / 2),
    ("inverse sinh", sinh(asinh(x)), x),
    ("inverse cosh", acosh(cosh(a)), a),
    (
        "continuous bernoulli",
        log(2 * atanh(1 - 2 * u) / (1 - 2 * u)),
        log(log(u / (1 - u)) / (2 * u - 1)),
    ),
    ("hyperbolic addition", sinh(x + y), sinh(x) * cosh(y) + cosh(x) * sinh(y)),
    ("double angle", cos(2 * x), 1 - 2 * sin(x) ** 2),
    ("error functions", erfc(-x), 1 + erf(x)),
    ("incomplete gamma", uppergamma(a + 1, b), a * uppergamma(a, b) + b**a * exp(-b)),
    ("both incomplete gammas", lowergamma(a, b) + uppergamma(a, b), gamma(a)),
    (
        "incomplete gamma at a half",
        uppergamma(3 * HALF, a),
        sqrt(pi) * erfc(sqrt(a)) / 2 + sqrt(a) * exp(-a),
    ),
    ("exponential integrals", expint(2, a), exp(-a) - a * expint(1, a)),
    ("bessel recurrence", besseli(3, a), besseli(1, a) - 4 / a * besseli(2, a)),
    ("bessel recurrence of K", besselk(b + 1, a), besselk(b - 1, a) + 2 * b / a * besselk(b, a)),
    ("bessel at a half", besselk(-HALF, a), sqrt(pi / (2 * a)) * exp(-a)),
    ("maximum", Max(x, y), (x + y + Abs(x - y)) / 2),
    ("pieces", Piecewise((x, x > y), (y, True)), x + y - Min(x, y)),
    ("sign", sign(x) * Abs(x), x),
    ("powers", (u / v) ** a * (v / u) ** (a - 1), u / v),
    ("powers of powers", (a**b) ** c, exp(b * c * log(a))),
    ("partial fractions in exponents", exp(1 / (a * (a + 1))), exp(1 / a) / exp(1 / (a + 1))),
    ("roots", sqrt(8) + sqrt(18), 5 * sqrt(2)),
    ("roots of products", sqrt(a * b) / b, sqrt(a) / sqrt(b)),
    ("removable point", (a**2 - b**2) / (a - b), a + b),
    ("telescoping", 1 / ((w + 1) * (w + 2)), 1 / (w + 1) - 1 / (w + 2)),
]
"""All in the context of :mod:`formulas`."""
