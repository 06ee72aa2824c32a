"""Every divergence: zero on the diagonal, positive off it, its limits, relations and formulas."""

from __future__ import annotations

import json
import math
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import sympy

import klsym
from klsym import KlsymError, check, derive, evaluate
from klsym.divergence import Divergence
from klsym.divergences import divergences
from klsym.writing.plain import plain

CASES = json.loads((Path(__file__).parent.parent / "data" / "divergences.json").read_text())
SCHEMA = json.loads((Path(klsym.__file__).parent / "schema.json").read_text())
COMPARING = [d for d in divergences().values() if d.arity == 2 and d.name != "CrossEntropy"]
SETTINGS = {"order": "3/2", "generator": "t*log(t)"}
PAIRS = [
    ("Exponential(1)", "Exponential(3/2)"),
    ("Normal(0, 1)", "Normal(1, 5/4)"),
    ("Poisson(2)", "Poisson(1)"),
    ("Bernoulli(1/3)", "Bernoulli(1/5)"),
]
ON_THE_LINE = ("Wasserstein2", "Wasserstein2Squared")
NAMED = {
    "t*log(t)": "KL(p, q)",
    "-log(t)": "KL(q, p)",
    "(t - 1)*log(t)": "Jeffreys(p, q)",
    "(t - 1)**2": "ChiSquare(p, q)",
    "1/t - 1": "NeymanChiSquare(p, q)",
    "(sqrt(t) - 1)**2/2": "Hellinger2(p, q)",
    "1 - sqrt(t)": "Hellinger2(p, q)",
    "abs(t - 1)/2": "TotalVariation(p, q)",
    "(t**(3/2) - 1)/(1/2)": "Tsallis(p, q, order=3/2)",
}
RELATIONS = [
    ("Bhattacharyya(p, q)", "Renyi(p, q, order=1/2)/2"),
    ("Hellinger2(p, q)", "1 - exp(-Bhattacharyya(p, q))"),
    ("ChiSquare(p, q)", "exp(Renyi(p, q, order=2)) - 1"),
    ("NeymanChiSquare(p, q)", "ChiSquare(q, p)"),
    ("Alpha(p, q, order=1/2)", "4*Hellinger2(p, q)"),
    ("Alpha(p, q, order=2)", "ChiSquare(p, q)/2"),
    ("Alpha(p, q, alpha=0)", "Alpha(p, q, order=1/2)"),
    ("Alpha(p, q, alpha=-1)", "KL(p || q)"),
    ("Alpha(p, q, alpha=1)", "KL(q || p)"),
    ("Tsallis(p, q, order=2)", "ChiSquare(p, q)"),
    ("ReverseKL(p, q)", "KL(q || p)"),
    ("Jeffreys(p, q)", "KL(p || q) + ReverseKL(p, q)"),
    ("Wasserstein2Squared(p, q)", "Wasserstein2(p, q)^2"),
]


def call(divergence: Divergence, p: str, q: str) -> str:
    options = [f"{o.name}={SETTINGS[o.name]}" for o in divergence.options if o.required]
    return f"{divergence.name}({', '.join([p, q, *options])})"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["statement"])
def test_the_derived_form_is_the_published_one(case: dict[str, Any]) -> None:
    result = check(case["statement"], case["formula"], let=case.get("let", ()))
    assert result.verdict == "proved"
    assert [plain(c) for c in result.conditions] == case["conditions"]


NORMAL = "exp(-(x - {0})**2/(2*{1}**2))/({1}*sqrt(2*pi)) on (-oo, oo)"
BARE = {
    "Normal(m, s), Normal(n, t)": (NORMAL.format("m", "s"), NORMAL.format("n", "t")),
    "Normal(m, s), Normal(n, s)": (NORMAL.format("m", "s"), NORMAL.format("n", "s")),
    "Exponential(a), Exponential(b)": ("a*exp(-a*x) on (0, oo)", "b*exp(-b*x) on (0, oo)"),
    "Poisson(a), Poisson(b)": (
        "a**x*exp(-a)/factorial(x) on {0..oo}",
        "b**x*exp(-b)/factorial(x) on {0..oo}",
    ),
    "Laplace(m, b), Laplace(n, c)": (
        "exp(-abs(x - m)/b)/(2*b) on (-oo, oo)",
        "exp(-abs(x - n)/c)/(2*c) on (-oo, oo)",
    ),
    "Gamma(a, rate=b), Gamma(c, rate=d)": (
        "b**a*x**(a - 1)*exp(-b*x)/gamma(a) on (0, oo)",
        "d**c*x**(c - 1)*exp(-d*x)/gamma(c) on (0, oo)",
    ),
    "Beta(a, b), Beta(c, d)": (
        "x**(a - 1)*(1 - x)**(b - 1)/beta(a, b) on (0, 1)",
        "x**(c - 1)*(1 - x)**(d - 1)/beta(c, d) on (0, 1)",
    ),
}


@pytest.mark.parametrize(
    ("case", "laws"),
    [(case, laws) for case in CASES for laws in BARE if laws in case["statement"]],
    ids=lambda part: part["statement"] if isinstance(part, dict) else "",
)
def test_bare_densities_give_the_same_as_the_family(case: dict[str, Any], laws: str) -> None:
    p, q = BARE[laws]
    let = [f"p(x) = {p}", f"q(x) = {q}"]
    if "m" in laws.split("(")[1]:
        let.append("m, n real")
    statement = case["statement"].replace(laws, "p, q")
    assert check(statement, case["formula"], let=let).verdict == "proved"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["statement"])
@pytest.mark.parametrize("slip", ["{} + 1", "2*({})", "-({})"])
def test_a_wrong_variant_is_refuted(case: dict[str, Any], slip: str) -> None:
    result = check(case["statement"], slip.format(case["formula"]), let=case.get("let", ()))
    assert result.verdict == "refuted"


@pytest.mark.parametrize("divergence", COMPARING, ids=lambda d: d.name)
@pytest.mark.parametrize("law", ["Exponential(a)", "Normal(m, s)", "Poisson(a)"])
def test_a_divergence_of_a_law_from_itself_is_zero(divergence: Divergence, law: str) -> None:
    if divergence.name in ON_THE_LINE and law == "Poisson(a)":
        law = "Gamma(a, rate=b)"
    assert check(call(divergence, law, law), "0").verdict == "proved"


@pytest.mark.parametrize("divergence", COMPARING, ids=lambda d: d.name)
@pytest.mark.parametrize(("p", "q"), PAIRS)
def test_a_divergence_of_two_laws_is_positive(divergence: Divergence, p: str, q: str) -> None:
    if divergence.name in ON_THE_LINE and p[0] in "PB":
        assert derive(call(divergence, p, q)).closed_form is None
        return
    value = evaluate(call(divergence, p, q), digits=8).value
    assert value is not None
    assert Decimal(value) > 0


@pytest.mark.parametrize(("left", "right"), RELATIONS)
@pytest.mark.parametrize("family", ["Normal({}, 1)", "Exponential({})"])
def test_divergences_are_related(left: str, right: str, family: str) -> None:
    let = [f"p = {family.format('a')}", f"q = {family.format('b')}"]
    if family.startswith("N"):
        let.append("a, b real")
    a, b = (derive(side, let=let).closed_form for side in (left, right))
    assert a is not None
    assert b is not None
    assert check(plain(a), plain(b), let=[let[2] if len(let) > 2 else "a, b positive"]).verdict in (
        "proved",
        "agrees",
    )


@pytest.mark.parametrize(("generator", "named"), NAMED.items())
def test_a_generator_gives_the_divergence_it_is_known_for(generator: str, named: str) -> None:
    let = ["p = Exponential(a)", "q = Exponential(b)"]
    ours = derive(f"FDivergence(p, q, generator={generator})", let=let).closed_form
    theirs = derive(named, let=let).closed_form
    assert ours is not None
    assert theirs is not None
    assert check(plain(ours), plain(theirs), let=["a, b positive"]).verdict in ("proved", "agrees")


@pytest.mark.parametrize("name", ["Renyi", "Tsallis", "Alpha"])
@pytest.mark.parametrize(("p", "q"), PAIRS)
def test_an_order_near_one_is_near_the_kullback_leibler_divergence(
    name: str, p: str, q: str
) -> None:
    kl = Decimal(evaluate(f"KL({p} || {q})", digits=12).value or "NaN")
    for order in ("1000001/1000000", "999999/1000000"):
        near = evaluate(f"{name}({p}, {q}, order={order})", digits=12).value
        assert abs(Decimal(near or "NaN") - kl) < Decimal("1e-5")


@pytest.mark.parametrize("name", ["Renyi", "Tsallis", "Alpha"])
def test_order_one_is_the_limit_with_a_note(name: str) -> None:
    result = derive(f"{name}(Exponential(a), Exponential(b), order=1)")
    assert str(result) == str(derive("KL(Exponential(a) || Exponential(b))"))
    assert any("limit" in note for note in result.notes)


def test_the_renyi_divergence_does_not_decrease_in_its_order() -> None:
    orders = ["1/4", "1/2", "1", "3/2", "2"]
    statements = [f"Renyi(Exponential(2), Exponential(1), order={order})" for order in orders]
    values = [Decimal(evaluate(s, digits=8).value or "NaN") for s in statements]
    assert values == sorted(values)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("ChiSquare(Normal(0, 2), Normal(0, 1))", "diverges"),
        ("ChiSquare(Exponential(1), Exponential(3))", "diverges"),
        ("ChiSquare(Geometric(1/4), Geometric(3/4))", "diverges"),
        ("Renyi(Normal(0, 2), Normal(m, 1), order=3)", "diverges"),
        ("Renyi(Uniform(0, 2), Uniform(0, 1), order=2)", "x > 1"),
        ("ChiSquare(Laplace(0, 1), Exponential(1))", "x < 0"),
        ("FDivergence(Uniform(0, 2), Uniform(0, 1), generator=t*log(t))", "x > 1"),
        ("Bhattacharyya(Uniform(0, 2), Uniform(3, 4))", "nowhere both positive"),
    ],
)
def test_an_infinite_divergence_says_why(statement: str, reason: str) -> None:
    result = derive(statement)
    assert result.closed_form == sympy.oo
    assert reason in str(result.reason)


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        ("Hellinger2(Uniform(0, 2), Uniform(1, 3))", "1/2"),
        ("Hellinger2(Uniform(0, 1), Uniform(2, 3))", "1"),
        ("JensenShannon(Uniform(0, 1), Uniform(2, 3))", "log(2)"),
        ("JensenShannon(Uniform(0, 1), Uniform(0, 3))", "log(27/4)/6"),
        ("TotalVariation(Uniform(0, 1), Uniform(0, 3))", "2/3"),
        ("TotalVariation(Uniform(0, 3), Uniform(0, 1))", "2/3"),
        ("TotalVariation(Bernoulli(a), Bernoulli(b))", "|a - b|"),
        ("Renyi(Uniform(0, 2), Uniform(1, 3), order=1/2)", "2*log(2)"),
        ("Bhattacharyya(Laplace(0, 1), Laplace(2, 1))", "1 - log(2)"),
    ],
)
def test_supports_need_not_nest_for_what_is_finite(statement: str, value: str) -> None:
    assert check(statement, value).verdict == "proved"


def test_a_condition_holds_by_itself_for_an_order_below_one() -> None:
    statement = "Renyi(Normal(m, s), Normal(n, t), order=alpha)"
    assert derive(statement).conditions
    assert not derive(statement, assume=["alpha < 1"]).conditions


@pytest.mark.parametrize("statement", ["Renyi(p, q)", "Alpha(p, q)", "FDivergence(p, q)"])
def test_an_option_that_is_needed_is_asked_for(statement: str) -> None:
    with pytest.raises(KlsymError, match="needs the option"):
        derive(statement, let=["p = Poisson(a)", "q = Poisson(b)"])


@pytest.mark.parametrize("order", ["0", "-1", "oo"])
def test_an_order_is_positive_and_finite(order: str) -> None:
    with pytest.raises(KlsymError, match="order"):
        derive(f"Renyi(Poisson(a), Poisson(b), order={order})")


@pytest.mark.parametrize(
    ("statement", "formula"),
    [
        ("KL(Exponential(a) || Exponential(b))", "log(a/b, 2) + (b/a - 1)/log(2)"),
        ("H(Bernoulli(c))", "-c*log_2(c) - (1 - c)*log_2(1 - c)"),
        ("H(Uniform(0, 8))", "3"),
        ("Jeffreys(Poisson(a), Poisson(b))/2", "(a - b)*log_2(a/b)/2"),
    ],
)
def test_a_value_in_bits_is_one_in_nats_over_log_2(statement: str, formula: str) -> None:
    assert check(statement, formula, unit="bits").verdict == "proved"
    assert check(statement, formula).verdict == "refuted"


def test_a_number_in_bits_is_certified() -> None:
    bits = evaluate("JensenShannon(Normal(0, 1), Normal(100, 1))", unit="bits", digits=10)
    assert abs(Decimal(bits.value or "NaN") - 1) < Decimal("1e-9")


@pytest.mark.parametrize("statement", ["TotalVariation(p, q)", "KL(p, q) + 1", "a/b"])
def test_what_has_no_unit_is_refused_in_bits(statement: str) -> None:
    with pytest.raises(KlsymError) as caught:
        derive(statement, let=["p = Poisson(a)", "q = Poisson(b)"], unit="bits")
    assert caught.value.name == "unit"


@pytest.mark.parametrize(
    "statement",
    [
        "JensenShannon(Normal(0, 1), Normal(1, 1))",
        "KL(1/2*Normal(-3, 1.2) + 1/2*Normal(3, 1.2) || Normal(0, 3))",
        "KL(StudentT(3) || StudentT(5))",
    ],
)
def test_what_has_no_closed_form_has_a_certified_number(statement: str) -> None:
    result = derive(statement, digits=8)
    assert result.closed_form is None
    assert str(result.reason).startswith("no closed form found")
    assert Decimal(result.to_dict()["value"]) > 0
    jsonschema.validate(result.to_dict(), SCHEMA)
    assert result.exit_code == 3


def test_a_mixture_is_bounded_by_convexity() -> None:
    mixture = "1/2*Normal(-1, 1) + 1/2*Normal(1, 1)"
    notes = derive(f"KL({mixture} || Normal(m, 1))").notes
    assert notes == (
        "by convexity it lies between max(0, (m - 1)**2/4 + (m + 1)**2/4 - log(2)) and "
        "(m - 1)**2/4 + (m + 1)**2/4",
    )


def test_the_chi_squared_divergence_of_a_mixture_closes() -> None:
    mixture = "1/2*Normal(0, 1) + 1/2*Normal(1, 1)"
    formula = "exp(m^2)/4 + exp((m - 1)^2)/4 + exp(m*(m - 1))/2 - 1"
    assert check(f"ChiSquare({mixture}, Normal(m, 1))", formula).verdict == "proved"


@pytest.mark.parametrize(
    ("p", "q", "formula"),
    [
        ("Uniform(a, b)", "Uniform(c, d)", "((a - c)^2 + (a - c)*(b - d) + (b - d)^2)/3"),
        ("Laplace(m, b)", "Laplace(n, c)", "(m - n)^2 + 2*(b - c)^2"),
        ("Semicircle(a)", "Semicircle(b)", "(a - b)^2/4"),
        ("Triangular(a, b, c)", "Triangular(2*a, 2*b, 2*c)", "(a^2+b^2+c^2+a*b+a*c+b*c)/6"),
        ("BoundedPareto(1, 2, 1)", "BoundedPareto(1, 4, 1/2)", "2/3"),
        (
            "LogNormal(m, s)",
            "LogNormal(n, t)",
            "exp(2*m + 2*s^2) + exp(2*n + 2*t^2) - 2*exp(m + n + (s + t)^2/2)",
        ),
    ],
)
def test_location_scale_families_have_a_wasserstein_distance(p: str, q: str, formula: str) -> None:
    assert check(f"Wasserstein2Squared({p}, {q})", formula).verdict == "proved"


@pytest.mark.parametrize(
    ("statement", "formula"),
    [
        (
            "TotalVariation(ShiftedExponential(3, rate=2/3), ShiftedExponential(1, rate=5/3))",
            "1 - exp(-10/3)",
        ),
        ("TotalVariation(Uniform(0, 1), Exponential(1/2))", "exp(-1/2)"),
    ],
)
def test_densities_that_do_not_cross_where_both_are_positive(statement: str, formula: str) -> None:
    assert check(statement, formula).verdict == "proved"


@pytest.mark.parametrize(
    ("statement", "formula"),
    [
        (
            "TotalVariation(Normal(m, s), Normal(m, 2*s))",
            "erf(2*sqrt(log(2)/3)) - erf(sqrt(log(2)/3))",
        ),
        ("TotalVariation(Cauchy(m, g), Cauchy(n, g))", "2*arctan(abs(m - n)/(2*g))/pi"),
        (
            "TotalVariation(Cauchy(0, 1), Cauchy(0, 2))",
            "2*(arctan(sqrt(2)) - arctan(1/sqrt(2)))/pi",
        ),
    ],
)
def test_densities_that_cross_twice_have_a_total_variation(statement: str, formula: str) -> None:
    assert check(statement, formula).verdict == "proved"


@pytest.mark.parametrize(
    ("statement", "formula"),
    [
        ("ChiSquare(Cauchy(m, a), Cauchy(n, b))", "((m - n)^2 + (a - b)^2)/(2*a*b)"),
        ("Renyi(Cauchy(m, a), Cauchy(n, b), order=2)", "log(1 + ((m-n)^2 + (a-b)^2)/(2*a*b))"),
        ("E(Cauchy(m, g), x/(1 + x^2))", "m/(m^2 + (g + 1)^2)"),
        ("E(Cauchy(0, 1), (x^2 + x)/(1 + x^2)^2)", "1/8"),
        ("KL(Truncated(Cauchy(0, g), -g, g) || Cauchy(0, g))", "log(2)"),
    ],
)
def test_quotients_of_quadratics_have_a_mean_under_a_cauchy_law(
    statement: str, formula: str
) -> None:
    assert check(statement, formula).verdict == "proved"


@pytest.mark.parametrize(
    ("statement", "formula"),
    [
        ("JensenShannon(Exponential(a), Exponential(2*a))", "3*log(16/27)/8 + 1/4"),
        ("KL(Exponential(a) || Logistic(0, 1/a))", "4*log(2) - 2"),
        (
            "KL(Exponential(1) || 0.5*Exponential(1) + 0.5*Exponential(2))",
            "1 + log(4/27)/2",
        ),
    ],
)
def test_a_log_of_exponentials_has_a_mean_under_an_exponential(
    statement: str, formula: str
) -> None:
    assert check(statement, formula).verdict == "proved"


def test_pieces_whose_crossing_lies_beyond_them_count_as_a_whole() -> None:
    found = derive("TotalVariation(Laplace(1, 1), Laplace(6, 3))").closed_form
    assert math.isclose(float(found), 0.764422920194693)


def test_a_sum_over_a_part_of_the_outcomes_has_the_weights_of_that_part() -> None:
    result = derive("Hellinger2(Binomial(3, 1/3), Binomial(1, 1/3))")
    assert str(result.closed_form) == "5/9 - 2*sqrt(3)/9"


def test_the_name_of_an_end_is_no_letter_of_a_rule() -> None:
    p, q = "Truncated(Normal(0, s), a, {})", "Truncated(Normal(1, s), a, {})"
    formulas = {
        end: derive(
            f"TotalVariation({p.format(end)}, {q.format(end)})", let=[f"{end} real", "a real"]
        ).closed_form
        for end in ("b", "end")
    }
    assert re.sub(r"\bb\b", "end", str(formulas["b"])) == str(formulas["end"])


def test_no_transport_map_is_guessed() -> None:
    result = derive("Wasserstein2Squared(Exponential(a), Normal(0, 1))")
    assert result.closed_form is None
    assert "no increasing map" in str(result.reason)


@pytest.mark.parametrize("divergence", divergences().values(), ids=lambda d: d.name)
def test_a_divergence_prints_in_latex(divergence: Divergence) -> None:
    laws = ["Poisson(a)", "Poisson(b)"][: divergence.arity]
    laws = ["BivariateNormal(rho=r)"] if divergence.joint else laws
    options = [f"{o.name}={SETTINGS[o.name]}" for o in divergence.options if o.required]
    latex = derive(f"{divergence.name}({', '.join(laws + options)})").to_latex()
    assert latex.startswith(r"\begin{align*}")


def test_a_mean_typed_out_is_infinite_where_the_divergence_is() -> None:
    let = ["p = Normal(0, 1)", "q = Exponential(1)"]
    assert derive("E(p, log(p(x)/q(x)))", let=let).closed_form == sympy.oo
    assert (
        derive("E(q, log(q(x)/p(x)))", let=let).closed_form
        == derive("KL(q, p)", let=let).closed_form
    )


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        ("E(Normal(0, 1), exp(x + 1))", "exp(3/2)"),
        ("E(Normal(0, 1), exp(-(x - 1)**2))", "exp(-1/3)/sqrt(3)"),
    ],
)
def test_a_constant_in_an_exponent_is_kept(statement: str, value: str) -> None:
    assert check(statement, value).verdict == "proved"


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        ("JensenShannon(Normal(0, 1), Poisson(1))", "log(2)"),
        ("TotalVariation(Poisson(1), Normal(0, 1))", "1"),
        ("Hellinger2(Normal(0, 1), Poisson(1))", "1"),
        ("Bhattacharyya(Poisson(1), Exponential(1))", "oo"),
    ],
)
def test_a_continuous_and_a_discrete_distribution_share_nothing(statement: str, value: str) -> None:
    assert str(derive(statement)) == value


@pytest.mark.parametrize(
    ("generator", "fault"),
    [
        ("t^2", "is 1 at t = 1"),
        ("-(t - 1)^2", "is concave"),
        ("log(t)", "is concave"),
        ("(t - 1)^3", "is not convex at t = 1/2"),
    ],
)
def test_a_generator_is_convex_and_zero_at_one(generator: str, fault: str) -> None:
    with pytest.raises(KlsymError, match=fault):
        derive(f"FDivergence(Normal(0, 1), Normal(1, 1), generator={generator})")


def test_a_mixture_loses_at_most_the_entropy_of_its_weights() -> None:
    result = derive("KL(1/2*Normal(-3, 1.2) + 1/2*Normal(3, 1.2) || Normal(0, 3))", digits=8)
    assert result.notes == ("by convexity it lies between log(5/4) + 2/25 and log(5/2) + 2/25",)
    value = float(result.to_dict()["value"])
    assert math.log(5 / 4) + 2 / 25 < value < math.log(5 / 2) + 2 / 25


def test_a_mixture_as_the_second_argument_is_bounded_by_jensen() -> None:
    statement = "KL(Normal(0, 1) || 1/3*Normal(-1, 1) + 2/3*Normal(2, 2))"
    (note,) = derive(statement).notes
    lower, upper = note.removeprefix("by convexity it lies between ").split(" and ")
    value = float(derive(statement, digits=8).to_dict()["value"])
    assert float(evaluate(lower).value) < value < float(evaluate(upper).value)


def test_opposite_conditions_are_one_equality() -> None:
    conditions = derive("Jeffreys(Uniform(a, b), Uniform(c, d))").conditions
    assert [str(c) for c in conditions] == ["Eq(a, c)", "Eq(d, b)"]
