r"""Chain rule: a divergence of joint distributions, by the margin and the conditionals.

KL(p || q) = KL(p(x) || q(x)) + E_p(x)[KL(p(y|x) || q(y|x))]

since log p(x, y) = log p(x) + log p(y|x); so do H(p) and H(p, q).  The margin p(x) is the integral
of p(x, y) over y, by a master integral in which x is a parameter, and p(y|x) = p(x, y)/p(x).

>>> from klsym import derive
>>> print(derive("MutualInformation(p)", let=["p(x, y) = x*exp(-x*y - x) on (0, oo) x (0, oo)"]))
1 - EulerGamma

Reference: Cover and Thomas, Elements of Information Theory (2006), theorem 2.5.3.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import sympy
from sympy import Expr, S, Symbol

from klsym.canonical import cancelled, exp_of, replaced, sum_of
from klsym.density import Density, Joint, Margins
from klsym.divergences import divergences
from klsym.domain import Context
from klsym.domain.context import domain_of
from klsym.expectation import DivergenceValue, Law
from klsym.integrals.conditions import settle
from klsym.integrals.integrand import within_support
from klsym.integrals.kernel import exp_of_logs
from klsym.integrals.logarithm import expand_log
from klsym.integrals.recognition import kernel_of
from klsym.integrals.rule import Rule

RULE = Rule("chain-rule", "the margin, and the mean over the conditionals")


@dataclass(frozen=True)
class Factors:
    """A joint density as that of x times that of y given x."""

    margin: Density
    conditional: Density


def is_joint(value: DivergenceValue) -> bool:
    """Whether a divergence is one of joint distributions."""
    return any(isinstance(law.density, (Joint, Margins)) for law in value.laws)


def chained(value: DivergenceValue, context: Context, kept: int) -> tuple[Any, Any] | None:
    """The two terms of the chain rule: of the margins, and of the conditionals given one variate.

    None where no master integral gives a margin.
    """
    assert divergences()[value.name].chained
    first = value.laws[0].density
    variates = (first.joint if isinstance(first, Margins) else first).variates
    found = [factors(law.density, variates, context, kept) for law in value.laws]
    if None in found:
        return None
    margins = tuple(Law(f.margin) for f in found if f is not None)
    conditionals = tuple(Law(f.conditional) for f in found if f is not None)
    options = value.options
    first = DivergenceValue.of(value.name, margins, options)
    return first, DivergenceValue.of(value.name, conditionals, options)


def factors(law: Joint | Margins, variates: Any, context: Context, kept: int) -> Factors | None:
    """The margin of one variate and the conditional of the other, over the given variates."""
    joint = law.joint if isinstance(law, Margins) else law
    moved = replaced(joint.expression, dict(zip(joint.variates, variates, strict=True)))
    joint = replace(joint, variates=variates, expression=moved)
    first = margin(joint, kept, context)
    if first is None:
        return None
    if isinstance(law, Margins):
        other = margin(joint, 1 - kept, context)
        return None if other is None else Factors(first, other)
    fixed, variate = variates[kept], variates[1 - kept]
    letters = f"{joint.name}({variate}|{fixed})"
    quotient = joint.expression / first.expression
    given = Density(variate, joint.supports[1 - kept], quotient, letters, letters, family="Joint")
    inside = within_support(given, within_support(first, known(context, first)))
    return Factors(first, replace(given, expression=gathered(quotient, variate, inside)))


def margin(joint: Joint, kept: int, context: Context) -> Density | None:
    """The density of one variate alone: the integral over the other."""
    variate, other = joint.variates[kept], joint.variates[1 - kept]
    support = joint.supports[kept]
    letters = f"{joint.name}({variate})"
    alone = Density(variate, support, S.One, letters, letters, family="Joint")
    inside = within_support(alone, known(context, alone))
    slice_ = Density(other, joint.supports[1 - kept], joint.expression, "slice", whole=False)
    kernel = kernel_of(slice_, inside)
    if kernel is None:
        return None
    conditions, failing = settle(kernel.conditions, kernel.integrand.context)
    if conditions or failing is not None:
        return None
    constant = exp_of_logs(sympy.expand(kernel.integrand.constant, log=False))
    return replace(alone, expression=gathered(constant * kernel.normaliser, variate, inside))


def known(context: Context, density: Density) -> Context:
    """The context in which the variate of a density is a parameter."""
    domain = domain_of(density.variate)
    assert domain is not None
    return context.declare(density.variate.name, domain)


def gathered(expr: Expr, variate: Symbol, context: Context) -> Any:
    """A product with its powers joined, and a square in its exponential completed."""
    logs = sympy.expand(expand_log(sympy.powsimp(expr), context), log=False)
    products = {
        a: expand_log(sympy.factor_terms(a.args[0]), context) for a in logs.atoms(sympy.log)
    }
    logs = sympy.expand(replaced(logs, products), log=False)
    inner = [t for t in sympy.Add.make_args(logs) if not t.has(sympy.log, sympy.loggamma)]
    outer = [t for t in sympy.Add.make_args(logs) if t not in inner]
    exponent = sum_of(*inner)
    if exponent.is_rational_function():
        exponent = squared(cancelled(exponent), variate)
    gathered_logs: dict[Any, Any] = {}
    for term in outer:
        coefficient, log = term.as_independent(sympy.log, sympy.loggamma, as_Add=False)
        gathered_logs[log] = gathered_logs.get(log, S.Zero) + coefficient
    joined = sum_of(*(cancelled(c) * log for log, c in gathered_logs.items()))
    return exp_of_logs(joined) * exp_of(exponent)


def squared(exponent: Expr, x: Symbol) -> Any:
    """A quadratic polynomial as the square of a difference; anything else as it is."""
    if not exponent.is_polynomial(x) or sympy.degree(exponent, x) != 2:
        return exponent
    a, b, c = sympy.Poly(exponent, x).all_coeffs()
    a = sympy.factor_terms(cancelled(a))
    centre = sympy.expand(cancelled(-b / (2 * a)))
    return a * (x - centre) ** 2 + cancelled(c - a * centre**2)


def with_plain_squares(expr: Any, variate: Symbol) -> Any:
    """An expression whose fractions cancel, in the bases of squares and free of the variate."""
    squares = expr.replace(
        lambda node: node.is_Pow and node.exp == 2 and node.base.is_Add,
        lambda node: sympy.expand(cancelled(node.base)) ** 2,
    )
    terms = sympy.Add.make_args(squares)
    free = [t for t in terms if t.is_rational_function() and not t.has(variate)]
    return sum_of(*(t for t in terms if t not in free), cancelled(sum_of(*free)))
