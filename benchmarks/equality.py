"""klsym beside sympy and Math-Verify on true and wrong formulas: python benchmarks/equality.py

Each published formula that the tests know is paired with true rewritings of it and with mutants
(see benchmarks/mutants.py; which is which is decided by digits).  Every peer gets the same two
sympy expressions over symbols that are positive or real, and ``--limit`` seconds.  sympy's
``simplify`` of the difference says "equal" where it reaches zero and otherwise nothing; ``equals``
and Math-Verify (``pip install klsym[bench]``) say "equal" or "different".  A pair on which a
peer errs, or runs out of time, counts as undecided.  Seconds are processor time, in one process,
sympy's caches cleared before each peer; klsym's expressions are compiled anew.
"""

from __future__ import annotations

import argparse
import random
import signal
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import sympy
from sympy.core.cache import clear_cache

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "checking"))

from mutation import REWRITINGS, mutants, same_number
from published import published

from klsym.deriving import derivation_of, request_of
from klsym.domain import Context
from klsym.equality.decide import decide

Peer = Callable[[Any, Any, Context], bool | None]
"""Whether two expressions are equal, None where it does not say."""


class OutOfTime(Exception):
    """The limit was reached."""


def _klsym(left: Any, right: Any, context: Context) -> bool | None:
    return {"proved": True, "refuted": False}.get(str(decide(left, right, context).verdict))


def _simplify(left: Any, right: Any, context: Context) -> bool | None:
    return True if sympy.simplify(left - right) == 0 else None


def _equals(left: Any, right: Any, context: Context) -> bool | None:
    answer = left.equals(right)
    return None if answer is None else bool(answer)


def peers() -> dict[str, Peer]:
    """Those that are installed."""
    found: dict[str, Peer] = {"klsym": _klsym, "sympy simplify": _simplify, "sympy equals": _equals}
    try:
        from math_verify import verify
    except ImportError:
        return found
    found["Math-Verify"] = lambda left, right, context: bool(
        verify(left, right, timeout_seconds=None)
    )
    return found


def pairs(count: int, seed: int) -> Iterator[tuple[str, Any, Any, Context, bool]]:
    """A name, two sides, their context, and whether they are equal."""
    chance = random.Random(seed)
    entries = list(published())
    for number, entry in enumerate(chance.sample(entries, min(count, len(entries)))):
        request = request_of(entry.statement, (entry.formula,), entry.let, entry.assume, False)
        derivation = derivation_of(request.statement, request.scope.context)
        context = derivation.context.assume(*derivation.conditions)
        value = request.formulas[0].readings[0].expr
        others = mutants(value, 2, seed + number)
        others += [REWRITINGS[name](value) for name in chance.sample(sorted(REWRITINGS), 3)]
        for other in others:
            if other != value and not other.has(sympy.I):
                yield entry.statement, value, other, context, same_number(value, other, context)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise OutOfTime


def _answer(peer: Peer, left: Any, right: Any, context: Context, limit: float) -> bool | None:
    signal.signal(signal.SIGALRM, _interrupt)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        return peer(left, right, context)
    except Exception:
        return None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--formulas", type=int, default=30)
    parser.add_argument("--limit", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    asked = list(pairs(arguments.formulas, arguments.seed))
    true = sum(equal for *_, equal in asked)
    print(f"{len(asked)} pairs, {true} of them equal; at most {arguments.limit:g} s for each")
    print(f"{'':16}{'right':>7}{'wrong':>7}{'undecided':>11}{'median':>11}{'ratio':>8}")
    first = 0.0
    for name, peer in peers().items():
        clear_cache()
        counts: Counter[str] = Counter()
        times = []
        for _, left, right, context, equal in asked:
            begin = time.process_time()
            answer = _answer(peer, left, right, context, arguments.limit)
            times.append(time.process_time() - begin)
            counts["undecided" if answer is None else "right" if answer == equal else "wrong"] += 1
        median = statistics.median(times)
        first = first or median
        figures = (counts["right"], counts["wrong"], counts["undecided"])
        print(
            f"{name:16}{figures[0]:7}{figures[1]:7}{figures[2]:11}"
            f"{1e3 * median:8.1f} ms{median / first:8.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
