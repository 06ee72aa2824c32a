"""Whatever a formula or an option says, it is read and decided, or refused, and never run."""

from __future__ import annotations

import ast

import hostile
import pytest
from answer import LIMITS, Ask

STATEMENT = "KL(Normal(mu, sigma) || Normal(0, 1))"
FORMULAS, REQUESTS = hostile.formulas(), hostile.requests()
WITHOUT_LIMITS = ("explain", "list")


def test_the_corpus_is_large_and_says_nothing_twice() -> None:
    texts = [text for group in FORMULAS.values() for text in group]
    lines = [tuple(line) for group in REQUESTS.values() for line in group]
    assert len(texts) + len(lines) >= 500
    assert len(set(texts)) == len(texts)
    assert len(set(lines)) == len(lines)


@pytest.mark.parametrize("group", FORMULAS)
def test_a_formula_is_decided_or_refused_and_nothing_else_happens(group: str, ask: Ask) -> None:
    found = {}
    for text in FORMULAS[group]:
        found[text[:80]] = ask("check", *LIMITS, "--", STATEMENT, text).faults()
    assert {text: faults for text, faults in found.items() if faults} == {}


@pytest.mark.parametrize("group", ["calls", "attributes", "signs", "markup"])
@pytest.mark.parametrize("form", ["json", "markdown", "latex"])
def test_no_format_shows_what_steers_its_reader(group: str, form: str, ask: Ask) -> None:
    found = {}
    for text in FORMULAS[group]:
        answer = ask("check", *LIMITS, "--format", form, "--", STATEMENT, text)
        found[text[:80]] = answer.faults()
        if form == "markdown":
            shown = "".join(answer.output.split("`")[::2])
            found[text[:80]] += ["markup"] if "<" in shown else []
    assert {text: faults for text, faults in found.items() if faults} == {}


@pytest.mark.parametrize("command", ["derive", "evaluate"])
@pytest.mark.parametrize("group", ["calls", "attributes", "functions", "sums and products"])
def test_a_statement_is_safe_where_a_formula_is(group: str, command: str, ask: Ask) -> None:
    found = {text: ask(command, *LIMITS, "--", text).faults() for text in FORMULAS[group]}
    assert {text: faults for text, faults in found.items() if faults} == {}


@pytest.mark.parametrize("group", REQUESTS)
def test_an_option_is_read_or_refused_and_nothing_else_happens(group: str, ask: Ask) -> None:
    found = {}
    for line in REQUESTS[group]:
        limits = () if line[0] in WITHOUT_LIMITS or len(line) == 1 else LIMITS
        command, *rest = line
        found[str(line)[:200]] = ask(command, *limits, *rest).faults()
    assert {text: faults for text, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    "names", ["import exec", "def None", "lambda class", "np print", "os sys", "eval open"]
)
def test_generated_code_calls_nothing_but_numpy_and_scipy(names: str, ask: Ask) -> None:
    first, second = names.split()
    statement = f"KL(Poisson({first}) || Poisson({second}))"
    answer = ask("derive", statement, "--format", "python")
    assert answer.faults() == []
    tree = ast.parse(answer.output)
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert {name.partition(".")[0] for name in called} <= {"np", "special", "kl_poisson_poisson"}
