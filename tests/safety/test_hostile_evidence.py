"""Evidence from outside is checked or refused: it names no code, and swells to nothing."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from answer import LIMITS, Ask

Data = Any


@pytest.fixture(scope="session")
def honest() -> Data:
    """What klsym itself writes of a formula that is not right."""
    from klsym import check

    return json.loads(json.dumps(check("KL(Poisson(a) || Poisson(b))", "a*log(a/b)").evidence))


def nested(head: str, depth: int) -> Data:
    tree: Data = ["Symbol", "a", {"positive": True}]
    for _ in range(depth):
        tree = [head, tree]
    return tree


def doubled(times: int) -> Data:
    """A small object in memory, which becomes huge when it is written or walked."""
    tree: Data = ["Symbol", "a", {"positive": True}]
    for _ in range(times):
        tree = ["Add", tree, tree]
    return tree


def symbol(name: str) -> Data:
    return ["Symbol", name, {"positive": True}]


NINE: Data = ["Rational", "9"]
TREES: dict[str, Data] = {
    "a call": ["__import__", ["Name", "os"]],
    "a head of Python": ["eval", ["Name", "1"]],
    "a head with a dot": ["os.system", ["Name", "touch canary"]],
    "a class": ["__class__", symbol("a")],
    "a head of sympy": ["Lambda", symbol("a"), symbol("a")],
    "a function that reads text": ["sympify", ["Name", "__import__('os')"]],
    "a function undefined": ["Function", ["Name", "f"]],
    "a name that is code": symbol("__import__('os').system('touch canary')"),
    "a name that is an escape": symbol("\x1b[2J"),
    "a name of half a character": symbol("\ud800"),
    "a name of a megabyte": symbol("a" * 1_000_000),
    "assumptions that are none": ["Symbol", "a", {"__class__": True}],
    "assumptions that contradict": ["Symbol", "a", {"positive": True, "negative": True}],
    "a power": ["Pow", NINE, ["Rational", "999999999"]],
    "a tower": ["Pow", NINE, ["Pow", NINE, ["Pow", NINE, NINE]]],
    "a power of a product": ["Pow", ["Mul", NINE, NINE], ["Mul", NINE, ["Rational", "99999999"]]],
    "a root of a power": ["Pow", NINE, ["Rational", "99999999999/2"]],
    "a factorial": ["factorial", ["Rational", "999999999"]],
    "a gamma function": ["gamma", ["Rational", "999999999"]],
    "a binomial": ["binomial", ["Rational", "999999999"], ["Rational", "99999999"]],
    "a polygamma function": ["polygamma", ["Rational", "999999999"], ["Rational", "1/2"]],
    "a zeta function": ["zeta", ["Rational", "-999999999"]],
    "an exponential": ["exp", ["Rational", "9" * 400]],
    "exponentials": nested("exp", 150),
    "logarithms": nested("log", 300),
    "digits": ["Rational", "9" * 1_000_000],
    "no digits": ["Rational", "__import__('os')"],
    "a float": ["Rational", "1e999999999"],
    "nothing below": ["Rational", "1/0"],
    "a tree that doubles": doubled(14),
    "an empty list": [],
    "a list of lists": [[[[[]]]]],
    "a number": 7,
    "nothing": None,
    "an object": {"__reduce__": ["os.system", "touch canary"]},
    "a law of nothing": ["Law", None],
    "a law of itself": ["Law", ["Mixture", "p", "p", []]],
    "a sum without end": ["IndexSum", symbol("k"), symbol("k"), NINE, ["Rational", "9" * 30]],
    "an expectation of text": ["Expectation", ["Name", "p"], ["Name", "x"]],
    "cases": ["Piecewise", ["Tuple", NINE, ["Constant", "__import__"]]],
    "a constant": ["Constant", "__builtins__"],
}


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_tree_is_built_of_what_klsym_knows_or_refused(
    side: str, honest: Data, folder: Path, ask: Ask
) -> None:
    found = {}
    for name, tree in TREES.items():
        altered = copy.deepcopy(honest)
        altered["claims"][0]["question"][side]["tree"] = tree
        (folder / "evidence.json").write_text(json.dumps(altered))
        answer = ask("replay", "evidence.json", *LIMITS)
        found[name] = [*answer.faults(), *(["it holds"] if answer.code == 0 else [])]
    assert {name: faults for name, faults in found.items() if faults} == {}


ALTERED: dict[str, Callable[[Data], object]] = {
    "bits": lambda claim: claim["counterexample"].update(bits=10**17),
    "negative bits": lambda claim: claim["counterexample"].update(bits=-1),
    "bits of text": lambda claim: claim["counterexample"].update(bits="__import__('os')"),
    "a point of code": lambda claim: claim["counterexample"]["point"].update(a="exec('1')"),
    "a huge point": lambda claim: claim["counterexample"]["point"].update(a="1e9999"),
    "a point of digits": lambda claim: claim["counterexample"]["point"].update(a="9" * 10_000),
    "digits": lambda claim: claim["counterexample"].update(left="1e-9999"),
    "a path": lambda claim: claim.update(asked={"path": "\x1b[2J\n::x", "line": 1, "column": 1}),
    "a line": lambda claim: claim.update(asked={"path": "a.md", "line": 1e308, "column": "1"}),
    "a statement of code": lambda claim: claim["asked"].update(statement="__import__('os')"),
    "a statement that is a bomb": lambda claim: claim["asked"].update(statement="9**9**9**9"),
    "a statement that is deep": lambda claim: claim["asked"].update(statement="(" * 50_000),
    "a statement that is an escape": lambda claim: claim["asked"].update(statement="\x1b[2J"),
    "a statement that is a list": lambda claim: claim["asked"].update(statement=[[[]]]),
    "declarations of code": lambda claim: claim["asked"].update(let=["exec('1')"] * 100),
    "declarations of text": lambda claim: claim["asked"].update(let="__import__('os')"),
    "a relation of code": lambda claim: claim["question"].update(relation="__lt__"),
    "a tolerance": lambda claim: claim["question"].update(tolerance="1e9999"),
    "symbols of code": lambda claim: claim["question"].update(symbols={"__class__": {}}),
    "symbols of text": lambda claim: claim["question"].update(symbols="__class__"),
    "relations of text": lambda claim: claim["question"].update(relations="__class__"),
    "a verdict of code": lambda claim: claim.update(verdict="__class__"),
    "enclosures of code": lambda claim: claim.update(enclosures=[{"__class__": 1}]),
    "many enclosures": lambda claim: claim.update(enclosures=[{}] * 100_000),
    "no question": lambda claim: claim.pop("question"),
    "a text of escapes": lambda claim: claim["question"]["left"].update(text="\x1b[2J\x9b\u202e"),
}


NAMING = ("a path", "a line")
"""What only says where the claim stood: nothing is proved by it."""


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_claim_that_was_altered_does_not_hold(
    form: str, honest: Data, folder: Path, ask: Ask
) -> None:
    found = {}
    for name, alter in ALTERED.items():
        altered = copy.deepcopy(honest)
        alter(altered["claims"][0])
        (folder / "evidence.json").write_text(json.dumps(altered))
        answer = ask("replay", "evidence.json", *LIMITS, "--format", form)
        holds = answer.code == 0 and name not in NAMING
        found[name] = [*answer.faults(), *(["it holds"] if holds else [])]
    assert {name: faults for name, faults in found.items() if faults} == {}


FILES = {
    "deep": b"[" * 200_000,
    "deep objects": b'{"claims":' * 50_000,
    "digits": b'{"schema": ' + b"9" * 1_000_000 + b"}",
    "an exponent": b'{"schema": 1e999999999999}',
    "not a number": b'{"schema": NaN, "claims": [Infinity]}',
    "a pickle": b"cos\nsystem\n(S'touch canary'\ntR.",
    "a newer pickle": pickle.dumps(print),
    "YAML": b"!!python/object/apply:os.system [touch canary]",
    "Python": b"__import__('os').system('touch canary')",
    "bytes": b"\xff\xfe\x00\x1b[2J",
    "a text": b'"klsym-evidence/1"',
    "a key of an escape": b'{"schema": "\\u001b[2J"}',
    "claims that are an object": b'{"schema": "klsym-evidence/1", "claims": {"0": {}}}',
    "claims that are lists": b'{"schema": "klsym-evidence/1", "claims": [[[]], null, 1, "x"]}',
    "nothing": b"",
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_evidence_is_refused(name: str, folder: Path, ask: Ask) -> None:
    (folder / "evidence.json").write_bytes(FILES[name])
    answer = ask("replay", "evidence.json", *LIMITS)
    assert answer.faults() == []
    assert answer.code == 2


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", ".", "no\x1b[2J\nsuch", "../log"])
def test_a_path_that_is_no_evidence_is_refused(path: str, ask: Ask) -> None:
    answer = ask("replay", path, "--time-limit", "20", "--memory-limit", "2048")
    assert [fault for fault in answer.faults() if "the process did: open" not in fault] == []
    assert answer.code == 2
