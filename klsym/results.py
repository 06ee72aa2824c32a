"""What derive, check and evaluate answer: the finding with its evidence, which shows itself.

Every result has ``to_dict()``, the JSON of the command line, and shows itself as text, LaTeX and
Markdown; ``exit_code`` is what the command line ends with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from klsym import version
from klsym.deadline import OutOfTime, limited
from klsym.derivation import Derivation, Step
from klsym.expectation import Law
from klsym.integrals.confirmation import confirmation_of, require_steps
from klsym.meaning.renaming import renamed
from klsym.verdict import Confirmation, Counterexample, Decision, Diagnosis, Proof, Verdict
from klsym.writing import align, jsonform, markdown, text
from klsym.writing.latex import latex
from klsym.writing.plain import plain

if TYPE_CHECKING:
    from sympy import Expr, Rational

EXIT_CODES = {Verdict.PROVED: 0, Verdict.REFUTED: 1, Verdict.UNREAD: 2}
OPEN = 3
"""The exit code where nothing is against expectation and something is not decided."""


def _confirmed(
    derivation: Derivation, digits: int, time_limit: float | None
) -> Confirmation | None:
    with suppress(OutOfTime), limited(time_limit):
        return confirmation_of(derivation, digits)
    return None


@dataclass(frozen=True)
class Derived:
    """A statement's closed form with the steps that lead to it.

    ``closed_form`` is a sympy expression, ``oo`` where the value is infinite (``reason`` says
    why), and None where no closed form was found (``reason`` says how far the derivation got, and
    ``value`` is a certified number if no parameter is left open).  It is confirmed by numbers when
    it is first shown, its steps and its closed form within ``time_limit`` seconds each.
    """

    statement: str
    derivation: Derivation
    assumptions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    value: str | None = None
    digits: int = 15
    time_limit: float | None = None

    @cached_property
    def _shown(self) -> Derivation:
        """The derivation, none of whose steps the numbers contradict."""
        with suppress(OutOfTime), limited(self.time_limit):
            require_steps(self.derivation)
        return self.derivation

    @cached_property
    def confirmation(self) -> Confirmation | None:
        """The closed form confirmed to ``digits`` digits by quadrature; None where it fails.

        Raises Contradiction, a fault of klsym, if both sides of a step have disjoint enclosures.
        """
        return _confirmed(self._shown, self.digits, self.time_limit)

    @property
    def closed_form(self) -> Expr | None:
        """The closed form; None if none was found."""
        return self.derivation.closed_form

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps, each an equality with its rule."""
        return self.derivation.steps

    @property
    def conditions(self) -> tuple[Any, ...]:
        """The relations between the parameters under which the value is finite."""
        return self.derivation.conditions

    @property
    def reason(self) -> str | None:
        """Why the value is infinite, or why there is no closed form."""
        return self.derivation.reason

    @property
    def exit_code(self) -> int:
        """0 for a closed form or infinity, 3 where none was found."""
        return 0 if self.closed_form is not None else OPEN

    def to_dict(self) -> dict[str, Any]:
        """The result as the JSON object of ``klsym derive``."""
        derivation, closed = self._shown, self.closed_form
        result: dict[str, Any] = {
            "schema": version.SCHEMA,
            "command": "derive",
            "statement": self.statement,
            "closed_form": None if closed is None else plain(closed),
            "latex": None if closed is None else latex(closed),
            "conditions": jsonform.conditions(self.conditions),
            "steps": jsonform.steps(derivation),
            "confirmed": jsonform.confirmation(self.confirmation),
            "assumptions": list(self.assumptions),
            "reason": self.reason,
            "notes": list(self.notes),
            "seconds": round(self.seconds, 6),
        }
        if derivation.infinite:
            result["value"] = "oo"
        elif self.value is not None:
            result["value"] = self.value
        return result

    def to_text(self, *, colour: bool = False, verbose: int = 0) -> str:
        """The result for a terminal."""
        return text.derive(
            self.to_dict(),
            derivation=self._shown,
            notes=self.notes,
            colour=colour,
            verbose=verbose,
        )

    def to_latex(
        self, *, style: str = "full", rename: Sequence[str] = (), standalone: bool = False
    ) -> str:
        r"""The derivation as LaTeX that needs amsmath and amssymb alone.

        ``style`` is terse, full or appendix; ``rename`` gives symbols and distributions other
        names, such as ``"mu_1=\\mu_q"``; ``standalone`` makes it a document.  Raises KlsymError.
        """
        known = {symbol.name for symbol in self.derivation.context.symbols}
        known |= {law.density.name for law in self.derivation.statement.atoms(Law)}
        names = renamed(rename, known)
        return align.align(self._shown, style=style, names=names, standalone=standalone)

    def to_markdown(self) -> str:
        """The result as Markdown that GitHub renders."""
        return markdown.derive(self.to_dict(), derivation=self._shown, notes=self.notes)

    def to_python(self) -> str:
        """A Python module with a NumPy function for the closed form, and a test of it.

        Raises KlsymError ``no-python`` where NumPy and SciPy have no function for a part of it.
        """
        from klsym.writing.python import python

        return python(self._shown, self.statement)

    def __str__(self) -> str:
        """The closed form in plain notation, or the reason why there is none."""
        closed = self._shown.closed_form
        if closed is None:
            return self.reason or "no closed form found"
        return plain(closed)

    def _repr_latex_(self) -> str:
        """The derivation, for a notebook."""
        return self.to_latex()


@dataclass(frozen=True)
class Checked:
    """The verdict on a formula for a statement, with its evidence.

    ``counterexample`` backs a refutation, ``proof`` a proof; ``diagnoses`` name the slip and give
    a repair that was itself proved; ``conditions`` are those under which the verdict holds;
    ``readings`` are the ways the formula was read, as LaTeX with a note, where they are asked for.
    """

    verdict: Verdict
    statement: str
    formula: str
    reading: str = ""
    derivation: Derivation | None = None
    digits: int = 15
    time_limit: float | None = None
    proof: Proof | None = None
    conditions: tuple[Any, ...] = ()
    counterexample: Counterexample | None = None
    diagnoses: tuple[Diagnosis, ...] = ()
    assumptions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    reason: str | None = None
    seconds: float = 0.0
    readings: tuple[tuple[str, str], ...] = ()
    asked: Mapping[str, Any] = field(default_factory=dict)
    decision: Decision | None = None
    declared: tuple[Any, ...] = ()

    @cached_property
    def confirmation(self) -> Confirmation | None:
        """The closed form confirmed to ``digits`` digits by quadrature of the definition."""
        if self.derivation is None:
            return None
        return _confirmed(self.derivation, self.digits, self.time_limit)

    @property
    def evidence(self) -> dict[str, Any]:
        """What backs the verdict, for `klsym.replay`: ``klsym explain evidence``."""
        from klsym.writing.backing import claim_of
        from klsym.writing.evidence import file_of

        claim = claim_of(self.asked, self.verdict, self.decision, self.reason, self.declared)
        return file_of([claim])

    @property
    def closed_form(self) -> Expr | None:
        """The closed form derived for the statement, if there is one."""
        return None if self.derivation is None else self.derivation.closed_form

    @property
    def exit_code(self) -> int:
        """0 proved, 1 refuted, 2 unread, 3 otherwise."""
        return EXIT_CODES.get(self.verdict, OPEN)

    def to_dict(self) -> dict[str, Any]:
        """The result as the JSON object of ``klsym check``."""
        closed = self.closed_form
        result: dict[str, Any] = {
            "schema": version.SCHEMA,
            "command": "check",
            "verdict": str(self.verdict),
            "statement": self.statement,
            "formula": self.formula,
            "closed_form": None if closed is None else plain(closed),
            "conditions": jsonform.conditions(self.conditions),
            "proof": jsonform.proof(self.proof),
            "counterexample": jsonform.counterexample(self.counterexample),
            "diagnoses": [jsonform.diagnosis(slip) for slip in self.diagnoses],
            "confirmed": jsonform.confirmation(self.confirmation),
            "assumptions": list(self.assumptions),
            "reading": self.reading,
            "reason": self.reason,
            "notes": list(self.notes),
            "seconds": round(self.seconds, 6),
        }
        if self.readings:
            result["readings"] = [
                {"latex": shown, "note": note or None} for shown, note in self.readings
            ]
        return result

    def _exact(self) -> str | None:
        found = self.counterexample
        return None if found is None or found.exact is None else plain(found.exact)

    def to_text(self, *, colour: bool = False, verbose: int = 0) -> str:
        """The result for a terminal."""
        return text.check(
            self.to_dict(),
            exact=self._exact(),
            notes=self.notes,
            derivation=self.derivation,
            colour=colour,
            verbose=verbose,
        )

    def to_latex(self) -> str:
        """The formula as it was read, with the repair where one was proved."""
        return self.diagnoses[0].latex if self.diagnoses else self.reading

    def to_markdown(self) -> str:
        """The result as Markdown that GitHub renders."""
        return markdown.check(self.to_dict(), exact=self._exact(), notes=self.notes)

    def __str__(self) -> str:
        """The verdict's word."""
        return str(self.verdict)

    def _repr_latex_(self) -> str:
        """The formula as read and its verdict, for a notebook."""
        return rf"${self.reading} \quad \text{{{self.verdict}}}$"


@dataclass(frozen=True)
class Evaluated:
    """A number for a statement at a point, every printed digit of which is right.

    ``value`` is None where no enclosure was found, and then ``reason`` says why.
    """

    statement: str
    value: str | None
    digits: int
    radius: str
    point: Mapping[str, Rational]
    certified: bool = True
    notes: tuple[str, ...] = ()
    reason: str | None = None
    seconds: float = 0.0

    @property
    def exit_code(self) -> int:
        """0 for a number, 3 where none was found."""
        return 0 if self.value is not None else OPEN

    def to_dict(self) -> dict[str, Any]:
        """The result as the JSON object of ``klsym evaluate``."""
        return {
            "schema": version.SCHEMA,
            "command": "evaluate",
            "statement": self.statement,
            "point": {str(name): str(value) for name, value in self.point.items()},
            "value": self.value,
            "digits": self.digits,
            "radius": self.radius,
            "certified": self.certified,
            "reason": self.reason,
            "notes": list(self.notes),
            "seconds": round(self.seconds, 6),
        }

    def to_text(self, *, colour: bool = False, verbose: int = 0) -> str:
        """The result for a terminal."""
        return text.evaluate(self.to_dict(), notes=self.notes, colour=colour, verbose=verbose)

    def to_latex(self) -> str:
        """The number."""
        return self.value or ""

    def to_markdown(self) -> str:
        """The result as Markdown that GitHub renders."""
        return markdown.evaluate(self.to_dict(), notes=self.notes)

    def __str__(self) -> str:
        """The number, or the reason why there is none."""
        return self.value or self.reason or ""

    def _repr_latex_(self) -> str:
        """The number, for a notebook."""
        return f"${self.value}$"
