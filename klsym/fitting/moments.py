"""Moment matching: forward KL into an exponential family has one minimum, and it can be exact.

If ``log q(x) = eta_1 T_1(x) + ... + eta_k T_k(x) - A(eta) + log h(x)``, then ``KL(p || q)`` is a
constant minus ``eta . E_p[T]`` plus ``A(eta)``, which is convex in ``eta``; so it is least where
its derivatives vanish, and there ``E_q[T_i] = E_p[T_i]`` for all i.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sympy
from sympy import Expr, Symbol

from klsym.derivation import Derivation
from klsym.domain import Context
from klsym.equality.prove import prove
from klsym.fitting.problem import Problem
from klsym.integrals.integrand import within_support
from klsym.integrals.logarithm import expand_log
from klsym.integrals.statistics import separate
from klsym.verdict import Proof
from klsym.writing.latex import latex
from klsym.writing.plain import plain


@dataclass(frozen=True)
class Matched:
    """The exact minimum, with what leads to it: the cross-entropy and its vanishing derivatives."""

    cross_entropy: Derivation
    statistics: tuple[Expr, ...]
    equations: tuple[Expr, ...]
    values: Mapping[Symbol, Expr]

    def to_steps(self) -> list[dict[str, str]]:
        """How the minimum follows, as objects of the JSON."""
        told = ", ".join(map(plain, self.statistics))
        closed = plain(self.cross_entropy.closed_form)
        found = [("cross-entropy", "H(p, q)", closed, f"sufficient statistics {told}")]
        for symbol, equation in zip(self.values, self.equations, strict=True):
            found.append(("stationary", f"dH/d{symbol}", plain(equation), "zero at the minimum"))
        for symbol, value in self.values.items():
            found.append(("solution", plain(symbol), plain(value), "where both are zero"))
        if len(self.values) == 1:
            found[-1] = (*found[-1][:3], "where it is zero")
        names = ("rule", "before", "after", "reason")
        return [dict(zip(names, step, strict=True)) for step in found]

    def to_latex(self) -> str:
        """The same as an ``align*``."""
        rows = [f"H(p, q) &= {latex(self.cross_entropy.closed_form)}"]
        for symbol, equation in zip(self.values, self.equations, strict=True):
            slope = rf"\frac{{\partial H(p, q)}}{{\partial {latex(symbol)}}}"
            rows.append(f"{slope} &= {latex(equation)} = 0")
        for symbol, value in self.values.items():
            rows.append(rf"\Rightarrow\quad {latex(symbol)} &= {latex(value)}")
        return "\\begin{align*}\n" + " \\\\\n".join(rows) + "\n\\end{align*}"


def sufficient_statistics(problem: Problem) -> tuple[Expr, ...]:
    """The sufficient statistics of a full exponential family; empty if the member is of none.

    Full means that there are as many statistics as parameters, and that the natural parameters
    are independent functions of these; on a support that does not depend on them.
    """
    member, parameters = problem.member, problem.parameters
    support = member.support
    if (support.lower.free_symbols | support.upper.free_symbols) & set(parameters):
        return ()
    inside = within_support(member, problem.context)
    log = sympy.expand(expand_log(member.expression, inside))
    natural = {
        statistic: coefficient
        for statistic, coefficient in separate(log, member.variate).items()
        if statistic != 1 and coefficient.free_symbols & set(parameters)
    }
    if any(statistic.free_symbols & set(parameters) for statistic in natural):
        return ()
    if len(natural) != len(parameters):
        return ()
    jacobian = sympy.Matrix([[eta.diff(s) for s in parameters] for eta in natural.values()])
    point = next(iter(problem.context.points()), None)
    if point is None or jacobian.subs(point).det() == 0:
        return ()
    return tuple(natural)


def matched(problem: Problem) -> Matched | None:
    """The exact minimum of forward KL, if the equations can be solved; None otherwise."""
    statistics = sufficient_statistics(problem)
    derivation = problem.derived("CrossEntropy")
    closed = derivation.closed_form
    if not statistics or closed is None or derivation.infinite:
        return None
    context = problem.context.assume(*derivation.conditions)
    equations = tuple(sympy.diff(closed, s) for s in problem.parameters)
    if any(equation.has(sympy.Derivative, sympy.Subs, sympy.nan) for equation in equations):
        return None
    try:
        found = sympy.solve(equations, problem.parameters, dict=True)
    except NotImplementedError:
        return None
    for solution in found:
        values = _within(solution, problem.parameters, context)
        if values is not None and all(
            isinstance(prove(equation.xreplace(values), sympy.S.Zero, context), Proof)
            for equation in equations
        ):
            return Matched(derivation, statistics, equations, values)
    return None


def _within(
    solution: Mapping[Symbol, Expr], parameters: tuple[Symbol, ...], context: Context
) -> dict[Symbol, Expr] | None:
    """A solution for all parameters, proved to lie in their domains; None otherwise."""
    values = {s: sympy.factor_terms(solution[s]) for s in parameters if s in solution}
    if len(values) != len(parameters):
        return None
    if any(value.free_symbols & set(parameters) for value in values.values()):
        return None
    for symbol, value in values.items():
        domain = context.domains[symbol.name]
        for end, side in ((domain.lower, 1), (domain.upper, -1)):
            if end is not None:
                gap = side * (value - sympy.Rational(end.numerator, end.denominator))
                if context.sign(gap) != 1 and gap.is_positive is not True:
                    return None
    return values
