from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klsym.documents.bundle import Bundle
from klsym.documents.claims import Document
from klsym.documents.gathering import documents_of
from klsym.documents.paper import Answer, Paper
from klsym.documents.setting import Setting, Wanted

PASSAGES = (
    "# A heading",
    "## Another",
    "Some words.",
    "$X \\sim N(0, s^2)$.",
    "$X \\sim \\mathrm{Exp}(t)$.",
    "$X \\sim \\mathrm{Gam}(a, b)$ and $E[X] = ab$.",
    "$$E[X] = t$$",
    "$$E[X] = \\frac{1}{t} = 0$$",
    "$$\\operatorname{Var}(X) = v$$",
    "$$\\begin{aligned} E[X^2] &= s^2 + 1 \\\\ &= s^2 \\end{aligned}$$",
    "Let $v = s^2$.",
    "For $t = 1$ it is $E[X] = 1$.",
    "$|x| = x$, where $x > 0$.",
    "$|x| = x$",
    "$$\\log x^2 = 2\\log x$$",
    "<!-- klsym: let p = Exponential(t) -->",
    "<!-- klsym: assume t > 1 -->",
    "$$H(p) = 1 - \\log t$$",
    "$$p(x) = \\frac1t e^{-x/t}, \\quad x \\geq 0$$",
    "$X \\sim q$ with $q(x) = 2x$ for $0 \\leq x \\leq 1$.",
)

PATH = "post.md"


def paper(text: str, setting: Setting | None = None) -> Paper:
    return Paper(Bundle(PATH, {PATH: text}), setting or Setting())


def decided(found: Paper) -> list[dict[str, Any]]:
    return [document.to_data() for document in documents_of(found)]


KNOWN: dict[str, Answer] = {}
"""The answers of all documents of this test so far."""


@settings(max_examples=40)
@given(st.lists(st.sampled_from(PASSAGES), min_size=2, max_size=9))
def test_what_was_answered_in_another_document_is_the_answer_in_this(passages: list[str]) -> None:
    text = "\n\n".join(passages)
    cold, warm = paper(text), paper(text)
    warm.answers = KNOWN.copy()
    assert decided(warm) == decided(cold)
    KNOWN.update(cold.answers)


BASE = "$X \\sim \\mathrm{Exp}(t)$ has\n\n$$E[X] = \\frac1t$$\n\n$$E[X^2] = \\frac{2}{t^2}$$\n"


def keys(text: str, **setting: Any) -> set[str]:
    return set(paper(text, Setting(**setting)).questions)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (BASE, 3),
        ("A new line.\n\n" + BASE, 3),
        (BASE + "\n$$1 + 1 = 2$$\n", 3),
        (BASE.replace("{2}{t^2}", "{4}{t^2}"), 2),
        (BASE.replace("$$E[X] =", "$2 = 2$\n\n$$E[X] ="), 3),
        (BASE.replace("Exp", "Pois"), 0),
        (BASE + "\n$Y \\sim N(0, 1)$\n", 0),
        ("<!-- klsym: assume t > 1 -->\n" + BASE, 0),
    ],
)
def test_a_change_asks_again_what_it_may_change(text: str, kept: int) -> None:
    assert len(keys(BASE) & keys(text)) == kept


def test_declarations_are_part_of_each_key() -> None:
    assert not keys(BASE) & keys(BASE, assume=("t > 1",))
    assert not keys(BASE) & keys(BASE, strict=True)


def test_what_is_wanted_besides_the_verdict_is_no_part_of_a_key() -> None:
    assert keys(BASE) == keys(BASE, wanted=Wanted(evidence=True, steps=True))


def test_a_note_tells_the_line_of_the_document_it_is_shown_in() -> None:
    text = "Let $\\sigma = 1$.\n\n$$\\log\\sigma + 1 = 1$$\n"
    first = paper(text)
    decided(first)
    moved = paper("A line.\n\n" + text)
    moved.answers = first.answers.copy()
    (document,) = documents_of(moved)
    assert document.claims[0].finding.message == "with sigma as line 3 sets it"
    assert moved.answers == first.answers


def test_a_fault_of_klsym_costs_the_claim_it_was_in(monkeypatch: pytest.MonkeyPatch) -> None:
    def judge(*_: object, **__: object) -> None:
        raise ZeroDivisionError("no such\ncase")

    monkeypatch.setattr("klsym.documents.paper.judge", judge)
    (document,) = documents_of(paper("$$1 = 1$$"))
    finding = document.claims[0].finding
    assert finding.message == "a fault of klsym itself: ZeroDivisionError: no such case"
    assert finding.fault


def test_documents_are_the_same_after_a_journey_as_data() -> None:
    root = Path(__file__).parents[2]
    text = (root / "derivations" / "forward-and-reverse-kl.md").read_text(encoding="utf-8")
    for document in documents_of(paper(text, Setting(wanted=Wanted(True, True, True)))):
        assert Document.from_data(document.to_data()).to_data() == document.to_data()


def test_without_diagnoses_a_refutation_is_not_explained() -> None:
    text = "$$\\log(2x) = 2\\log x$$"
    plain, full = paper(text, Setting(wanted=Wanted(diagnoses=False))), paper(text)
    (quick,), (slow,) = documents_of(plain), documents_of(full)
    assert (quick.claims[0].finding.diagnoses, quick.counts) == ((), slow.counts)
    assert not quick.claims[0].finding.has(Wanted())
    assert slow.claims[0].finding.has(Wanted(diagnoses=False))
