"""The Python modules written for closed forms: they run, and hold certified values."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sympy import Function, Piecewise, Symbol, cosh, exp, log, symbols

from klsym import derive
from klsym.errors import KlsymError
from klsym.running.lost import lost
from klsym.running.messages import Request
from klsym.writing.arrays import code

a, b, p, q = symbols("a b p q", positive=True)

STATEMENTS = [
    "KL(Normal(mu_1, sigma_1) || Normal(mu_2, sigma_2))",
    "KL(Bernoulli(p) || Bernoulli(q))",
    "KL(Beta(a, b) || Beta(c, lambda))",
    "KL(Gamma(k, rate=a) || Gamma(l, rate=b))",
    "KL(Poisson(a) || Poisson(b))",
    "KL(Normal(mu, sigma) || Laplace(0, b))",
    "KL(Laplace(m, b) || Laplace(n, c))",
    "KL(VonMises(0, k) || VonMises(0, l))",
    "KL(Uniform(a, b) || Uniform(c, d))",
    "KL(Weibull(k, a) || Weibull(l, b))",
    "KL(Geometric(p) || Geometric(q))",
    "KL(Cauchy(0, np) || Normal(0, 1))",
    "KL(Normal(0, 1) || Normal(1, 2))",
    "H(Gamma(k, rate=b))",
    "E(Exponential(a), x)",
    "KL(prod_j Bernoulli(p_j) || prod_j Bernoulli(q))",
]


def run(text: str) -> None:
    """Run Python with warnings as errors, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-"], input=text, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{done.stderr}\n{text}"


def calls_of_tests(text: str) -> str:
    names = [line[4:].split("(")[0] for line in text.splitlines() if line.startswith("def test_")]
    assert len(names) == 1
    return f"{names[0]}()\n"


def test_each_generated_test_passes() -> None:
    texts = [derive(statement).to_python() for statement in STATEMENTS]
    run("\n\n".join(f"{text}\n\n\n{calls_of_tests(text)}" for text in texts))


def test_a_generated_function_broadcasts_and_is_infinite_outside_its_conditions() -> None:
    text = derive("KL(Uniform(a, b) || Uniform(c, d))").to_python()
    run(
        f"{text}\n\n"
        "value = kl_uniform_uniform(0, [[1], [2]], 0, [2, 3, 1])\n"
        "assert value.shape == (2, 3) and np.isinf(value[1, 2]) and value[1, 0] == 0\n"
    )


def test_a_generated_function_keeps_its_digits_near_the_end_of_the_domain() -> None:
    text = derive("KL(Bernoulli(p) || Bernoulli(q))").to_python()
    certified = "3.0685281949005469e-11"  # klsym evaluate ... --at 'p=1e-10, q=2e-10'
    run(
        f"{text}\n\n"
        f"near = kl_bernoulli_bernoulli(1e-10, 2e-10)\n"
        f"np.testing.assert_allclose(near, {certified}, rtol=1e-12)\n"
        "assert kl_bernoulli_bernoulli(0, 0.5) == np.log(2)\n"
    )


def test_components_lie_along_the_last_axis() -> None:
    text = derive("KL(prod_j Normal(mu_j, sigma_j) || prod_j Normal(0, s))").to_python()
    single = derive("KL(Normal(m, t) || Normal(0, s))").to_python()
    run(
        f"{text}\n\nof_all = kl_normal_normal\n\n{single}\n\n"
        "mu, s = np.array([[0, 1, 2], [3, 4, 5]]), np.array([1, 2])\n"
        "parts = kl_normal_normal(mu, 2, s[:, None])\n"
        "np.testing.assert_allclose(of_all(mu, 2, s), parts.sum(axis=1), rtol=1e-12)\n"
    )


def test_a_scaled_bessel_function_does_not_overflow() -> None:
    text = derive("KL(VonMises(0, k) || VonMises(0, l))").to_python()
    run(f"{text}\n\nassert 0 < kl_von_mises_von_mises(5000, 6000) < 1\n")


@pytest.mark.parametrize(
    ("expr", "written"),
    [
        (log(1 - p), "np.log1p(-p)"),
        (log(p / q), "np.log(p/q)"),
        (p * log(p / q), "special.xlogy(p, p/q)"),
        (exp(a) - 1, "np.expm1(a)"),
        (2 - 2 * exp(-a) + b, "b - 2*np.expm1(-a)"),
        (log(1 + exp(a)), "np.logaddexp(0, a)"),
        (-a / b**2, "-a/b**2"),
        (a / (3 * b * (a + b)), "a/(3*b*(a + b))"),
        (-((a + b) ** 2), "-(a + b)**2"),
        (a ** (-b) * 2, "2/a**b"),
        (a + (-b) ** 3, "a - b**3"),
        (Piecewise((a, a < b), (b, True)), "np.where(a < b, a, b)"),
    ],
)
def test_an_expression_is_written_as_careful_code(expr: object, written: str) -> None:
    assert code(expr) == written


def test_a_logarithm_is_taken_apart_only_where_its_factors_are_positive() -> None:
    x = Symbol("x", real=True)
    argument = (1 - x) / (1 - x**3)
    assert code(log(argument)).startswith("np.log(")
    assert "log1p" in code(log(argument), sign=lambda value: 1)


def test_names_that_python_keeps_are_changed() -> None:
    text = derive("KL(Normal(lambda, np) || Normal(0, 1))").to_python()
    assert "def kl_normal_normal(lambda_, np_):" in text


def test_what_scipy_lacks_is_refused_by_name() -> None:
    with pytest.raises(KlsymError, match="strange") as caught:
        code(cosh(Function("strange")(a)))
    assert caught.value.name == "no-python"


def test_without_a_closed_form_a_comment_says_why() -> None:
    text = derive("KL(Kumaraswamy(a, b) || Beta(c, d))").to_python()
    assert text.startswith("# no closed form found: ")
    assert "\n" not in text


def test_a_lost_statement_is_a_comment() -> None:
    request = Request("derive", {"statement": "KL(p || q)"}, format="python")
    assert lost(request, "too\nlong", 1.0).output.startswith("# undecided: too")


def test_a_statement_in_latex_keeps_its_backslashes_in_the_docstring() -> None:
    text = derive(r"\operatorname{KL}(N(\nu, 1) \| N(0, 1))").to_python()
    run(text + "\n" + calls_of_tests(text) + "assert chr(92) + 'nu' in __doc__\n")
