"""Inverse Gaussian integral: a power times exponentials of x and of 1/x.

integral of x**(s - 1) * exp(-a*x - b/x) over (0, oo) = 2*(b/a)**(s/2) * K_s(2*sqrt(a*b)),  a, b > 0

K_s is elementary for s = 1/2, 3/2, ...  The means of x and 1/x follow by differentiation, those of
other powers by s -> s + k, and for s = -1/2, with the exponential integral E1,

E[log(x)] = log(b/a)/2 - exp(4*sqrt(a*b))*E1(4*sqrt(a*b))

and with the opposite sign for s = 1/2.  Up to a point c the integral for s = -1/2 is

sqrt(pi/b)/2*(exp(-d)*erfc(sqrt(b/c) - sqrt(a*c)) + exp(d)*erfc(sqrt(b/c) + sqrt(a*c)))

with d = 2*sqrt(a*b); for s = 1/2 it has a for b in front, and the difference for the sum.

>>> from klsym import derive
>>> print(derive("E(InverseGaussian(m, l), 1/x)"))
1/m + 1/l

Reference: Gradshteyn and Ryzhik, Table of Integrals, Series, and Products, 3.471.9.
"""

from __future__ import annotations

import math

import sympy
from sympy import Expr, Integer, S, Symbol, log, sqrt

from klsym.canonical import exp_of, log_of, power_of, product_of, sum_of
from klsym.integrals.conditions import positive
from klsym.integrals.gamma_type import exponential_integral
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel
from klsym.integrals.rule import Rule

SHAPE = Symbol("s", real=True)
A, B = (Symbol(name, positive=True) for name in ("a", "b"))
LOG_NORMALISER = (
    log(2) + SHAPE / 2 * (log(B) - log(A)) + log(sympy.besselk(SHAPE, 2 * sqrt(A) * sqrt(B)))
)
HIGHEST_ORDER = 20


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of ``(s - 1) log(x) - a x - b/x`` on the positive half-line."""
    x, carrier = integrand.variate, integrand.carrier
    if integrand.discrete or integrand.lower != 0 or integrand.upper is not S.Infinity:
        return None
    inverse = power_of(x, S.NegativeOne)
    if not {x, inverse} <= carrier.keys() <= {x, inverse, integrand.log}:
        return None
    shape = integrand.shape
    a, b = product_of(-1, carrier[x]), product_of(-1, carrier[inverse])
    context = integrand.context
    if context.sign(a) == -1 or context.sign(b) == -1:
        return None

    def log_mean(statistic: Expr) -> Expr | None:
        if statistic != integrand.log or abs(shape) != S.Half:
            return None
        point = product_of(4, sqrt(product_of(a, b)))
        difference = product_of(exp_of(point), exponential_integral(point))
        ratio = sqrt(product_of(b, power_of(a, S.NegativeOne)))
        return sum_of(log_of(ratio), product_of(2, shape, difference))

    def between(statistic: Expr, low: Expr, high: Expr) -> Expr | None:
        power = statistic.as_base_exp()[1] if statistic in (x, inverse) else S.Zero
        if low != 0 or abs(shape + power) != S.Half or (power == 0 and statistic != 1):
            return None
        return integral_below(shape + power, a, b, high)

    form = LOG_NORMALISER
    if (shape - S.Half).is_Integer and abs(shape) <= HIGHEST_ORDER:
        form = elementary(shape)
    return Kernel(
        RULE.name,
        integrand,
        form,
        {SHAPE: shape, A: a, B: b},
        {x: (A, -1), inverse: (B, -1)},
        (positive(a), positive(b)),
        log_mean,
        between,
    )


def integral_below(shape: Expr, a: Expr, b: Expr, end: Expr) -> Expr:
    """The integral over (0, end) for a shape of 1/2 or -1/2."""
    place, ratio, distance = sqrt(b / end), end * sqrt(a / b), 2 * sqrt(a * b)
    near = exp_of(-distance) * sympy.erfc(place * (1 - ratio))
    far = exp_of(distance) * sympy.erfc(place * (1 + ratio))
    return sqrt(sympy.pi / (b if shape < 0 else a)) / 2 * (near - sympy.sign(shape) * far)


def elementary(shape: Expr) -> Expr:
    """The logarithm of the integral for a half-integer shape."""
    point = 2 * sqrt(A) * sqrt(B)
    n = int(abs(shape) - S.Half)
    series = sum_of(
        *(
            Integer(math.factorial(n + k))
            / (math.factorial(k) * math.factorial(n - k))
            / (2 * point) ** k
            for k in range(n + 1)
        )
    )
    return sum_of(
        product_of(shape / 2 - S.One / 4, log_of(B)),
        product_of(-shape / 2 - S.One / 4, log_of(A)),
        product_of(S.Half, log_of(sympy.pi)),
        product_of(-1, point),
        S.Zero if n == 0 else log_of(series),
    )


RULE = Rule("inverse-gaussian", "inverse Gaussian integral", recognise)
