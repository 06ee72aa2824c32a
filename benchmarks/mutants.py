"""Mutants and rewritings of the published formulas, each decided: python benchmarks/mutants.py

For every univariate divergence that the tests know: the published formula, twenty mutants of it
(``--mutants``) and five true rewritings (``--rewritings``), each printed, read again and decided
against the closed form that klsym derives.  A mutant that is true by accident (its digits by
mpmath say so) has to be proved.  A wrong verdict is listed, and so is what stays open.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

import sympy

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "checking"))

from mutation import REWRITINGS, mutants, reparameterised, same_number
from published import Published, published

from klsym.deriving import derivation_of, request_of
from klsym.equality.decide import decide
from klsym.judgement import judge
from klsym.meaning import FormulaReading, read_formula
from klsym.verdict import Decision
from klsym.writing.plain import plain

Count = Counter[tuple[str, str]]


class Bench:
    """The verdicts, counted, with the time that each took."""

    def __init__(self) -> None:
        self.counts: Count = Counter()
        self.times: dict[str, list[float]] = {"proved": [], "refuted": []}
        self.faults: list[str] = []

    def note(self, kind: str, expected: str, decision: Decision, what: str, seconds: float) -> None:
        """Count a verdict and remember what is not as expected."""
        verdict = str(decision.verdict)
        result = "right" if verdict == expected else "open"
        if verdict != expected and verdict in ("proved", "refuted"):
            result = "wrong"
        self.counts[kind, result] += 1
        found = decision.counterexample
        if found is not None:
            self.counts["refuted by the definition", str(found.defined)] += 1
            if found.defined is False:
                self.faults.append(f"not enclosed: {what} at {dict(found.point)}")
        if verdict in self.times:
            self.times[verdict].append(seconds)
        if result != "right":
            self.faults.append(f"{result} ({verdict}, {kind}) {what}: {decision.reason}")

    def entry(self, entry: Published, number: int, of_mutants: int, of_rewritings: int) -> None:
        """One published formula with its mutants and rewritings."""
        request = request_of(entry.statement, (entry.formula,), entry.let, entry.assume, False)
        (formula,) = request.formulas
        derivation = derivation_of(request.statement, request.scope.context)
        stated = FormulaReading(request.statement, request.tree, parts=request.parts)
        value = formula.readings[0].expr
        context = derivation.context.assume(*derivation.conditions)

        def one(kind: str, expected: str, text: str) -> None:
            read = read_formula(text, request.scope)
            judge(read, derivation, stated)
            begin = time.process_time()
            decision = judge(read, derivation, stated).decision
            seconds = time.process_time() - begin
            self.note(kind, expected, decision, f"{entry.statement} = {text}", seconds)

        one("published", "proved", entry.formula)
        for mutant in mutants(value, of_mutants, number):
            true = same_number(value, mutant, context)
            kind, expected = ("true by accident", "proved") if true else ("mutant", "refuted")
            one(kind, expected, plain(mutant))
        names = random.Random(number).sample(sorted(REWRITINGS), max(of_rewritings - 1, 0))
        for name in names:
            rewritten = REWRITINGS[name](value)
            # sympy combines, or expands, some logarithms into those of negative numbers.
            if not rewritten.has(sympy.I) and same_number(value, rewritten, context):
                one("rewriting", "proved", plain(rewritten))
        if of_rewritings:
            pair = sympy.Tuple(derivation.closed_form, value)
            (left, right), wider = reparameterised(pair, context)
            begin = time.process_time()
            decision = decide(left, right, wider)
            seconds = time.process_time() - begin
            self.note("reparameterised", "proved", decision, entry.statement, seconds)


def main() -> None:
    """Print the counts and what was not as expected."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=20)
    parser.add_argument("--rewritings", type=int, default=5)
    parser.add_argument("--only", default="", help="statements that contain this")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    bench = Bench()
    for number, entry in enumerate(published()):
        if arguments.only in entry.statement:
            bench.entry(entry, number + arguments.seed, arguments.mutants, arguments.rewritings)
    for fault in bench.faults:
        print(fault)
    for kind in sorted({kind for kind, _ in bench.counts}):
        found = {result: count for (one, result), count in bench.counts.items() if one == kind}
        print(f"{kind:26}", *(f"{count:6} {result}" for result, count in sorted(found.items())))
    for verdict, times in bench.times.items():
        if times:
            *_, high = statistics.quantiles(times, n=20)
            middle = statistics.median(times)
            print(f"{verdict}: {1e3 * middle:.2f} ms median, {1e3 * high:.1f} ms 95 %")
    sys.exit(any(result == "wrong" for _, result in bench.counts))


if __name__ == "__main__":
    main()
