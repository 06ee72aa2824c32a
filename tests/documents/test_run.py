from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from klsym import KlsymError, run
from klsym.documents import Document, Run

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "klsym" / "schema.json").read_text())
Q_AND_P = "$q(z) \\sim N(\\mu, \\sigma^2)$ and $p(z) \\sim N(0, 1)$.\n\n"


def check(tmp_path: Path, text: str, **options: Any) -> Document:
    path = tmp_path / "post.md"
    path.write_text(text, encoding="utf-8")
    result = run([path], **options)
    jsonschema.validate(result.to_dict(), SCHEMA)
    assert result.to_text(verbose=1)
    (document,) = result.documents
    return document


def verdicts(document: Document) -> list[str]:
    return [str(claim.verdict) for claim in document.claims]


def others(document: Document) -> list[str]:
    return [other.kind for other in document.other]


def test_a_chain_runs_over_rows(tmp_path: Path) -> None:
    text = "$$\\begin{aligned} (a+b)^2 &= a^2 + 2ab + b^2 \\\\ &= a(a+b) + b(a+b)\\end{aligned}$$"
    document = check(tmp_path, text)
    assert verdicts(document) == ["proved", "proved"]
    assert document.claims[1].left == "a^2 + 2ab + b^2"
    assert document.claims[1].right == "a(a+b) + b(a+b)"


def test_a_display_that_begins_with_a_relation_continues_the_chain_above(tmp_path: Path) -> None:
    between = "\n\nbut $a$ and $b = a$ do not matter\n\n"
    rows = ("\\log(a b)", "= \\log a + \\log b", "= \\log b")
    document = check(tmp_path, between.join(f"$${row}$$" for row in rows))
    assert verdicts(document) == ["proved", "refuted"]


def test_a_chain_ends_at_a_heading(tmp_path: Path) -> None:
    document = check(tmp_path, "$$a$$\n\n# Next\n\n$$= b$$\n")
    assert verdicts(document) == []


def test_a_row_with_an_ellipsis_is_passed_over(tmp_path: Path) -> None:
    text = "$$\\begin{aligned} 2a &= a + a \\\\ &= a + \\cdots \\\\ &= 3a - a\\end{aligned}$$"
    document = check(tmp_path, text)
    assert verdicts(document) == ["proved", "proved"]
    assert document.claims[1].left == "a + a"
    assert others(document) == ["ellipsis"]


def test_links_on_one_line_have_their_own_columns(tmp_path: Path) -> None:
    document = check(tmp_path, "So $a + a = 2a = 3a$ here.\n")
    columns = [(c.place.line, c.place.column, c.place.end_column) for c in document.claims]
    assert columns == [(1, 13, 15), (1, 18, 20)]
    assert verdicts(document) == ["proved", "refuted"]


def test_trailing_punctuation_is_no_part_of_a_formula(tmp_path: Path) -> None:
    document = check(tmp_path, "$$ a + a = 2a\\ , \\quad b + b = 2b \\ . $$\n")
    assert verdicts(document) == ["proved", "proved"]
    assert document.claims[0].right == "2a"


def test_a_declaration_in_the_prose_binds_its_name(tmp_path: Path) -> None:
    document = check(tmp_path, Q_AND_P + "$$\\int z^2 q(z)\\, dz = \\mu^2 + \\sigma^2$$\n")
    assert verdicts(document) == ["proved"]
    assert others(document) == ["declaration", "declaration"]
    assert document.claims[0].finding.assumptions == ("sigma > 0",)


@pytest.mark.parametrize(
    "spelling",
    [
        r"D_\text{KL}(q \parallel p)",
        r"D_{KL}(q\|p)",
        r"D_{\mathrm{KL}}\left( q(z) \,\middle\|\, p(z) \right)",
        r"\mathrm{KL}[q\,||\,p]",
        r"KL(q||p)",
        r"KLD(q, p)",
        r"\text{Cross Entropy}(q, p) - \text{Entropy}(q)",
        r"H(q, p) - H(q)",
        r"\mathbb{E}_{q}[\log q(z) - \log p(z)]",
        r"\mathbb{E}_{z \sim q}\left[\log \frac{q(z)}{p(z)}\right]",
        r"\int q(z) \log \frac{q(z)}{p(z)} dz",
        r"\int_{-\infty}^{\infty} dz\, q(z) \log \frac{q(z)}{p(z)}",
        r"\int q(z) \log \frac{q(z)}{p(z)}",
        r"\int \mathrm{d}z\, q(z) [\log q(z) - \log p(z)]",
    ],
)
def test_the_divergence_is_read_in_all_its_spellings(tmp_path: Path, spelling: str) -> None:
    text = f"{Q_AND_P}$${spelling} = -\\frac12 (1 + \\log\\sigma^2 - \\mu^2 - \\sigma^2)$$\n"
    assert verdicts(check(tmp_path, text)) == ["proved"]


def test_an_integral_without_its_differential_is_read_with_a_note(tmp_path: Path) -> None:
    document = check(tmp_path, Q_AND_P + "$$\\int z\\, q(z) = \\mu$$\n")
    assert document.claims[0].finding.notes == (
        "the integral without a differential is read over dz",
    )


def test_an_identity_of_means_holds_whatever_the_distributions_are(tmp_path: Path) -> None:
    text = "$$KL(q||p) = -\\int q(z)\\log p(z)dz - (-\\int q(z)\\log q(z)dz)$$\n"
    document = check(tmp_path, text)
    assert verdicts(document) == ["proved"]
    assert document.claims[0].finding.message == "whatever p, q are"


def test_a_false_identity_of_unknown_distributions_is_not_refuted(tmp_path: Path) -> None:
    document = check(tmp_path, "$$KL(q||p) = \\int q(z)\\log p(z)dz$$\n")
    assert verdicts(document) == ["unread"]
    assert document.suggestions == (
        "--let 'p = Normal(mu, sigma)'",
        "--let 'q = Normal(mu, sigma)'",
    )


def test_a_new_name_is_defined_and_a_known_one_claimed(tmp_path: Path) -> None:
    text = (
        "$$v = \\sigma^2$$\n\n$$\\log v = 2 \\log\\sigma$$\n\n$$v = \\sigma^3$$\n"
        "\n$$ v = \\sigma\\cdot\\sigma $$\n"
    )
    document = check(tmp_path, text)
    assert others(document) == ["definition"]
    assert verdicts(document) == ["proved", "refuted", "proved"]


def test_a_name_may_be_defined_after_it_is_used(tmp_path: Path) -> None:
    text = Q_AND_P + "$$KL(q||p) = -\\frac12(1+\\log v-\\mu^2-v)$$\n\nwhere $v = \\sigma^2$.\n"
    assert verdicts(check(tmp_path, text)) == ["proved"]


def test_a_declared_word_before_a_bracket_is_a_factor(tmp_path: Path) -> None:
    text = r"$\mathrm{lam}_1^2 (1 + b) = \mathrm{lam}_1 \cdot \mathrm{lam}_1 \cdot (1 + b)$"
    directive = "<!-- klsym: let lam1, b positive -->"
    assert verdicts(check(tmp_path, f"{directive}\n\n{text}\n")) == ["proved"]


def test_a_parameter_equated_with_an_integral_is_a_claim(tmp_path: Path) -> None:
    document = check(tmp_path, Q_AND_P + "$$\\mu = \\int z\\, q(z)\\, dz$$\n")
    assert verdicts(document) == ["proved"]


def test_a_special_case_binds_nothing_but_excuses_what_follows(tmp_path: Path) -> None:
    general = "$$KL(q||p) = -\\frac12(1+\\log\\sigma^2-\\mu^2-\\sigma^2)$$\n\n"
    wrong = "$$KL(q||p) = \\mu^2 / 2$$\n\n"
    document = check(tmp_path, Q_AND_P + general + wrong + "For $\\sigma = 1$\n\n" + wrong)
    assert verdicts(document) == ["proved", "refuted", "proved"]
    assert document.claims[2].finding.message == "with sigma as line 7 sets it"


def test_the_section_speaks_before_the_document(tmp_path: Path) -> None:
    text = (
        "# One\n\n$p(x) = \\lambda e^{-\\lambda x}$, $\\mathbb{E}_p[x] = 1/\\lambda$\n\n"
        "# Two\n\n$p(x) = \\mathcal{N}(x; m, 1)$, $\\mathbb{E}_p[x] = m$\n\n"
        "# Three\n\n$\\mathbb{E}_p[x] = m$\n"
    )
    assert verdicts(check(tmp_path, text)) == ["proved", "proved", "proved"]


def test_a_density_finds_the_support_on_which_it_has_mass_1(tmp_path: Path) -> None:
    text = (
        "$p(x) = \\lambda e^{-\\lambda x}$ and $P(k) = \\frac{\\theta^k e^{-\\theta}}{k!}$\n\n"
        "$$H(p) = 1 - \\log\\lambda$$\n\n$$\\sum_{k=0}^\\infty k P(k) = \\theta$$\n"
    )
    document = check(tmp_path, text)
    assert verdicts(document) == ["proved", "proved"]
    assert all(other.notes == () for other in document.other)


def test_a_density_of_another_mass_is_normalised_with_a_note(tmp_path: Path) -> None:
    text = "$$q(x) = e^{-x^2/2}$$\n\n$$H(q) = \\frac12\\log(2\\pi e)$$\n"
    document = check(tmp_path, text)
    assert verdicts(document) == ["proved"]
    assert "it is normalised" in document.other[0].notes[0]


def test_a_mixture_of_another_mass_is_normalised_with_a_note(tmp_path: Path) -> None:
    text = "$$P(x) = N(x; -1, 1) + N(x; 1, 1)$$\n\n$$\\mathbb{E}_P[x^2] = 2$$\n"
    document = check(tmp_path, text)
    assert verdicts(document) == ["proved"]
    assert "has mass 2 and is normalised" in document.other[0].notes[0]


def test_a_spelling_of_its_own_is_a_definition(tmp_path: Path) -> None:
    document = check(tmp_path, "$$KLD(F, G) = KL(F, G) + KL(G, F)$$\n")
    assert (verdicts(document), others(document)) == ([], ["definition"])


def test_parameters_repeated_after_the_variate_are_no_arguments(tmp_path: Path) -> None:
    text = (
        "$q(z | x) = \\mathcal{N}(z; \\mu, \\sigma^2)$\n\n"
        "$$\\mathbb{E}_{q(z|x)}[z] = \\int z\\, q(z | x)\\, dz = \\mu$$\n"
    )
    assert verdicts(check(tmp_path, text)) == ["proved", "proved"]


def test_a_random_variable_has_the_mean_of_its_distribution(tmp_path: Path) -> None:
    text = (
        "With $X \\sim \\mathrm{Poisson}(\\lambda)$: $\\mathbb{E}[X] = \\lambda$, "
        "$E[X^2] = \\lambda + \\lambda^2$, $\\operatorname{Var}(X) = \\lambda$ and "
        "$\\mathbb{E}_X[X] = \\lambda$.\n"
    )
    assert verdicts(check(tmp_path, text)) == ["proved"] * 4


def test_a_mean_of_what_is_not_declared_is_not_taken_under_another(tmp_path: Path) -> None:
    document = check(tmp_path, Q_AND_P + "$\\mathbb{E}[X] = KL(q||p)$\n")
    assert verdicts(document) == ["unread"]


def test_a_function_is_no_factor(tmp_path: Path) -> None:
    document = check(tmp_path, "Let $g(x) = x^2$, so $g(2) = 4$ and $g(3) = 4$.\n")
    assert verdicts(document) == ["proved", "refuted"]
    document = check(tmp_path, "$p(x) = p^x (1-p)^{1-x}$ and $p(1-p) = p - p^2$\n")
    assert (others(document), verdicts(document)) == (["definition"], ["proved"])


def test_what_is_no_equality_has_its_class(tmp_path: Path) -> None:
    relations = "$a \\geq b$, $a \\approx 1$, $a \\propto b$, $a \\in A$"
    text = f"{relations}, $a$, $\\geq 0$, $X \\sim N(0, 1)$\n"
    assert others(check(tmp_path, text)) == [
        "inequality",
        "approximation",
        "proportionality",
        "membership",
        "expression",
        "inequality",
        "declaration",
    ]


def test_links_beside_an_inequality_are_claims(tmp_path: Path) -> None:
    document = check(tmp_path, "$$ 1 + 1 = 2 \\leq 3 = 1 + 2 $$\n")
    assert verdicts(document) == ["proved"] * 3
    assert [claim.relation for claim in document.claims] == ["=", "<=", "="]


def test_an_unreadable_row_is_told_at_its_place(tmp_path: Path) -> None:
    document = check(tmp_path, "$$\n a = b +\n$$\n\n$$a + a = 2a$$\n")
    assert verdicts(document) == ["unread", "proved"]
    assert document.claims[0].place.line == 2


def test_a_decimal_means_the_digits_printed(tmp_path: Path) -> None:
    document = check(tmp_path, "$$ \\log 2 = 0.693 $$\n\n$$ \\log 2 = 0.694 $$\n")
    assert verdicts(document) == ["proved", "refuted"]


def test_directives_declare_for_their_section(tmp_path: Path) -> None:
    text = (
        "# One\n\n<!-- klsym: let p = Exponential(a) -->\n\n$$H(p) = 1 - \\log a$$\n\n"
        "# Two\n\n<!-- klsym: let p = Normal(m, variance=v) -->\n\n$$\\mathbb{E}_p[x] = m$$\n"
    )
    assert verdicts(check(tmp_path, text)) == ["proved", "proved"]


def test_an_assumption_holds_from_its_directive(tmp_path: Path) -> None:
    text = "<!-- klsym: assume a < b -->\n\n$$|a - b| = b - a$$\n"
    assert verdicts(check(tmp_path, text)) == ["proved"]


def test_what_is_declared_on_the_command_line_comes_first(tmp_path: Path) -> None:
    text = "$$H(p) = 1 - \\log a$$\n"
    assert verdicts(check(tmp_path, text, let=["p = Exponential(a)"])) == ["proved"]


def test_an_expected_refutation_is_as_expected(tmp_path: Path) -> None:
    display = "$$\\begin{aligned} a &= a \\\\ &= 2a \\\\ &= a + a\\end{aligned}$$\n"
    path = tmp_path / "post.md"
    path.write_text(f"<!-- klsym: expect refuted row 2 -->\n{display}", encoding="utf-8")
    assert run([path]).exit_code == 0
    path.write_text(f"<!-- klsym: expect refuted row 3 -->\n{display}", encoding="utf-8")
    assert run([path]).exit_code == 1


def test_an_expectation_of_the_only_link_needs_no_row(tmp_path: Path) -> None:
    text = "<!-- klsym: expect refuted -->\n$$1 = 2$$\n\n<!-- klsym: skip -->\n$$1 = 3$$\n"
    document = check(tmp_path, text)
    assert [str(claim.expected) for claim in document.claims] == ["refuted"]
    assert others(document) == ["skipped"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("$$1 = 1$$\n", 0),
        ("words\n", 0),
        ("$$1 = 2$$\n", 1),
        ("<!-- klsym: expect refuted -->\n$$1 = 1$$\n", 1),
        ("<!-- klsym: expct -->\n\n$$1 = 2$$\n", 2),
        ("$$H(p) = 1$$\n", 3),
        ("<!-- klsym: expect unread -->\n$$H(p) = 1$$\n", 0),
        ("$$H(p) = 1$$\n\n$$1 = 2$$\n", 1),
    ],
)
def test_the_exit_code_tells_the_worst(tmp_path: Path, text: str, code: int) -> None:
    path = tmp_path / "post.md"
    path.write_text(text, encoding="utf-8")
    assert run([path]).exit_code == code


def test_each_claim_is_told_of_before_it_is_decided(tmp_path: Path) -> None:
    path = tmp_path / "post.md"
    path.write_text("$1 + 1 = 2$ and $2 = 2$\n", encoding="utf-8")
    told: list[str] = []
    run([path], progress=told.append)
    assert told == [f"{path}:1:10", f"{path}:1:22"]


def test_a_declaration_that_cannot_be_read_is_an_error_of_the_request(tmp_path: Path) -> None:
    with pytest.raises(KlsymError):
        run([tmp_path], let=["p = Normal("])


@pytest.mark.parametrize("path", sorted((ROOT / "derivations").iterdir()), ids=lambda p: p.stem)
def test_every_derivation_is_as_it_says(path: Path) -> None:
    result = run([path])
    assert result.exit_code == 0, result.to_text(verbose=-1) + result.messages
    assert result.claims


def test_the_derivations_hold_misprints() -> None:
    result: Run = run([ROOT / "derivations"])
    slips = {d["name"] for claim in result.claims for d in claim.finding.diagnoses}
    assert slips >= {"stale-head", "missing-index", "truncated-integral"}
    assert result.counts["refuted"] >= 6
    assert str(result) == ", ".join(f"{n} {v}" for v, n in result.counts.items())


def test_a_very_long_row_costs_itself_alone(tmp_path: Path) -> None:
    document = check(tmp_path, f"$${'a + ' * 3000}a = 3001 a$$\n\n$$1 + 1 = 2$$")
    assert verdicts(document) == ["unread", "proved"]
    assert document.claims[0].finding.message == "more than 250 terms or factors in a row"


@pytest.mark.parametrize(
    "formula",
    [
        "E[X^2(X-1)] = E[X^3] - E[X^2]",
        "E[X(X-1)^2] = E[X^3] - 2E[X^2] + E[X]",
        "E[X(X-1)] = t^2",
        "\\mathrm{lam}^{2} (1+b) E[P] = \\mathrm{lam} + b \\mathrm{lam}",
        "\\mathrm{lam} (1+b)^2 E[P] = 1 + 2b + b^2",
        "\\mathrm{lam}^2 (1+b)^3 E[P] = \\mathrm{lam} (1 + 3b + 3b^2 + b^3)",
        "E[X^2(X-1)^3] = E[X^5] - 3E[X^4] + 3E[X^3] - E[X^2]",
        "\\mathrm{lam} (2+1)! E[P] = 6",
        "1/\\mathrm{lam} (1+b) = (1+b) E[P]",
        "\\log \\mathrm{lam} (1+b) = -(1+b)\\log E[P]",
    ],
)
def test_a_parameter_before_a_bracket_is_a_number(tmp_path: Path, formula: str) -> None:
    laws = "$X \\sim \\mathrm{Poisson}(t)$ and $P \\sim \\mathrm{Exponential}(\\mathrm{lam})$."
    assert verdicts(check(tmp_path, f"{laws}\n\n$${formula}$$")) == ["proved"]


def test_the_reason_printed_over_a_relation_is_shown(tmp_path: Path) -> None:
    document = check(tmp_path, "$$\\log a^2 \\overset{(3)}{=} 2\\log a$$")
    assert verdicts(document) == ["proved"]
    assert document.claims[0].right == "2\\log a"
    assert "reason printed: (3)" in run([tmp_path / "post.md"]).to_text(verbose=1)


def test_a_reading_that_is_chosen_holds_in_the_next_display_alone(tmp_path: Path) -> None:
    display = "$$\\log p/q = \\log(p)/q$$\n\n"
    directive = "<!-- klsym: reading log-quotient log(p/q) -->\n\n"
    assert verdicts(check(tmp_path, directive + display + display)) == ["refuted", "proved"]


def test_matrices_are_undecided_and_not_unread(tmp_path: Path) -> None:
    document = check(tmp_path, "$$\\Sigma_1\\Sigma_2 = \\Sigma_2\\Sigma_1$$")
    assert verdicts(document) == ["undecided"]
