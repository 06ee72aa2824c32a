"""The commands about documents: decided by workers, and the answer written once all are done."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from klsym.command.options import common, reporting, shard_of, with_coverage, with_evidence, within
from klsym.command.output import Output, write_file
from klsym.command.terminal import say
from klsym.shown import json_text, one_line

if TYPE_CHECKING:
    from klsym.cache.table import Limits
    from klsym.documents.report import Run
    from klsym.running.crew import Worker
    from klsym.running.runner import Runner
    from klsym.running.shard import Shard

ENGINE = "klsym.documents.working"
"""The module whose functions a worker calls."""

FORMATS = ("text", "json", "jsonl", "html", "markdown", "sarif", "junit", "github")


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@with_coverage
@with_evidence
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Workers that decide at once; as many as there are processors if not given.",
)
@click.option(
    "--shard",
    callback=shard_of,
    metavar="I/N",
    help="Decide one of N parts of the documents, for klsym merge: 3/16.",
)
@click.option(
    "--dask",
    metavar="ADDRESS",
    help="Have a Dask cluster decide: its scheduler's 'tcp://host:8786' (needs klsym[dask]).",
)
@click.option(
    "--no-diagnoses",
    "diagnoses",
    flag_value=False,
    default=True,
    help="Say which equations are wrong, not why: several times as fast where many are.",
)
@click.option("--watch", is_flag=True, help="Decide what is saved again, until Ctrl-C.")
@common(formats=FORMATS, digits=False)
def run(
    paths: tuple[str, ...],
    *,
    jobs: int | None,
    shard: Shard | None,
    dask: str | None,
    diagnoses: bool,
    watch: bool,
    let: tuple[str, ...],
    assume: tuple[str, ...],
    strict: bool,
    cache: bool,
    output: Output,
    limits: Limits,
) -> int:
    """Check every equation of documents.  PATHs are Markdown, TeX, notebooks, and folders of them.

    A document is read as it is; what it cannot say by itself goes into comments in it
    (klsym explain directives) or into --let.  The limits are those of each equation.

    \b
    klsym run derivations/
    klsym run post.md --let 'f(x | m, v) = Normal(m, variance=v)'
    klsym run paper.tex --format html -o report.html
    klsym run lecture.ipynb --coverage
    klsym run papers/ -j 8 --shard 3/16 --format jsonl -o part3.jsonl
    klsym run papers/ --dask tcp://host:8786
    """
    from klsym.cache.store import Store
    from klsym.documents.setting import Setting, Wanted
    from klsym.running.runner import Runner

    output.check()
    wanted = Wanted(diagnoses, evidence=output.evidence is not None, steps=output.format == "html")
    setting = Setting(let, assume, strict, wanted, within(limits))
    with ExitStack() as stack:
        store = stack.enter_context(Store.open(say)) if cache else None
        places, hire = stack.enter_context(_workers(dask, jobs))
        runner = stack.enter_context(Runner(setting, limits, places, hire, store))
        code = _once(runner, paths, shard, output)
        if watch:
            code = _watch(runner, paths, shard, replace(output, force=True), code)
        return code


@click.command()
@click.argument(
    "parts", nargs=-1, required=True, metavar="PART...", type=click.Path(path_type=Path)
)
@with_coverage
@reporting(FORMATS)
def merge(parts: tuple[Path, ...], *, output: Output) -> int:
    """Join the parts of a run.  PARTs are what run writes with --shard and --format jsonl.

    The answer and the exit code are those of one run over all documents; 2 if a part is missing.

    \b
    klsym run papers/ --shard 1/2 --format jsonl -o part1.jsonl
    klsym run papers/ --shard 2/2 --format jsonl -o part2.jsonl
    klsym merge part*.jsonl --format html -o report.html
    """
    from klsym.command.shards import merged
    from klsym.documents.report import UNREADABLE

    output.check()
    run, errors = merged(parts)
    code = _write(run, output)
    for error in errors:
        say(str(error))
    return UNREADABLE if errors else code


def _write(run: Run, output: Output) -> int:
    """Write what a run found; returns the exit code."""
    run = replace(run, with_coverage=output.coverage)
    if output.evidence is not None:
        data = json.dumps(run.evidence, indent=1).encode() + b"\n"
        write_file(data, output.evidence, output.force)
    output.write(_rendered(run, output))
    if run.messages:
        say(run.messages)
    return run.exit_code


def _rendered(run: Run, output: Output) -> str:
    if output.format == "json":
        return json_text(run.to_dict())
    if output.format == "text":
        return run.to_text(colour=output.colour, verbose=output.level)
    form: Callable[[], str] = getattr(run, f"to_{output.format}")
    return form()


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


def _once(runner: Runner, paths: tuple[str, ...], shard: Shard | None, output: Output) -> int:
    """Decide all there is; returns the exit code."""
    from klsym.command.progress import shown
    from klsym.running.crew import Refused
    from klsym.running.messages import OPEN

    try:
        with shown(runner, quiet=output.level < 0):
            run = runner.run(paths, shard)
    except Refused as refused:
        say(refused.response.errors)
        if output.level > 0 and refused.response.details:
            say(refused.response.details)
        if refused.response.exit_code == OPEN:
            _tell_how_far(runner)
        return refused.response.exit_code
    except (KeyboardInterrupt, SystemExit):
        _tell_how_far(runner)
        raise
    return _write(run, output)


def _watch(
    runner: Runner, paths: tuple[str, ...], shard: Shard | None, output: Output, code: int
) -> int:
    """Decide what is saved again, until an interruption; returns the last exit code."""
    from klsym.command.watching import saves

    say("watching; Ctrl-C ends it")
    try:
        for files in saves(paths):
            say(f"saved: {', '.join(map(one_line, files))}")
            code = _once(runner, paths, shard, output)
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
