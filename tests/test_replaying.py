"""Evidence holds when it is replayed; altered evidence does not; anything else is refused."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from klsym import KlsymError, check, replay, run

SCHEMA = json.loads((Path(__file__).parents[1] / "klsym" / "schema.json").read_text())
POISSON = "KL(Poisson(a) || Poisson(b))"
CLAIMS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "proved": (POISSON, "a*log(a/b) - a + b", {}),
    "refuted": (POISSON, "a*log(a/b)", {}),
    "by cases": ("KL(Laplace(0, 1) || Laplace(m, 1))", "exp(-|m|) + |m| - 1", {}),
    "under a condition": (
        "ChiSquare(Exponential(a), Exponential(b))",
        "a^2/(b*(2*a - b)) - 1",
        {},
    ),
    "without a value": ("KL(Uniform(a, b) || Uniform(c, d))", "log((d - c)/(a - b))", {}),
    "infinite": ("KL(Cauchy(m, s) || Normal(n, t))", "oo", {}),
    "a decimal that is right": ("KL(Normal(0, 1) || Normal(0, 2))", "0.318", {}),
    "a decimal that is wrong": ("KL(Normal(0, 1) || Normal(0, 2))", "0.319", {}),
    "a sum": ("sum(KL(Poisson(a_j) || Poisson(1)), j, 1, J)", "sum(a_j*log(a_j), j, 1, J)", {}),
    "a plain formula": ("log(a/b)", "log(a) - log(b)", {"let": ["a, b positive"]}),
    "in bits": ("H(Exponential(a))", "(1 - log(a))/log(2)", {"unit": "bits"}),
}


def _evidence(name: str) -> dict[str, Any]:
    statement, formula, options = CLAIMS[name]
    return json.loads(json.dumps(check(statement, formula, **options).evidence))


@pytest.mark.parametrize("name", CLAIMS)
def test_evidence_holds_and_has_the_form_of_the_schema(name: str) -> None:
    evidence = _evidence(name)
    jsonschema.validate(evidence, SCHEMA)
    replayed = replay(evidence)
    assert replayed.exit_code == 0, replayed.to_text()
    jsonschema.validate(replayed.to_dict(), SCHEMA)


def _altered(evidence: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every text, number and truth value of a claim altered, one at a time."""

    def places(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        items: Any = ()
        if isinstance(value, dict):
            items = value.items()
        elif isinstance(value, list):
            items = enumerate(value)
        elif value is not None:
            yield path
        for key, inner in items:
            yield from places(inner, (*path, key))

    (claim,) = evidence["claims"]
    for path in places(claim, ()):
        # What the reason says is prose, and where no side was derived nothing rests on it.
        if path[0] in ("reason",) or path[-1] == "digits" or path == ("asked", "strict"):
            continue
        changed = copy.deepcopy(evidence)
        holder = changed["claims"][0]
        for key in path[:-1]:
            holder = holder[key]
        old = holder[path[-1]]
        if isinstance(old, bool):
            holder[path[-1]] = not old
        elif isinstance(old, int):
            holder[path[-1]] = old + 1 if path[-1] == "cases" else 1
        else:
            holder[path[-1]] = {"proved": "refuted", "refuted": "proved"}.get(old, _other(old))
        yield "/".join(map(str, path)), changed


def _other(text: str) -> str:
    return str(int(text) + 7) if text.isdigit() else text + "7"


@pytest.mark.parametrize("name", ["proved", "refuted"])
def test_altered_evidence_does_not_hold(name: str) -> None:
    evidence = _evidence(name)
    held = []
    for place, altered in _altered(evidence):
        try:
            if replay(altered).exit_code != 1:
                held.append(place)
        except KlsymError:
            pass
    assert held == []


def test_a_claim_without_its_backing_does_not_hold() -> None:
    for name, key in (("proved", "proof"), ("refuted", "counterexample")):
        evidence = _evidence(name)
        del evidence["claims"][0][key]
        assert replay(evidence).exit_code == 1
    evidence = _evidence("proved")
    evidence["claims"][0]["verdict"] = "undecided"
    assert replay(evidence).exit_code == 1


def test_a_rule_that_is_not_recorded_is_not_applied() -> None:
    evidence = _evidence("proved")
    evidence["claims"][0]["proof"]["rules"].pop()
    failed = [c.what for c in replay(evidence).claims[0].checks if not c.holds]
    assert failed == ["these rules, in as many cases, and no others"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"schema": "klsym-evidence/1"}',
        '{"schema": "klsym-evidence/1", "klsym": "0", "claims": [{}]}',
        '{"schema": "klsym-evidence/1", "klsym": "0", "claims": [7]}',
        '{"schema": "klsym-evidence/2", "klsym": "0", "claims": []}',
        "[" * 100_000,
    ],
)
def test_what_is_no_evidence_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "evidence.json"
    path.write_text(text)
    with pytest.raises(KlsymError) as caught:
        replay(path)
    assert caught.value.name == "no-evidence"


@pytest.mark.parametrize(
    "tree",
    [
        ["__import__", ["Name", "os"]],
        ["Pow", ["Rational", "10"], ["Rational", "10000000000"]],
        ["Rational", "1e99999999"],
        ["Symbol", "a", {"colour": True}],
        ["log"],
        "a",
        [[]],
    ],
)
def test_a_tree_that_is_none_is_refused(tree: Any) -> None:
    evidence = _evidence("proved")
    evidence["claims"][0]["question"]["left"]["tree"] = tree
    with pytest.raises(KlsymError) as caught:
        replay(evidence)
    assert caught.value.name == "no-evidence"


def test_an_undecided_claim_has_nothing_to_check() -> None:
    result = check("KL(StudentT(a) || StudentT(b))", "a - b", assume=["a = b"])
    assert result.evidence["claims"][0]["verdict"] == str(result.verdict)
    evidence = check("zeta(3)", "a", let=["a positive"]).evidence
    evidence["claims"][0] = {
        **{key: evidence["claims"][0][key] for key in ("asked", "conditions", "question")},
        "verdict": "undecided",
        "reason": "the time limit was reached",
    }
    jsonschema.validate(evidence, SCHEMA)
    assert replay(evidence).exit_code == 3


def test_a_run_writes_the_evidence_of_every_claim(tmp_path: Path) -> None:
    document = tmp_path / "post.md"
    document.write_text(
        "$$\\mathrm{KL}(\\mathrm{Poisson}(a) \\| \\mathrm{Poisson}(b)) "
        "= a \\log\\frac{a}{b} - a + b = a \\log\\frac{a}{b} + b$$\n"
    )
    found = run([document])
    evidence = json.loads(json.dumps(found.evidence))
    jsonschema.validate(evidence, SCHEMA)
    assert [claim["verdict"] for claim in evidence["claims"]] == ["proved", "refuted"]
    assert replay(evidence).exit_code == 0
    place = evidence["claims"][0]["asked"]
    assert (place["path"], place["line"]) == (str(document), 1)
