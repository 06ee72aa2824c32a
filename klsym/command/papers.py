"""``klsym run``: documents decided by workers, and the answer written once all are done."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from klsym.command.output import check_writable, write, write_file
from klsym.command.terminal import colour_wanted, say
from klsym.shown import json_text, one_line

if TYPE_CHECKING:
    from klsym.documents.report import Run
    from klsym.running.crew import Worker
    from klsym.running.runner import Runner
    from klsym.running.shard import Shard

ENGINE = "klsym.documents.working"
"""The module whose functions a worker calls."""


@dataclass(frozen=True)
class Report:
    """In what form a run is written, and where to."""

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

    def write(self, run: Run) -> int:
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
            return json_text(run.to_dict())
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
    shard: Shard | None,
    dask: str | None,
    watch: bool,
    diagnoses: bool,
    let: tuple[str, ...],
    assume: tuple[str, ...],
    strict: bool,
    cache: bool,
) -> int:
    """Decide what is asked in documents; returns the exit code."""
    from klsym.cache.store import Limits, Store
    from klsym.documents.setting import Setting, Wanted
    from klsym.running.runner import Runner

    report = Report(format_, coverage, output, evidence, force, verbose - quiet)
    report.check()
    wanted = Wanted(diagnoses, evidence=evidence is not None, steps=format_ == "html")
    # The engine is told a little less, so that it can end by itself with a better reason.
    setting = Setting(let, assume, strict, wanted, 0.9 * time_limit)
    limits = Limits(time_limit, memory_limit)
    with ExitStack() as stack:
        store = stack.enter_context(Store.open(say)) if cache else None
        places, hire = stack.enter_context(_workers(dask, jobs))
        runner = stack.enter_context(Runner(setting, limits, places, hire, store))
        code = _once(runner, paths, shard, report)
        if watch:
            code = _watch(runner, paths, shard, replace(report, force=True), code)
        return code


@contextmanager
def _workers(dask: str | None, jobs: int | None) -> Iterator[tuple[int, Callable[[], Worker]]]:
    """How many workers there may be, and what starts one.  Raises KlsymError."""
    if dask is None:
        from klsym.running.child import Child

        yield jobs or _cores(), lambda: Child(ENGINE)
        return
    from klsym.running.cluster import Cluster

    with Cluster(dask, ENGINE, await_workers=jobs is not None) as cluster:
        yield jobs or cluster.threads, lambda: cluster


def join(
    parts: tuple[Path, ...],
    *,
    coverage: bool,
    output: Path | None,
    force: bool,
    format_: str,
    quiet: bool,
    verbose: bool,
) -> int:
    """Answer for all parts of a run; returns the exit code."""
    from klsym.command.shards import merged
    from klsym.documents.report import UNREADABLE

    report = Report(format_, coverage, output, None, force, verbose - quiet)
    report.check()
    run, errors = merged(parts)
    code = report.write(run)
    for error in errors:
        say(str(error))
    return UNREADABLE if errors else code


def _once(runner: Runner, paths: tuple[str, ...], shard: Shard | None, report: Report) -> int:
    """Decide all there is; returns the exit code."""
    from klsym.command.progress import shown
    from klsym.running.crew import Refused
    from klsym.running.messages import OPEN

    try:
        with shown(runner, quiet=report.verbose < 0):
            run = runner.run(paths, shard)
    except Refused as refused:
        say(refused.response.errors)
        if report.verbose > 0 and refused.response.details:
            say(refused.response.details)
        if refused.response.exit_code == OPEN:
            _tell_how_far(runner)
        return refused.response.exit_code
    except (KeyboardInterrupt, SystemExit):
        _tell_how_far(runner)
        raise
    return report.write(run)


def _watch(
    runner: Runner, paths: tuple[str, ...], shard: Shard | None, report: Report, code: int
) -> int:
    """Decide what is saved again, until an interruption; returns the last exit code."""
    from klsym.command.watching import saves

    say("watching; Ctrl-C ends it")
    try:
        for files in saves(paths):
            say(f"saved: {', '.join(map(one_line, files))}")
            code = _once(runner, paths, shard, report)
    except KeyboardInterrupt:
        say("no longer watching")
    return code


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
