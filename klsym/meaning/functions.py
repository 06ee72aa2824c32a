"""The functions a formula may call, by their canonical names, as sympy expressions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import sympy
from sympy import Dummy, Integer

from klsym.canonical import beta_of, log_of
from klsym.errors import KlsymError, Span
from klsym.meaning.sizes import check_arguments, division_by_zero, exponential, is_zero


@dataclass(frozen=True, slots=True)
class Function:
    """How many arguments a function takes, how it is built, and how large they may be numbers.

    ``subscript`` says that what stands below the name is its first argument (``I_0``, ``Li_2``).
    """

    build: Callable[..., Any]
    least: int = 1
    most: int = 1
    largest: int | None = None
    subscript: bool = False


def _logarithm(argument: Any, base: Any = None) -> Any:
    return log_of(argument) if base is None else log_of(argument) / sympy.log(base)


def _digamma(argument: Any) -> Any:
    return sympy.polygamma(0, argument)


def _normal_cdf(argument: Any) -> Any:
    return (1 + sympy.erf(argument / sympy.sqrt(2))) / 2


def _normal_density(argument: Any) -> Any:
    return sympy.exp(-(argument**2) / 2) / sympy.sqrt(2 * sympy.pi)


def _logit(argument: Any) -> Any:
    return sympy.log(argument / (1 - argument))


def _logistic(argument: Any) -> Any:
    return 1 / (1 + sympy.exp(-argument))


def _softplus(argument: Any) -> Any:
    return sympy.log(1 + sympy.exp(argument))


def _log_beta(a: Any, b: Any) -> Any:
    return sympy.loggamma(a) + sympy.loggamma(b) - sympy.loggamma(a + b)


def _rational(numerator: Any, denominator: Any = None) -> Any:
    return numerator if denominator is None else numerator / denominator


def _gamma(first: Any, second: Any = None) -> Any:
    """The gamma function, or with two arguments the lower incomplete one, as print has it."""
    return sympy.gamma(first) if second is None else sympy.lowergamma(first, second)


def _log10(argument: Any) -> Any:
    return sympy.log(argument) / sympy.log(10)


_SMALL = 500
_LARGE = 2_000

FUNCTIONS: dict[str, Function] = {
    "log": Function(_logarithm, 1, 2),
    "lg": Function(_log10),
    "log_2": Function(lambda x: _logarithm(x, Integer(2))),
    "log_10": Function(_log10),
    "log1p": Function(lambda x: sympy.log(1 + x)),
    "log_1p": Function(lambda x: sympy.log(1 + x)),
    "exp": Function(sympy.exp),
    "expm1": Function(lambda x: sympy.exp(x) - 1),
    "expm_1": Function(lambda x: sympy.exp(x) - 1),
    "sqrt": Function(sympy.sqrt),
    "abs": Function(sympy.Abs),
    "Abs": Function(sympy.Abs),
    "sgn": Function(sympy.sign),
    "max": Function(sympy.Max, 1, 9),
    "min": Function(sympy.Min, 1, 9),
    "gamma": Function(_gamma, 1, 2, _LARGE),
    "Gamma": Function(sympy.gamma, 1, 1, _LARGE),
    "loggamma": Function(sympy.loggamma, 1, 1, _LARGE),
    "psi": Function(_digamma, 1, 1, _LARGE),
    "polygamma": Function(sympy.polygamma, 2, 2, _SMALL),
    "beta": Function(beta_of, 2, 2, _LARGE),
    "B": Function(beta_of, 2, 2, _LARGE),
    "Beta": Function(beta_of, 2, 2, _LARGE),
    "logbeta": Function(_log_beta, 2, 2, _LARGE),
    "binomial": Function(sympy.binomial, 2, 2, _LARGE),
    "factorial": Function(sympy.factorial, 1, 1, _LARGE),
    "lowergamma": Function(sympy.lowergamma, 2, 2, _SMALL),
    "uppergamma": Function(sympy.uppergamma, 2, 2, _SMALL),
    "erf": Function(sympy.erf),
    "erfc": Function(sympy.erfc),
    "erfi": Function(sympy.erfi),
    "erfinv": Function(sympy.erfinv),
    "Phi": Function(_normal_cdf),
    "Phi_inverse": Function(lambda x: sympy.sqrt(2) * sympy.erfinv(2 * x - 1)),
    "besseli": Function(sympy.besseli, 2, 2, _SMALL, subscript=True),
    "besselj": Function(sympy.besselj, 2, 2, _SMALL, subscript=True),
    "besselk": Function(sympy.besselk, 2, 2, _SMALL, subscript=True),
    "bessely": Function(sympy.bessely, 2, 2, _SMALL, subscript=True),
    "expint": Function(sympy.expint, 2, 2, _SMALL, subscript=True),
    "Ei": Function(sympy.Ei),
    "Li": Function(sympy.polylog, 2, 2, _SMALL, subscript=True),
    "polylog": Function(sympy.polylog, 2, 2, _SMALL),
    "zeta": Function(sympy.zeta, 1, 2, _SMALL),
    "LambertW": Function(sympy.LambertW),
    "logit": Function(_logit),
    "expit": Function(_logistic),
    "sigmoid": Function(_logistic),
    "softplus": Function(_softplus),
    "sin": Function(sympy.sin),
    "cos": Function(sympy.cos),
    "tan": Function(sympy.tan),
    "cot": Function(sympy.cot),
    "sec": Function(sympy.sec),
    "csc": Function(sympy.csc),
    "sinh": Function(sympy.sinh),
    "cosh": Function(sympy.cosh),
    "tanh": Function(sympy.tanh),
    "coth": Function(sympy.coth),
    "sech": Function(sympy.sech),
    "csch": Function(sympy.csch),
    "arcsin": Function(sympy.asin),
    "arccos": Function(sympy.acos),
    "arctan": Function(sympy.atan),
    "arcsinh": Function(sympy.asinh),
    "arccosh": Function(sympy.acosh),
    "arctanh": Function(sympy.atanh),
    "Rational": Function(_rational, 1, 2),
}
"""Every function with a scalar value; ``gamma`` is also ``\\Gamma``, and ``beta`` is ``B``."""

LETTERS: dict[str, Function] = {
    "sigma": Function(_logistic),
    "phi": Function(_normal_density),
    "varphi": Function(_normal_density),
}
"""Letters that are functions in one of the readings of a bracket after them."""
FUNCTIONS |= LETTERS

BESSEL = {"I": "besseli", "J": "besselj", "K": "besselk", "Y": "bessely"}
"""Letters that stand for a Bessel function when a number stands below."""


def is_function(name: str) -> bool:
    """Whether klsym knows a function of that name."""
    return name in FUNCTIONS or name in BESSEL


def apply(
    name: str, arguments: list[Any], span: Span, *, subscript: Any = None, primes: int = 0
) -> Any:
    """The value of a function at its arguments.

    ``subscript`` is the base of a log or the order of a Bessel function, ``primes`` the number of
    derivatives.  Raises KlsymError for an unknown function, a wrong number of arguments, and a
    number too large to compute.
    """
    if subscript is not None and name in BESSEL:
        name = BESSEL[name]
    function = FUNCTIONS.get(name)
    if function is None:
        raise unknown(name, span)
    if subscript is not None:
        if name == "log":
            arguments = [*arguments, subscript]
        elif name == "psi" and subscript.is_Integer and subscript >= 0:
            name, function = "polygamma", FUNCTIONS["polygamma"]
            arguments = [subscript, *arguments]
        elif function.subscript:
            arguments = [subscript, *arguments]
        else:
            raise KlsymError(
                "arguments", f"{name} takes no subscript", span=span, help=f"{name}(x)"
            )
    if not function.least <= len(arguments) <= function.most:
        count = str(function.least)
        if function.most != function.least:
            count += f" to {function.most}"
        plural = "" if function.most == 1 else "s"
        raise KlsymError(
            "arguments",
            f"{name} takes {count} argument{plural}, got {len(arguments)}",
            span=span,
            help=f"{name}({', '.join('xyzuvwabc'[: function.most])})",
        )
    if function.largest is not None:
        check_arguments(name, arguments, function.largest, span)
    if primes:
        return _derivative(name, function, arguments, primes, span)
    if name in ("exp", "expm1"):
        value = exponential(arguments[0], span)
        return value if name == "exp" else value - 1
    if name == "Rational" and is_zero(arguments[-1]) and len(arguments) == 2:
        raise division_by_zero(span)
    value = function.build(*arguments)
    if value.has(sympy.nan, sympy.zoo):
        shown = ", ".join(str(a) for a in arguments)
        raise KlsymError(
            "undefined",
            f"{name}({shown}) has no value",
            span=span,
            help="every part of a formula needs a finite value",
        )
    return value


def _derivative(
    name: str, function: Function, arguments: list[Any], primes: int, span: Span
) -> Any:
    if name == "psi":
        return sympy.polygamma(primes, arguments[0])
    if len(arguments) != 1 or primes > 8:
        raise KlsymError(
            "unsupported",
            f"this derivative of {name} is not supported",
            span=span,
            help="derivatives of functions of one argument are",
        )
    variable = Dummy(positive=True)
    return sympy.diff(function.build(variable), variable, primes).xreplace({variable: arguments[0]})


def unknown(name: str, span: Span, others: Iterable[str] = ()) -> KlsymError:
    """The error for a function klsym does not know, with the nearest it does.

    ``others`` are names that could have been meant as well.
    """
    from difflib import get_close_matches

    near = get_close_matches(name, [*FUNCTIONS, *others], n=1)
    return KlsymError(
        "unknown-function",
        f"unknown function {name}",
        span=span,
        help=f"did you mean {near[0]}?" if near else f"for a product write {name}*(...)",
    )
