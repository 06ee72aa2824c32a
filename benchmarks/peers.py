"""klsym beside sympy, Maxima and Giac on 31 divergences: python benchmarks/peers.py

Every peer is given the definition as an integral or a sum, the logarithm already expanded, and
works in a process of its own that is killed at ``--limit`` seconds.  What it answers is compared,
at two random rational points, with the value that klsym certifies by enclosing the definition, so
no closed form is trusted, klsym's own neither.  ``--quick`` takes five pairs and five seconds.

Seconds: klsym from the text of the statement to the closed form, CPU time in process, caches
cleared (cold) or not (warm); sympy ``integrate`` or ``summation`` alone, and with ``simplify``
after it, which makes of its answer what one prints, likewise CPU time, neither its import nor the
making of the integrand counted; Maxima and Giac are whole processes by the clock
(they start in some tens of milliseconds).  Cold means that no result is left: sympy's cache and
every cache of klsym are emptied, but for what a process makes once whatever it is asked, which
``SETUP`` lists.  Maxima's questions on signs are answered ``pos`` and ``no`` in turn.

Debian has the peers: ``apt-get install --no-install-recommends maxima maxima-share xcas``; those
missing are left out.  Two bivariate normals have a double integral, which klsym does not enclose:
there the truth is the trapezoidal rule over twelve standard deviations.
"""

from __future__ import annotations

import argparse
import functools
import gc
import json
import math
import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.set_int_max_str_digits(0)

QUICK = ("normal", "exponential", "gamma", "laplace", "poisson")
TOLERANCE = 1e-7
ANSWER = "klsym-answer"
UNDONE = re.compile(r"(?i)\b(integrate|integral|int|sum|summation|limit|undef|und|error|bad)\b")


@dataclass(frozen=True)
class Law:
    """A family: how klsym calls it, its density, support and parameters; ``#`` is an index."""

    call: str
    density: str
    lower: str
    upper: str
    parameters: Mapping[str, str]
    discrete: bool = False
    variates: tuple[str, ...] = ("x",)

    def text(self, part: str, index: int) -> str:
        """A part with its index put in."""
        return part.replace("#", str(index))


LINE = ("-oo", "oo")
HALF = ("0", "oo")
LOCATED = {"m#": "real", "s#": "positive"}
SCALED = {"s#": "positive"}
SHAPED = {"a#": "positive", "b#": "positive"}
PLANE = {"m#": "real", "n#": "real", "s#": "positive", "t#": "positive", "r#": "correlation"}
DECLARED = {"correlation": "in (-1, 1)"}
LAWS = {
    "normal": Law("Normal(m#, s#)", "exp(-(x - m#)^2/(2*s#^2))/(s#*sqrt(2*pi))", *LINE, LOCATED),
    "standard": Law("Normal(0, 1)", "exp(-x^2/2)/sqrt(2*pi)", *LINE, {}),
    "exponential": Law("Exponential(s#)", "s#*exp(-s#*x)", *HALF, SCALED),
    "gamma": Law("Gamma(a#, rate=b#)", "b#^a#*x^(a# - 1)*exp(-b#*x)/gamma(a#)", *HALF, SHAPED),
    "invgamma": Law(
        "InverseGamma(a#, scale=b#)", "b#^a#*x^(-a# - 1)*exp(-b#/x)/gamma(a#)", *HALF, SHAPED
    ),
    "beta": Law(
        "Beta(a#, b#)",
        "x^(a# - 1)*(1 - x)^(b# - 1)*gamma(a# + b#)/(gamma(a#)*gamma(b#))",
        "0",
        "1",
        SHAPED,
    ),
    "laplace": Law("Laplace(m#, s#)", "exp(-abs(x - m#)/s#)/(2*s#)", *LINE, LOCATED),
    "lognormal": Law(
        "LogNormal(m#, s#)", "exp(-(log(x) - m#)^2/(2*s#^2))/(x*s#*sqrt(2*pi))", *HALF, LOCATED
    ),
    "rayleigh": Law("Rayleigh(s#)", "x*exp(-x^2/(2*s#^2))/s#^2", *HALF, SCALED),
    "weibull": Law("Weibull(a#, b#)", "a#/b#*(x/b#)^(a# - 1)*exp(-(x/b#)^a#)", *HALF, SHAPED),
    "pareto": Law("Pareto(b#, a#)", "a#*b#^a#*x^(-a# - 1)", "b#", "oo", SHAPED),
    "gumbel": Law("Gumbel(m#, s#)", "exp(-(x - m#)/s# - exp(-(x - m#)/s#))/s#", *LINE, LOCATED),
    "halfnormal": Law("HalfNormal(s#)", "sqrt(2)*exp(-x^2/(2*s#^2))/(s#*sqrt(pi))", *HALF, SCALED),
    "maxwell": Law("Maxwell(s#)", "sqrt(2/pi)*x^2*exp(-x^2/(2*s#^2))/s#^3", *HALF, SCALED),
    "chisquared": Law(
        "ChiSquared(s#)",
        "x^(s#/2 - 1)*exp(-x/2)/(2^(s#/2)*gamma(s#/2))",
        *HALF,
        SCALED,
    ),
    "uniform": Law("Uniform(a#, b#)", "1/(b# - a#)", "a#", "b#", {"a#": "real", "b#": "real"}),
    "logistic": Law(
        "Logistic(m#, s)",
        "exp(-(x - m#)/s)/(s*(1 + exp(-(x - m#)/s))^2)",
        *LINE,
        {"m#": "real", "s": "positive"},
    ),
    "cauchy": Law("Cauchy(m#, s#)", "s#/(pi*((x - m#)^2 + s#^2))", *LINE, LOCATED),
    "invgaussian": Law(
        "InverseGaussian(a#, b#)",
        "sqrt(b#/(2*pi*x^3))*exp(-b#*(x - a#)^2/(2*a#^2*x))",
        *HALF,
        SHAPED,
    ),
    "vonmises": Law(
        "VonMises(m#, s#)",
        "exp(s#*cos(x - m#))/(2*pi*besseli(0, s#))",
        "-pi",
        "pi",
        LOCATED,
    ),
    "poisson": Law("Poisson(s#)", "s#^x*exp(-s#)/factorial(x)", *HALF, SCALED, True),
    "geometric": Law("Geometric(t#)", "t#*(1 - t#)^x", *HALF, {"t#": "unit"}, True),
    "bernoulli": Law("Bernoulli(t#)", "t#^x*(1 - t#)^(1 - x)", "0", "1", {"t#": "unit"}, True),
    "binomial": Law(
        "Binomial(n, t#)",
        "binomial(n, x)*t#^x*(1 - t#)^(n - x)",
        "0",
        "n",
        {"n": "natural", "t#": "unit"},
        True,
    ),
    "negbinomial": Law(
        "NegativeBinomial(n, t#)",
        "gamma(x + n)/(factorial(x)*gamma(n))*t#^n*(1 - t#)^x",
        *HALF,
        {"n": "positive", "t#": "unit"},
        True,
    ),
    "bivnormal": Law(
        "BivariateNormal(m#, n#, s#, t#, r#)",
        "exp(-((x - m#)^2/s#^2 - 2*r#*(x - m#)*(y - n#)/(s#*t#) + (y - n#)^2/t#^2)/(2*(1 - r#^2)))"
        "/(2*pi*s#*t#*sqrt(1 - r#^2))",
        *LINE,
        PLANE,
        variates=("x", "y"),
    ),
}
MIXED = {
    "normal_std": ("normal", "standard"),
    "exp_gamma": ("exponential", "gamma"),
    "gamma_weibull": ("gamma", "weibull"),
    "laplace_normal": ("laplace", "normal"),
    "normal_laplace": ("normal", "laplace"),
    "jeffreys": ("normal", "normal"),
    "logistic_same_scale": ("logistic", "logistic"),
}
ASSUME = {
    "pareto": ("b1 > b2",),
    "uniform": ("a1 > a2", "b1 > a1", "b2 > b1"),
}
NAMES = (
    "normal",
    "normal_std",
    "jeffreys",
    "exponential",
    "gamma",
    "invgamma",
    "beta",
    "laplace",
    "lognormal",
    "rayleigh",
    "weibull",
    "pareto",
    "gumbel",
    "halfnormal",
    "maxwell",
    "chisquared",
    "uniform",
    "exp_gamma",
    "gamma_weibull",
    "laplace_normal",
    "normal_laplace",
    "logistic_same_scale",
    "cauchy",
    "invgaussian",
    "vonmises",
    "poisson",
    "geometric",
    "bernoulli",
    "binomial",
    "negbinomial",
    "bivnormal",
)


@dataclass(frozen=True)
class Pair:
    """A divergence of two laws, for klsym as a statement and for the peers as an integrand."""

    name: str

    @property
    def laws(self) -> tuple[Law, Law]:
        """Both laws; the first is indexed 1, the second 2."""
        left, right = MIXED.get(self.name, (self.name, self.name))
        return LAWS[left], LAWS[right]

    @property
    def statement(self) -> str:
        """What klsym is given."""
        p, q = self.laws
        left, right = p.text(p.call, 1), q.text(q.call, 2)
        head = "Jeffreys({}, {})" if self.name == "jeffreys" else "KL({} || {})"
        return head.format(left, right)

    @property
    def parameters(self) -> dict[str, str]:
        """Each parameter's name and domain."""
        return {
            law.text(name, index): domain
            for index, law in enumerate(self.laws, 1)
            for name, domain in law.parameters.items()
        }

    @property
    def let(self) -> list[str]:
        """The declarations of the parameters."""
        return [
            f"{name} {DECLARED.get(domain, domain)}" for name, domain in self.parameters.items()
        ]

    @property
    def assume(self) -> tuple[str, ...]:
        """The relations among the parameters."""
        return ASSUME.get(self.name, ())

    def request(self) -> Any:
        """The statement, read by klsym."""
        from klsym.meaning import read

        return read(self.statement, let=self.let, assume=self.assume)

    def points(self, context: Any) -> list[dict[Any, Any]]:
        """Two random rational points that satisfy the relations, in general position."""
        from sympy import Rational

        source = random.Random(self.name)
        draw = {
            "real": lambda: Rational(13 * source.randint(-2, 1) + source.randint(1, 12), 13),
            "positive": lambda: Rational(13 * source.randint(0, 2) + source.randint(5, 12), 13),
            "unit": lambda: Rational(source.randint(1, 12), 13),
            "natural": lambda: Rational(source.randint(2, 6)),
            "correlation": lambda: Rational(source.randint(-11, 11), 13),
        }
        symbols = {plain_name(symbol): symbol for symbol in context.symbols}
        found: list[dict[Any, Any]] = []
        while len(found) < 2:
            point = {symbols[n]: draw[kind]() for n, kind in self.parameters.items()}
            if context.satisfies(point):
                found.append(point)
        return found

    def integrand(self) -> tuple[Any, list[tuple[Any, Any, Any]]]:
        """The log-expanded integrand or summand, and each variate with its limits, in sympy."""
        from sympy import Add, Symbol, expand, expand_log, log

        from klsym.meaning import read

        p, q = self.laws
        between = (p.lower, p.upper)
        kind = {HALF: "positive", ("0", "1"): "unit"}.get(between, "real")
        kind = "positive" if self.name == "pareto" else kind
        let = [*self.let, *(f"{variate} {kind}" for variate in p.variates)]

        def lowered(text: str) -> Any:
            return read(text, let=let).statement

        first, second = lowered(p.text(p.density, 1)), lowered(q.text(q.density, 2))
        quotient = expand(expand_log(log(first), force=True) - expand_log(log(second), force=True))
        weights = (first, -second) if self.name == "jeffreys" else (first,)
        # Term by term: no peer has to expand, only to integrate.
        whole = Add(*(weight * term for weight in weights for term in Add.make_args(quotient)))
        variates = [lowered(variate) for variate in p.variates]
        # klsym's reader knows no infinite limit as a formula.
        lower, upper = (_end(p.text(end, 1), lowered) for end in between)
        if p.discrete:
            counts = {x: Symbol(x.name, integer=True, nonnegative=True) for x in variates}
            whole, variates = whole.xreplace(counts), list(counts.values())
        return whole, [(variate, lower, upper) for variate in variates]


def plain_name(symbol: Any) -> str:
    """A parameter's name in the table; klsym reads m1 as m with the index 1 and calls it m_1."""
    return str(symbol).replace("_", "")


def _end(text: str, lowered: Any) -> Any:
    from sympy import oo

    return {"oo": oo, "-oo": -oo}[text] if "oo" in text else lowered(text)


@dataclass(frozen=True)
class Outcome:
    """What a tool did with one pair: ``verdict`` is right, wrong, unsolved or time out."""

    verdict: str
    seconds: float

    def __str__(self) -> str:
        if self.verdict == "right":
            return f"{self.seconds:.4f}" if self.seconds < 0.1 else f"{self.seconds:.2f}"
        return {"wrong": "**wrong**", "unsolved": "-"}.get(self.verdict, self.verdict)


# klsym


SETUP = frozenset(
    {
        "klsym.discovery",
        "klsym.families",
        "klsym.divergences",
        "klsym.integrals",
        "klsym.meaning.templates.template",
        "klsym.meaning.pieces.parsed",
        "klsym.meaning.definitions._tree",
        "klsym.meaning.definitions._pattern",
        "klsym.integrals.kernel.derivative",
        "klsym.integrals.kernel.integral_of",
        "klsym.meaning.parameters.roles",
        "klsym.syntax.signs.signs",
        "klsym.syntax.walk",
    }
)
"""What is made once in a process, as an import is, and depends on no statement: which leaves there
are, each family's density over its own letters and what its keywords give, each divergence's
definition as a tree, over distributions of its own, and the signs it is printed with, each master
integral in letters of its own and its derivatives, the parts of a kind of node."""


def clear_caches() -> None:
    """Empty sympy's cache and every cache of klsym, but for what is made once in a process."""
    from sympy.core.cache import clear_cache

    for thing in gc.get_objects():
        if isinstance(thing, functools._lru_cache_wrapper):
            module = str(thing.__module__)
            if module.startswith("klsym") and not SETUP & {module, f"{module}.{thing.__name__}"}:
                thing.cache_clear()
    clear_cache()
    gc.collect()


def by_klsym(pair: Pair, cold: bool) -> tuple[float, Any]:
    """The seconds from text to closed form, and the derivation."""
    from klsym.integrals.engine import derive_closed_form

    if cold:
        clear_caches()
    begin = time.process_time()
    request = pair.request()
    derivation = derive_closed_form(request.statement, request.scope.context)
    return time.process_time() - begin, derivation


def certified(pair: Pair) -> list[float]:
    """The values at the pair's points, by enclosing the definition; two variates by quadrature."""
    if len(pair.laws[0].variates) > 1:
        return [quadrature(pair, point) for point in pair.points(pair.request().scope.context)]
    from klsym.numerics.enclose import enclose

    derivation = by_klsym(pair, cold=False)[1]
    definition = derivation.definition
    points = pair.points(pair.request().scope.context)
    return [float(enclose(definition, point, 15).mid()) for point in points]


def quadrature(pair: Pair, point: Mapping[Any, Any]) -> float:
    """The double integral at a point by the trapezoidal rule, which converges geometrically.

    The means are m and n, the standard deviations s and t.
    """
    from sympy import lambdify

    formula, limits = pair.integrand()
    at = {plain_name(symbol): value for symbol, value in point.items()}
    own = {s: at[plain_name(s)] for s in formula.free_symbols if plain_name(s) in at}
    integrand = lambdify([x for x, *_ in limits], formula.subs(own), "math")
    steps = [k / 5 for k in range(-60, 61)]
    (m, s), (n, t) = ((float(at[a]), float(at[b])) for a, b in (("m1", "s1"), ("n1", "t1")))
    return s * t / 25 * math.fsum(integrand(m + s * u, n + t * v) for u in steps for v in steps)


def values(expression: Any, points: Sequence[Mapping[Any, Any]]) -> list[float]:
    """An expression's numbers at the points; nan where it has none."""
    from sympy import Integral, Sum

    found = []
    for point in points:
        try:
            by_name = {str(name): value for name, value in point.items()}
            at = {s: by_name[str(s)] for s in expression.free_symbols if str(s) in by_name}
            there = expression.subs(at)
            # An integral left as it is would be no answer, but sympy would give it a number.
            number = complex(math.nan if there.has(Integral, Sum) else there.evalf(20))
            found.append(
                number.real if abs(number.imag) <= TOLERANCE * abs(number.real) else math.nan
            )
        except (TypeError, ValueError, AttributeError, ArithmeticError, NotImplementedError):
            found.append(math.nan)
    return found


def judged(found: Sequence[float], truth: Sequence[float], seconds: float) -> Outcome:
    """Right if every number is the certified one; unsolved if one is none."""
    if len(found) != len(truth) or any(map(math.isnan, found)):
        return Outcome("unsolved", seconds)
    close = all(
        math.isclose(a, b, rel_tol=TOLERANCE, abs_tol=1e-12)
        for a, b in zip(found, truth, strict=True)
    )
    return Outcome("right" if close else "wrong", seconds)


# The peers


def run(command: Sequence[str], script: str, limit: float) -> tuple[str, float] | None:
    """A process's output and seconds; None if it had to be killed.

    It works in a folder of its own, for Giac leaves a file where it stands.
    """
    with TemporaryDirectory() as folder:
        return _run(command, script, limit, folder)


def _run(
    command: Sequence[str], script: str, limit: float, folder: str
) -> tuple[str, float] | None:
    begin = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        cwd=folder,
    )
    try:
        output, _ = process.communicate(script, timeout=limit)
    except subprocess.TimeoutExpired:
        # The commands are scripts: what they started has to end with them.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return None
    return output, time.perf_counter() - begin


def sympy_alone(pair: Pair, simplified: bool) -> None:
    """The work of the sympy process: integrate, then print seconds and values."""
    from sympy import exp, integrate, oo, simplify, summation, symbols
    from sympy.core.cache import clear_cache

    formula, limits = pair.integrand()
    u, s = symbols("u s", positive=True)
    # The tables of sympy's integrator are built on first use: like its import, not counted.
    integrate(u * exp(-s * u**2), (u, 0, oo))
    clear_cache()
    begin = time.process_time()
    operation = summation if pair.laws[0].discrete else integrate
    answer = operation(formula, *limits)
    answer = simplify(answer) if simplified else answer
    seconds = time.process_time() - begin
    found = values(answer, pair.points(pair.request().scope.context))
    print(ANSWER, json.dumps({"seconds": seconds, "values": found}))


def by_sympy(
    pair: Pair, limit: float, truth: Sequence[float], *, simplified: bool = False
) -> Outcome:
    """sympy in its own process."""
    command = [sys.executable, str(Path(__file__).resolve()), "--alone", pair.name]
    done = run([*command, "--simplified"] if simplified else command, "", limit + 3)
    if done is None:
        return Outcome("time out", limit)
    for line in done[0].splitlines():
        if line.startswith(ANSWER):
            answer = json.loads(line.removeprefix(ANSWER))
            if answer["seconds"] > limit:
                return Outcome("time out", limit)
            return judged(answer["values"], truth, answer["seconds"])
    return Outcome("unsolved", done[1])


def written(expression: Any, names: Mapping[str, str]) -> str:
    """An expression in a peer's notation."""
    text = str(expression).replace("**", "^").replace("_", "")
    for ours, theirs in names.items():
        text = re.sub(rf"\b{ours}\b", theirs, text)
    return text.replace("-+", "-")


def nested(head: str, term: str, limits: Sequence[Any], names: Mapping[str, str]) -> str:
    """The integral or sum of a term over each variate in turn, in a peer's notation."""
    for variate, *ends in limits:
        term = f"{head}({term},{variate},{','.join(written(end, names) for end in ends)})"
    return term


def conditions(pair: Pair) -> list[str]:
    """What a peer is told to assume."""
    kinds = {
        "positive": ["{} > 0"],
        "unit": ["{} > 0", "{} < 1"],
        "natural": ["{} > 0"],
        "correlation": ["{} > -1", "{} < 1"],
        "real": [],
    }
    return [c.format(n) for n, kind in pair.parameters.items() for c in kinds[kind]] + [
        *pair.assume
    ]


def read_numbers(lines: Sequence[str], pair: Pair) -> list[float]:
    """A peer's numbers, or its answer read by klsym if it gave none."""
    numbers = []
    for line in lines[1:]:
        try:
            numbers.append(float(Fraction(line.strip())))
        except ValueError:
            return [math.nan, math.nan] if UNDONE.search(lines[0]) else _read(lines[0], pair)
    return [math.nan] if UNDONE.search(lines[0]) else numbers


def _read(text: str, pair: Pair) -> list[float]:
    from klsym.errors import KlsymError
    from klsym.meaning import read

    for theirs, ours in (
        (r"psi\[0\]", "digamma"), (r"Psi", "digamma"), (r"%gamma|euler_gamma", "EulerGamma"),
        (r"%", ""), (r"Gamma", "gamma"), (r"\bln\b", "log"),
    ):  # fmt: skip
        text = re.sub(theirs, ours, text)
    try:
        request = read(text, let=pair.let, assume=pair.assume)
    except KlsymError:
        return [math.nan]
    return values(request.statement, pair.points(pair.request().scope.context))


def by_maxima(pair: Pair, limit: float, truth: Sequence[float]) -> Outcome:
    """Maxima, its questions answered."""
    formula, limits = pair.integrand()
    names = {"pi": "%pi", "Abs": "abs", "besseli": "bessel_i", "loggamma": "log_gamma"}
    names |= {"oo": "inf"}
    if pair.laws[0].discrete:
        sums = [nested("sum", written(term, names), limits, names) for term in formula.args]
        work = "+".join(f"simplify_sum({one})" for one in sums)
    else:
        work = nested("integrate", written(formula, names), limits, names)
    whole = [name for name, kind in pair.parameters.items() if kind == "natural"]
    points = pair.points(pair.request().scope.context)
    steps = [f"assume({c})" for c in conditions(pair)]
    steps += [f"declare({name},integer)" for name in whole]
    steps += ['load("simplify_sum")'] if pair.laws[0].discrete else []
    steps += [f"r:errcatch({work})", "if r#[] then r:first(r)"]
    steps += [f'print("{ANSWER}",string(r))']
    for point in points:
        at = ",".join(f"{plain_name(name)}={value}" for name, value in point.items())
        number = f"first(errcatch(float(ev(float(subst([{at}],r)),numer))))"
        steps += [f'print("{ANSWER}",string({number}))']
    script = f"display2d:false$ linel:100000$ ({', '.join(steps)})$\n" + "pos;\nno;\n" * 40
    return _text_answer(run(["maxima", "--very-quiet"], script + "quit();\n", limit), pair, truth,
                        limit)  # fmt: skip


def by_giac(pair: Pair, limit: float, truth: Sequence[float]) -> Outcome:
    """Giac on one script."""
    formula, limits = pair.integrand()
    names = {"Abs": "abs", "gamma": "Gamma", "besseli": "BesselI", "oo": "+infinity"}
    names |= {"binomial": "comb"}
    terms = formula.args if pair.laws[0].discrete else (formula,)
    head = "sum" if pair.laws[0].discrete else "int"
    work = "+".join(nested(head, written(term, names), limits, names) for term in terms)
    points = pair.points(pair.request().scope.context)
    lines = []
    for condition in conditions(pair):
        name = condition.split()[0]
        told = any(line.startswith(f"assume({name} ") for line in lines)
        lines.append(f"{'additionally' if told else 'assume'}({condition})")
    whole = [name for name, kind in pair.parameters.items() if kind == "natural"]
    lines += [f"additionally({name},integer)" for name in whole]
    lines += [f"r:={work}:"]
    lines += [f'"{ANSWER}"', "r"]
    for point in points:
        at = ",".join(f"{plain_name(name)}={value}" for name, value in point.items())
        lines += [f'"{ANSWER}"', f"evalf(subst(r,[{at}]))"]
    done = run(["giac", "/dev/stdin"], ";\n".join(lines) + ";\n", limit)
    return _text_answer(done, pair, truth, limit)


def _text_answer(
    done: tuple[str, float] | None, pair: Pair, truth: Sequence[float], limit: float
) -> Outcome:
    """Judge a text in which each answer follows the mark, on its line or the next."""
    if done is None:
        return Outcome("time out", limit)
    text = re.sub(r"(?m)^//.*\n", "", done[0]).replace('"', "")
    lines = re.findall(rf"(?m)^\s*{ANSWER}[ ,]*\n?(.*)$", text)
    if len(lines) != 1 + len(truth):
        return Outcome("unsolved", done[1])
    return judged(read_numbers([line.strip(" ,;") for line in lines], pair), truth, done[1])


# The table


def table(pairs: Sequence[Pair], limit: float) -> None:
    """Run everything, print each pair's row, then counts, medians and ratios."""
    simplified = functools.partial(by_sympy, simplified=True)
    peers: dict[str, Any] = {"sympy": by_sympy, "sympy simplified": simplified}
    for tool, work in (("maxima", by_maxima), ("giac", by_giac)):
        if shutil.which(tool):
            peers[tool] = work
        else:
            print(f"{tool} is not on this machine and is left out.\n")
    tools = ["klsym", "klsym warm", *peers]
    print(f"| pair | {' | '.join(tools)} |")
    print("|---" * (len(tools) + 1) + "|")
    rows = []
    by_klsym(pairs[0], cold=True)
    for pair in pairs:
        truth = certified(pair)
        row = {}
        for tool, cold in (("klsym", True), ("klsym warm", False)):
            runs = [by_klsym(pair, cold) for _ in range(3)]
            derivation = runs[-1][1]
            points = pair.points(derivation.context)
            closed = derivation.closed_form
            found = [math.nan] if closed is None else values(closed, points)
            row[tool] = judged(found, truth, statistics.median(time for time, _ in runs))
        row |= {tool: work(pair, limit, truth) for tool, work in peers.items()}
        rows.append(row)
        print(f"| {pair.name} | {' | '.join(str(row[tool]) for tool in tools)} |", flush=True)
    print("\n| | right | wrong | unsolved | median s | times klsym cold | times klsym warm |")
    print("|---|---|---|---|---|---|---|")
    for tool in tools:
        print(summary(tool, rows))


def summary(tool: str, rows: Sequence[Mapping[str, Outcome]]) -> str:
    """One tool's line: counts, the median where right, geometric-mean ratios where both are."""
    verdicts = [row[tool].verdict for row in rows]
    right = [row for row in rows if row[tool].verdict == "right"]
    ratios = [
        statistics.geometric_mean(
            [row[tool].seconds / row[base].seconds for row in right if row[base].verdict == "right"]
            or [math.nan]
        )
        for base in ("klsym", "klsym warm")
    ]
    median = statistics.median([row[tool].seconds for row in right] or [math.nan])
    wrong = verdicts.count("wrong")
    counts = f"{len(right)} | {wrong} | {len(rows) - len(right) - wrong}"
    return f"| {tool} | {counts} | {median:.4f} | {ratios[0]:.3g} | {ratios[1]:.3g} |"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="five pairs, five seconds")
    parser.add_argument("--limit", type=float, help="seconds for each peer on each pair [20]")
    parser.add_argument("--pair", choices=NAMES, help="this pair and no other")
    parser.add_argument("--alone", choices=NAMES, help=argparse.SUPPRESS)
    parser.add_argument("--simplified", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        sympy_alone(Pair(options.alone), options.simplified)
        return
    limit = options.limit or (5.0 if options.quick else 20.0)
    every = QUICK if options.quick else NAMES
    table([Pair(name) for name in ([options.pair] if options.pair else every)], limit)


if __name__ == "__main__":
    main()
