"""Roots within roots, and functions at rational numbers: the equal proved, the others refuted."""

from __future__ import annotations

import pytest
from formulas import CONTEXT, HALF, a, b, i, m, u, x
from sympy import (
    Abs,
    Catalan,
    EulerGamma,
    GoldenRatio,
    Rational,
    asin,
    asinh,
    atan,
    beta,
    binomial,
    cos,
    digamma,
    gamma,
    log,
    loggamma,
    pi,
    polygamma,
    polylog,
    sin,
    sqrt,
)

from klsym.equality.decide import decide
from klsym.equality.prove import prove
from klsym.verdict import Proof, Verdict

PAIRS = {
    "a nested root": (sqrt(3 + 2 * sqrt(2)), 1 + sqrt(2)),
    "a nested difference": (sqrt(3 - 2 * sqrt(2)), sqrt(2) - 1),
    "two roots within": (sqrt(5 + 2 * sqrt(6)), sqrt(2) + sqrt(3)),
    "a nested root of symbols": (sqrt(a + b + 2 * sqrt(a * b)), sqrt(a) + sqrt(b)),
    "half an angle": (sqrt((1 + sqrt(1 - u**2)) / 2), (sqrt(1 + u) + sqrt(1 - u)) / 2),
    "a nested difference of symbols": (sqrt(a + b - 2 * sqrt(a * b)), Abs(sqrt(a) - sqrt(b))),
    "a unit": (log(1 + sqrt(2)), -log(sqrt(2) - 1)),
    "conjugates": (log(a + sqrt(a**2 + 1)) + log(sqrt(a**2 + 1) - a), 0 * a),
    "a root that outweighs": (asinh(x), log(x + sqrt(x**2 + 1))),
    "golden ratio": (GoldenRatio**2, GoldenRatio + 1),
    "golden logarithm": (log((3 + sqrt(5)) / 2), 2 * log(GoldenRatio)),
    "a fifth of pi": (4 * cos(pi / 5) * cos(2 * pi / 5), 1 + 0 * a),
    "an eighth of pi": (sin(pi / 8) * cos(pi / 8), sqrt(2) / 4),
    "a twelfth of pi": (sin(pi / 12), (sqrt(6) - sqrt(2)) / 4),
    "gamma at a sixth": (
        gamma(Rational(1, 6)),
        2 ** Rational(-1, 3) * sqrt(3 / pi) * gamma(Rational(1, 3)) ** 2,
    ),
    "gamma at eighths": (
        gamma(Rational(1, 8)) * gamma(Rational(5, 8)),
        2 ** Rational(3, 4) * sqrt(pi) * gamma(Rational(1, 4)),
    ),
    "loggamma at a tenth": (
        loggamma(Rational(1, 10)) + loggamma(Rational(9, 10)),
        log(pi) - log(sin(pi / 10)),
    ),
    "beta at a third": (
        beta(Rational(1, 3), Rational(1, 3)),
        gamma(Rational(1, 3)) ** 3 * sqrt(3) / (2 * pi),
    ),
    "digamma at fifths": (
        digamma(Rational(1, 5)) - digamma(Rational(4, 5)),
        -pi * cos(pi / 5) / sin(pi / 5),
    ),
    "digamma at an eighth": (
        digamma(Rational(1, 8)),
        -EulerGamma
        - pi * (1 + sqrt(2)) / 2
        - 4 * log(2)
        - (log(2 + sqrt(2)) - log(2 - sqrt(2))) / sqrt(2),
    ),
    "trigamma at a quarter": (polygamma(1, Rational(1, 4)), pi**2 + 8 * Catalan),
    "trigamma at thirds": (
        polygamma(1, Rational(1, 3)) + polygamma(1, Rational(2, 3)),
        4 * pi**2 / 3,
    ),
    "arctangent of a reciprocal": (atan(a) + atan(1 / a), pi / 2),
    "inverse sine within its domain": (asin(u) + asin(-u), 0 * u),
    "a binomial as a polynomial": (binomial(i, 2), i * (i - 1) / 2),
    "a polylogarithm": (polylog(1, u), -log(1 - u)),
    "powers of one base": (b ** (1 / (2 * a)) * b ** (-HALF - 1 / (2 * a)), 1 / sqrt(b)),
    "the square of a real number": (log(sqrt(m**2 + 1) + m) + log(sqrt(m**2 + 1) - m), 0 * m),
}
WRONG = {
    "a wrong nested root": (sqrt(3 + 2 * sqrt(2)), 2 + sqrt(2) / 4),
    "a nested difference without its modulus": (sqrt(a + b - 2 * sqrt(a * b)), sqrt(a) - sqrt(b)),
    "a wrong conjugate": (log(a + sqrt(a**2 + 1)), log(sqrt(a**2 + 1) - a)),
    "a wrong angle": (cos(pi / 5), (sqrt(5) - 1) / 4),
    "a wrong gamma": (gamma(Rational(5, 8)), gamma(Rational(3, 8))),
    "a wrong digamma": (digamma(Rational(1, 5)), digamma(Rational(4, 5))),
    "a wrong trigamma": (polygamma(1, Rational(3, 4)), pi**2 + 8 * Catalan),
    "a wrong arctangent": (atan(a), pi / 2 - atan(a)),
    "a wrong binomial": (binomial(i, 2), i * (i + 1) / 2),
}


@pytest.mark.parametrize("name", PAIRS)
def test_equal_radicals_are_proved_equal(name: str) -> None:
    left, right = PAIRS[name]
    assert isinstance(prove(left, right, CONTEXT), Proof)


@pytest.mark.parametrize("name", WRONG)
def test_different_radicals_are_refuted(name: str) -> None:
    assert decide(*WRONG[name], CONTEXT).verdict is Verdict.REFUTED
