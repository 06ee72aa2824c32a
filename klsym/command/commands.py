"""The commands and what each takes."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from klsym.command.cache import cache
from klsym.command.options import (
    FORMATS,
    TakesFormulas,
    common,
    in_unit,
    read_texts,
    reporting,
    shard_of,
    with_evidence,
)
from klsym.command.output import (
    check_writable,
    free_path,
    write,
    write_file,
)
from klsym.command.terminal import colour_wanted, say
from klsym.errors import KlsymError
from klsym.version import __version__

if TYPE_CHECKING:
    from klsym.command.kept import Answers

RUN_FORMATS = ("text", "json", "jsonl", "html", "markdown", "sarif", "junit", "github")

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(
    context_settings=SETTINGS,
    epilog="Exit codes: 0 as expected, 1 refuted, 2 not understood, 3 undecided, 4 klsym's fault.",
)
@click.version_option(__version__, prog_name="klsym")
def klsym() -> None:
    """Derive Kullback-Leibler divergences and their relatives, and check formulas for them.

    \b
    klsym derive 'KL(Normal(mu_1, sigma_1) || Normal(mu_2, sigma_2))'
    klsym check  'KL(Normal(mu, sigma) || Normal(0, 1))' '(mu^2 + sigma^2 - 1)/2 - log(sigma)'
    """


@klsym.command(cls=TakesFormulas)
@click.argument("statement")
@click.option(
    "--route",
    type=click.Choice(["definition", "entropies"]),
    default="definition",
    show_default=True,
    help="Derive KL from its definition, or as H(p, q) - H(p).",
)
@click.option(
    "--style",
    type=click.Choice(["terse", "full", "appendix"]),
    help="Of LaTeX: the result alone, the chain (default), or with the densities in sentences.",
)
@click.option(
    "--rename",
    metavar="OLD=NEW",
    multiple=True,
    help=r"Of LaTeX: another name for a symbol or a distribution, 'mu_1=\mu_q'. Repeatable.",
)
@click.option("--standalone", is_flag=True, help="Of LaTeX: a whole document.")
@in_unit
@common(formats=(*FORMATS, "python"))
@click.pass_obj
def derive(
    answers: Answers,
    /,
    statement: str,
    route: str,
    style: str | None,
    rename: tuple[str, ...],
    standalone: bool,
    **options: Any,
) -> int:
    """Derive a closed form, with steps.  A STATEMENT - is read from standard input.

    \b
    klsym derive 'KL(Gamma(k, rate=a) || Exponential(b))'
    klsym derive 'H(p)' --let 'p(x) = a*exp(-a*x) on (0, oo)' --format latex
    klsym derive 'KL(Beta(a, b) || Beta(c, d))' --format python -o kl_beta.py
    klsym derive 'KL(Poisson(a) || Poisson(b))' --format latex --style appendix --standalone
    """
    given = {"style": style, "rename": list(rename), "standalone": standalone}
    layout = {name: value for name, value in given.items() if value}
    if layout and options["format_"] != "latex":
        raise click.UsageError(f"--{next(iter(layout))} goes with --format latex.")
    extra = {"route": route}
    return _decide(answers, "derive", {"statement": statement}, extra, layout=layout, **options)


@klsym.command(cls=TakesFormulas)
@click.argument("statement")
@click.argument("formula", required=False)
@click.option(
    "--show-reading", is_flag=True, help="Print the formula as it was read, in all its readings."
)
@click.option(
    "--reading",
    metavar="TEXT",
    multiple=True,
    help="Choose a reading: 'slash-product a/(bc)', 'log-quotient log(p)/q'. Repeatable.",
)
@in_unit
@with_evidence
@common()
@click.pass_obj
def check(
    answers: Answers,
    /,
    statement: str,
    formula: str | None,
    show_reading: bool,
    reading: tuple[str, ...],
    **options: Any,
) -> int:
    """Decide whether FORMULA equals STATEMENT.  An argument - is read from standard input.

    A FORMULA that begins with <= or >= (<, >) states an inequality; without FORMULA, STATEMENT is
    a relation.  Both may be plain text, pasted Unicode or LaTeX.

    \b
    klsym check 'H(Normal(mu, sigma))' '\\frac{1}{2}\\log(2\\pi e\\sigma^2)'
    klsym check 'log(a/b)' 'log(a) - log(b)' --let 'a, b positive'
    klsym check 'KL(Normal(m, s) || Laplace(n, b))' '>= 0'
    klsym check 'log(x) <= x - 1' --let 'x positive'
    """
    texts = {"statement": statement}
    if formula is not None:
        texts["formula"] = formula
    extra: dict[str, Any] = {"show_reading": True} if show_reading else {}
    if reading:
        extra["reading"] = list(reading)
    return _decide(answers, "check", texts, extra, **options)


@klsym.command(cls=TakesFormulas)
@click.argument("statement")
@click.option("--at", metavar="POINT", default="", help="Values: 'mu=0, sigma=2'.")
@in_unit
@common()
@click.pass_obj
def evaluate(answers: Answers, /, statement: str, at: str, **options: Any) -> int:
    """Evaluate to certified digits, at a point.  A STATEMENT - is read from standard input.

    \b
    klsym evaluate 'KL(Normal(mu, sigma) || Laplace(0, 1))' --at 'mu=0, sigma=2' --digits 30
    """
    return _decide(answers, "evaluate", {"statement": statement}, {"at": at}, **options)


@klsym.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--coverage", is_flag=True, help="Say how much was read and decided, and why not.")
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
@common(formats=RUN_FORMATS, digits=False)
def run(paths: tuple[str, ...], **options: Any) -> int:
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
    from klsym.command.papers import decide

    return decide(paths, **options)


@klsym.command()
@click.argument(
    "parts", nargs=-1, required=True, metavar="PART...", type=click.Path(path_type=Path)
)
@click.option("--coverage", is_flag=True, help="Say how much was read and decided, and why not.")
@reporting(RUN_FORMATS)
def merge(parts: tuple[Path, ...], **options: Any) -> int:
    """Join the parts of a run.  PARTs are what run writes with --shard and --format jsonl.

    The answer and the exit code are those of one run over all documents; 2 if a part is missing.

    \b
    klsym run papers/ --shard 1/2 --format jsonl -o part1.jsonl
    klsym run papers/ --shard 2/2 --format jsonl -o part2.jsonl
    klsym merge part*.jsonl --format html -o report.html
    """
    from klsym.command.papers import join

    return join(parts, **options)


@klsym.command(cls=TakesFormulas)
@click.argument("formula")
@click.argument("p")
@click.argument("q")
@common(formats=("text", "json"), digits=False)
@click.pass_obj
def identify(answers: Answers, /, formula: str, p: str, q: str, **options: Any) -> int:
    """Find which divergence a formula is.  A FORMULA - is read from standard input.

    \b
    klsym identify '(a - b)*log(a/b)' 'Poisson(a)' 'Poisson(b)'
    """
    return _decide(answers, "identify", {"formula": formula, "p": p, "q": q}, {}, **options)


@klsym.command(cls=TakesFormulas)
@click.argument("target")
@click.argument("family")
@click.option(
    "--divergence",
    metavar="NAME",
    default="forward",
    show_default=True,
    help="What to minimise: forward (KL), reverse, or another divergence: 'Renyi(order=1/2)'.",
)
@click.option(
    "--plot",
    "picture",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Draw the target and the fits: .svg, .png or .pdf (needs klsym[plot]).",
)
@common(formats=FORMATS)
@click.pass_obj
def fit(
    answers: Answers,
    /,
    target: str,
    family: str,
    divergence: str,
    picture: Path | None,
    **options: Any,
) -> int:
    """Find the members of FAMILY closest to TARGET.

    FAMILY is the name of a family, or a distribution with letters for what is to be found.  Forward
    KL into an exponential family is answered exactly; else every local minimum that a search finds
    is shown with its certified value (needs klsym[fit]).

    \b
    klsym fit '1/2*Normal(-3, 1.2) + 1/2*Normal(3, 1.2)' Normal
    klsym fit 'StudentT(3)' 'Normal(0, sigma)' --divergence reverse --plot fit.svg
    """
    texts = {"target": target, "family": family}
    if picture is not None:
        check_writable(picture, options["force"])
    path = None if picture is None else str(picture)
    return _decide(answers, "fit", texts, {"divergence": divergence, "path": path}, **options)


@klsym.command(cls=TakesFormulas)
@click.argument("statement")
@click.option("--at", metavar="POINT", default="", help="Values: 'mu=0, sigma=2'.")
@click.option(
    "--sweep", metavar="RANGE", default="", help="Draw it along a parameter instead: 'mu=-3:3'."
)
@click.option(
    "-o",
    "--output",
    "picture",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to: .svg, .png or .pdf; without it, a new file plot.svg here.",
)
@common(formats=("text", "json"), digits=False, output=False, cache=False)
@click.pass_obj
def plot(
    answers: Answers, /, statement: str, at: str, sweep: str, picture: Path | None, **options: Any
) -> int:
    """Draw a divergence: densities above, its integrand shaded by sign below.

    Needs klsym[plot].  A STATEMENT - is read from standard input.

    \b
    klsym plot 'KL(Normal(0, 1) || Normal(mu, 2))' --at 'mu=1' -o plot.svg
    klsym plot 'KL(Normal(0, 1) || Normal(mu, 2))' --sweep 'mu=-3:3'
    """
    path = free_path("plot", ".svg") if picture is None else picture
    check_writable(path, options["force"])
    extra = {"at": at, "sweep": sweep, "path": str(path)}
    return _decide(answers, "plot", {"statement": statement}, extra, output=None, **options)


@klsym.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path())
@common(formats=("text", "json"), digits=False, cache=False)
@click.pass_obj
def replay(answers: Answers, /, files: tuple[str, ...], **options: Any) -> int:
    """Check evidence again, without the search that found it.

    FILEs are what check and run write with --evidence (klsym explain evidence).  Exit code 1
    says that some evidence does not hold, 2 that a file holds none.

    \b
    klsym check 'KL(Poisson(a) || Poisson(b))' 'a*log(a/b)' --evidence poisson.json
    klsym replay poisson.json
    """
    for name in ("let", "assume", "strict"):
        options.pop(name)
    return _decide(answers, "replay", {}, {"sources": list(files)}, **options)


@klsym.command("list")
@click.argument("kind", type=click.Choice(["families", "divergences", "rules", "diagnoses"]))
def list_(kind: str) -> None:
    """List families, divergences, rules, diagnoses."""
    from klsym.command.catalog import listing

    write(listing(kind), None, force=False)


klsym.add_command(cache)


@klsym.command("explain")
@click.argument("name")
def explain_(name: str) -> None:
    """Show a manual page.

    NAME is a family, a divergence, a rule, a diagnosis, an error, or one of directives, evidence
    and proving.
    """
    from klsym.command.catalog import explain

    write(explain(name), None, force=False)


def _decide(
    answers: Answers,
    command: str,
    texts: dict[str, str],
    extra: dict[str, Any],
    *,
    layout: dict[str, Any] | None = None,
    output: Path | None,
    force: bool,
    format_: str,
    quiet: bool,
    verbose: bool,
    time_limit: float,
    memory_limit: int,
    cache: bool = True,
    evidence: Path | None = None,
    **shared: Any,
) -> int:
    from klsym.running.messages import Request, refuse

    for file, option in ((output, "-o"), (evidence, "--evidence")):
        if file is not None:
            check_writable(file, force, option)
    arguments = {**extra, **shared}
    if command not in ("evaluate", "replay"):
        # The engine is told a little less, so that it can end by itself with a better reason.
        arguments["time_limit"] = 0.9 * time_limit
    try:
        arguments |= read_texts(**texts)
    except KlsymError as error:
        response = refuse(error, format_)
    else:
        response = answers.ask(
            Request(
                command=command,
                arguments=arguments,
                format=format_,
                colour=output is None and colour_wanted(),
                verbose=verbose - quiet,
                layout=layout or {},
                time_limit=time_limit,
                memory_limit=memory_limit,
                evidence=None if evidence is None else str(evidence),
            ),
            printed=output is None and not verbose and "-" not in texts.values(),
        )
    for path, data in response.files.items():
        write_file(b64decode(data), Path(path), force)
    if response.output:
        write(response.output, output, force)
    if response.errors:
        say(response.errors)
    if verbose and response.details:
        say(response.details)
    return response.exit_code
