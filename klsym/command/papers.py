"""``klsym run``: documents decided by workers, and the answer written once all are done."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from klsym.command.output import check_writable, write, write_file
from klsym.command.terminal import colour_wanted, say

if TYPE_CHECKING:
    from klsym.documents.report import Run
    from klsym.running.runner import Refused, Runner

ENGINE = "klsym.documents.working"
"""The module whose functions a worker calls."""


@dataclass(frozen=True)
class Asked:
    """What a run is asked for on the command line."""

    paths: tuple[str, ...]
    format: str
    coverage: bool
    output: Path | None
    evidence: Path | None
    force: bool
    verbose: int

    def check(self) -> None:
        """Refuse files that cannot be written before any work is done.  Raises KlsymError."""
        for file, option in ((self.output, "-o"), (self.evidence, "--evidence")):
            if file is not None:
                check_writable(file, self.force, option)

    def answer(self, run: Run) -> int:
        """Write what a run found; returns the exit code."""
        run = replace(run, with_coverage=self.coverage)
        if self.evidence is not None:
            data = json.dumps(run.evidence, indent=1).encode() + b"\n"
            write_file(data, self.evidence, self.force)
        write(self._rendered(run), self.output, self.force)
        if run.messages:
            say(run.messages)
        return run.exit_code

    def _rendered(self, run: Run) -> str:
        if self.format == "json":
            return json.dumps(run.to_dict(), indent=2, ensure_ascii=False)
        if self.format == "text":
            colour = self.output is None and colour_wanted()
            return run.to_text(colour=colour, verbose=self.verbose)
        form: Callable[[], str] = getattr(run, f"to_{self.format}")
        return form()


def decide(
    paths: tuple[str, ...],
    *,
    coverage: bool,
    output: Path | None,
    evidence: Path | None,
    force: bool,
    format_: str,
    quiet: bool,
    verbose: bool,
    time_limit: float,
    memory_limit: int,
    jobs: int | None,
    cache: bool = True,
    let: tuple[str, ...],
    assume: tuple[str, ...],
    strict: bool,
) -> int:
    """Decide what is asked in documents; returns the exit code."""
    from klsym.cache.store import Limits, Store
    from klsym.documents.setting import Setting, Wanted
    from klsym.running.child import Child
    from klsym.running.runner import Refused, Runner

    asked = Asked(paths, format_, coverage, output, evidence, force, verbose - quiet)
    asked.check()
    wanted = Wanted(evidence=evidence is not None, steps=format_ == "html")
    # The engine is told a little less, so that it can end by itself with a better reason.
    setting = Setting(let, assume, strict, wanted, 0.9 * time_limit)
    limits = Limits(time_limit, memory_limit)
    store = Store.open(say) if cache else None
    try:
        with Runner(setting, limits, jobs or _cores(), lambda: Child(ENGINE), store) as runner:
            try:
                run = runner.run(paths)
            except Refused as refused:
                return _refuse(refused, format_, verbose)
            except (KeyboardInterrupt, SystemExit):
                _tell_how_far(runner)
                raise
        return asked.answer(run)
    finally:
        if store is not None:
            store.close()


def _refuse(refused: Refused, format_: str, verbose: bool) -> int:
    response = refused.response
    if response.output:
        write(response.output, None, force=False)
    say(response.errors)
    if verbose and response.details:
        say(response.details)
    return response.exit_code


def _tell_how_far(runner: Runner) -> None:
    state = runner.state
    told = f"{state.done} of {state.documents} documents are decided"
    kept = ", and what was found is kept: the same command goes on from there"
    say(told + (kept if runner.store is not None else ""))


def _cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
