"""All figures in one run, as ratios: python benchmarks/run.py

Each line compares klsym with a peer, with the import of a library or with what is aimed at, on the
same machine in the same run; medians of repeated runs, wall time but where it says CPU.  After the
first table come those of benchmarks/equality.py, mutants.py and peers.py, each of which can be had
by itself, with more options.

All of it takes an hour.  ``--quick`` takes a sixth of that, with fewer repetitions and smaller
samples; ``--sample`` half a minute, with figures that only show that each can be had.  ``--only``
takes one part: {}.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import running
from peers import clear_caches

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "checking"))

from published import published as published_formulas

GAUSSIAN = "KL(Normal(mu_1, sigma_1) || Normal(mu_2, sigma_2))"
STANDARD = "KL(Normal(mu, sigma) || Normal(0, 1))"
VAE = r"-\frac12(1+\log\sigma^2-\mu^2-\sigma^2)"
DATA = Path(__file__).parent.parent / "tests" / "data" / "continuous.json"
NINE = {
    "Normal", "Exponential", "Gamma", "Laplace", "Uniform",
    "LogNormal", "Bernoulli", "Poisson", "Geometric",
}  # fmt: skip

Row = tuple[str, float, float, str]
"""What was measured, klsym's seconds, the peer's seconds, and the peer."""


@dataclass(frozen=True)
class Size:
    """How much is measured: how often, how many formulas of a list, and ``runs`` over documents.

    ``tables`` holds the arguments of the other benchmarks.
    """

    repetitions: int
    most: int
    runs: tuple[int, int, int]
    tables: dict[str, list[str]]


WHOLE = Size(9, 1000, (1000, 10_000, 120), {"equality": [], "mutants": [], "peers": []})
QUICK = Size(
    3,
    1000,
    (200, 1000, 24),
    {
        "equality": ["--formulas", "10", "--limit", "2"],
        "mutants": ["--mutants", "3", "--rewritings", "2"],
        "peers": ["--quick"],
    },
)
SAMPLE = Size(
    1,
    3,
    (8, 16, 3),
    {
        "equality": ["--formulas", "1", "--limit", "1"],
        "mutants": ["--mutants", "1", "--rewritings", "1", "--only", "Poisson(a) || Poisson(b)"],
        "peers": ["--limit", "5", "--pair", "exponential"],
    },
)


def seconds(work: Callable[[], object], repetitions: int) -> float:
    """The median wall time of a piece of work."""
    times = []
    for _ in range(repetitions):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def processor_seconds(work: Callable[[], object], repetitions: int) -> float:
    """The median processor time of a piece of work."""
    times = []
    for _ in range(repetitions):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return statistics.median(times)


def process(*arguments: str) -> Callable[[], object]:
    """A whole process, from start to end."""
    command = [sys.executable, *arguments]
    return lambda: subprocess.run(command, capture_output=True, check=False)


def clear_folder(folder: str) -> None:
    """Delete what a folder holds."""
    for path in Path(folder).iterdir():
        path.unlink()


def gaussian_by_sympy() -> object:
    """The Gaussian divergence by sympy's integrator, on positive and real symbols."""
    from sympy import exp, integrate, log, oo, pi, simplify, sqrt, symbols

    x, m1, m2 = symbols("x mu_1 mu_2", real=True)
    s1, s2 = symbols("sigma_1 sigma_2", positive=True)
    p = exp(-((x - m1) ** 2) / (2 * s1**2)) / (s1 * sqrt(2 * pi))
    q = exp(-((x - m2) ** 2) / (2 * s2**2)) / (s2 * sqrt(2 * pi))
    return simplify(integrate(p * log(p / q), (x, -oo, oo)))


def published() -> Iterator[tuple[str, list[str], list[str]]]:
    """The divergences that the tests know: statement, declarations, relations."""
    for entry in json.loads(DATA.read_text()):
        yield entry["statement"], entry["let"], entry.get("assume", [])
    for entry in json.loads(DATA.with_name("discrete.json").read_text()):
        let = [f"{entry['units']} unit"] if "units" in entry else []
        yield f"KL({entry['p']} || {entry['q']})", let, entry.get("conditions", [])


def deriving_all(size: Size) -> Iterator[Row]:
    """Each divergence that the tests know, from its text, caches cold: see ``clear_caches``.

    CPU seconds of this process.  To show a derivation also encloses every step and confirms the
    closed form by quadrature; the median of that stands beside.
    """
    from klsym import derive
    from klsym.integrals.engine import derive_closed_form
    from klsym.meaning import read

    def alone(statement: str, let: list[str], assume: list[str]) -> object:
        request = read(statement, let=let, assume=assume)
        return derive_closed_form(request.statement, request.scope.context)

    def confirmed(statement: str, let: list[str], assume: list[str]) -> object:
        return derive(statement, let=let, assume=assume).to_dict()

    def cold(work: Callable[..., object], count: int) -> list[float]:
        times = []
        for case in islice(published(), size.most):
            work(*case)  # what a process makes once is made
            runs = []
            for _ in range(count):
                clear_caches()
                begin = time.process_time()
                work(*case)
                runs.append(time.process_time() - begin)
            times.append(statistics.median(runs))
        return times

    times = cold(alone, size.repetitions // 3 + 1)
    *_, high = statistics.quantiles(times, n=20)
    yield f"derive, cold (median of {len(times)})", statistics.median(times), 0.005, "5 ms"
    yield "derive, cold (95th percentile)", high, 0.100, "100 ms"
    yield "derive, cold (slowest)", max(times), 5.0, "5 s"
    whole = statistics.median(cold(confirmed, 1))
    yield "derive and show, cold, with confirmation", whole, statistics.median(times), "without"


def deriving(size: Size) -> Iterator[Row]:
    """The Gaussian divergence derived in a warm process, the derivation itself not cached."""
    from sympy.core.cache import clear_cache

    from klsym.integrals.engine import derive_closed_form
    from klsym.meaning import read

    request = read(GAUSSIAN)

    def derive() -> object:
        return derive_closed_form(request.statement, request.scope.context)

    derive()
    ours = seconds(derive, 10 * size.repetitions)
    clear_cache()
    yield "derive the Gaussian KL", ours, seconds(gaussian_by_sympy, 1), "sympy integrate+simplify"


def deciding(size: Size) -> Iterator[Row]:
    """One published formula decided, the derivation cached and the confirmation not counted."""
    from klsym.checking import check
    from klsym.equality.decide import decide
    from klsym.meaning import read

    times = []
    for entry in json.loads(DATA.read_text()):
        statement, formula, let = entry["statement"], entry.get("formula"), entry["let"]
        laws = re.match(r"KL\((\w+)\(.*\|\| (\w+)\(", statement)
        if formula is None or laws is None or not set(laws.groups()) <= NINE:
            continue
        result = check(statement, formula, let=let)
        if result.derivation is None or result.closed_form is None:
            continue
        closed = result.closed_form
        context = result.derivation.context.assume(*result.conditions)

        def one(
            statement: str = statement,
            formula: str = formula,
            let: list[str] = let,
            closed: object = closed,
            context: object = context,
        ) -> object:
            request = read(statement, [formula], let=let)
            return decide(closed, request.formulas[0].readings[0].expr, context)

        times.append(seconds(one, size.repetitions))
        if len(times) == size.most:
            break
    yield f"decide a formula (median of {len(times)})", statistics.median(times), 0.010, "10 ms"


def certifying(size: Size) -> Iterator[Row]:
    """Proofs and refutations of published formulas and mutants of them; integrals at 50 digits."""
    from mutation import mutants

    from klsym.deriving import derivation_of, request_of
    from klsym.equality.prove import prove
    from klsym.equality.refute import refute
    from klsym.numerics.balls import Unsupported
    from klsym.numerics.enclose import enclose
    from klsym.verdict import Counterexample

    proofs, refutations, integrals = [], [], []
    for number, entry in enumerate(islice(published_formulas(), size.most)):
        request = request_of(entry.statement, (entry.formula,), entry.let, entry.assume, False)
        derivation = derivation_of(request.statement, request.scope.context)
        context = derivation.context.assume(*derivation.conditions)
        value, closed = request.formulas[0].readings[0].expr, derivation.closed_form
        prove(closed, value, context)
        proof = partial(prove, closed, value, context)
        proofs.append(processor_seconds(proof, size.repetitions))
        for mutant in mutants(value, 3, number):
            if isinstance(refute(closed, mutant, context, points=4), Counterexample):
                refutation = partial(refute, closed, mutant, context)
                refutations.append(processor_seconds(refutation, size.repetitions))
        definition, point = derivation.definition, next(context.points(1), None)
        if point is None:
            continue
        try:
            enclose(definition, point, 40)  # compiles; the value at 50 digits is not remembered
        except Unsupported:
            continue
        integrals.append(processor_seconds(partial(enclose, definition, point, 50), 1))
    for what, times, limit in (
        ("prove, warm", proofs, 0.002),
        ("refute, warm", refutations, 0.0005),
        ("certify to 50 digits, warm", integrals, 0.100),
    ):
        peer = f"{1e3 * limit:g} ms"
        yield f"{what} (median of {len(times)})", statistics.median(times), limit, peer


LARGE = {
    "sum": "a_1 + ",
    "product": r"\log x \cdot ",
    "juxtaposition": "x(y) ",
    "slashes": "a/bc ",
    "left and right": r"\left(x\right)",
    "scripts": r"\sigma_1^2 ",
    "bars": "|x|",
    "points": r"x\Big|_0 + ",
    "integrals": r"\int \frac{dx}{x} + ",
    "rows": r"a &= b \\ ",
}
"""What formulas of 100 kB are made of, by their shape; the last one is nested to the limit."""


def reading(size: Size) -> Iterator[Row]:
    """Printed formulas, warm, and formulas of 100 kB; by the time of the process."""
    from klsym.errors import KlsymError
    from klsym.syntax import parse

    def spent(text: str) -> float:
        begin = time.process_time()
        with contextlib.suppress(KlsymError):
            parse(text, latex=True)
        return time.process_time() - begin

    texts = [
        case["text"]
        for name in ("latex_cases.json", "printed.json")
        for case in json.loads(DATA.with_name(name).read_text())
    ]
    texts = texts[: 100 * size.most]
    times = [statistics.median(spent(text) for _ in range(size.repetitions)) for text in texts]
    yield f"read a formula (median of {len(texts)})", statistics.median(times), 0.0005, "0.5 ms"
    shapes = {name: piece * (99_900 // len(piece)) + "a" for name, piece in LARGE.items()}
    deep = r"\left(x + " * 90 + "x" + r"\right)" * 90
    shapes["nesting"] = " + ".join([deep] * (99_900 // (len(deep) + 3)))
    for name, text in islice(shapes.items(), size.most):
        yield f"read 100 kB: {name}", spent(text), 2.0, "2 s"


def starting(size: Size) -> Iterator[Row]:
    """Whole processes against the imports they cannot do without."""
    repetitions = size.repetitions
    click = seconds(process("-c", "import click"), repetitions)
    sympy = seconds(process("-c", "import sympy"), repetitions)
    help_ = seconds(process("-m", "klsym", "--help"), repetitions)
    check = process("-m", "klsym", "check", STANDARD, VAE)
    with TemporaryDirectory() as folder:
        os.environ["KLSYM_CACHE_DIR"] = folder
        anew = seconds(lambda: [clear_folder(folder), check()], repetitions)
        kept = seconds(check, repetitions)
    yield "klsym --help", help_, click, "python -c 'import click'"
    yield "klsym check, whole process", anew, sympy, "python -c 'import sympy'"
    yield "klsym check, answered before", kept, sympy, "python -c 'import sympy'"


ROWS = (reading, starting, deriving, deriving_all, deciding, certifying)
TABLES = ("equality", "mutants", "peers")
NAMES = (*(part.__name__ for part in ROWS), "running", *TABLES)


def row(what: str, ours: float, peer: float, name: str, unit: str = "ms") -> None:
    """Print a row; of the unit of both figures there are so many."""
    ratio = ours / peer if peer else float("nan")
    print(f"{what:36} {ours:9.2f} {unit:2} {peer:9.2f} {unit:2} {ratio:8.4f}  {name}", flush=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__ and __doc__.format(", ".join(NAMES)),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_const", dest="size", const=QUICK)
    size.add_argument("--sample", action="store_const", dest="size", const=SAMPLE)
    parser.add_argument("--only", choices=NAMES, action="append", metavar="PART")
    parser.set_defaults(size=WHOLE)
    options = parser.parse_args()
    wanted = options.only or NAMES
    print(f"{'what':36} {'klsym':>12} {'peer':>12} {'ratio':>8}  peer")
    for part in ROWS:
        if part.__name__ in wanted:
            for what, ours, peer, name in part(options.size):
                row(what, 1e3 * ours, 1e3 * peer, name)
    if "running" in wanted:
        for each in running.rows(*options.size.runs):
            row(*each)
    for name in TABLES:
        if name in wanted:
            arguments = options.size.tables[name]
            print(f"\n{' '.join(['python', f'benchmarks/{name}.py', *arguments])}", flush=True)
            script = Path(__file__).with_name(f"{name}.py")
            subprocess.run([sys.executable, str(script), *arguments], check=True)


if __name__ == "__main__":
    main()
