"""The commands about a statement: each is asked of a child process, and its answer written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from klsym.command.asking import ask
from klsym.command.options import FORMATS, TakesFormulas, at_point, common, in_unit, with_evidence
from klsym.command.output import Output, check_writable, free_path

if TYPE_CHECKING:
    from klsym.command.kept import Answers


@click.command(cls=TakesFormulas)
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
    output: Output,
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
    if layout and output.format != "latex":
        raise click.UsageError(f"--{next(iter(layout))} goes with --format latex.")
    texts, extra = {"statement": statement}, {"route": route}
    return ask(answers, "derive", texts, extra, layout=layout, output=output, **options)


@click.command(cls=TakesFormulas)
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
    return ask(answers, "check", texts, extra, **options)


@click.command(cls=TakesFormulas)
@click.argument("statement")
@at_point
@in_unit
@common()
@click.pass_obj
def evaluate(answers: Answers, /, statement: str, at: str, **options: Any) -> int:
    """Evaluate to certified digits, at a point.  A STATEMENT - is read from standard input.

    \b
    klsym evaluate 'KL(Normal(mu, sigma) || Laplace(0, 1))' --at 'mu=0, sigma=2' --digits 30
    """
    return ask(answers, "evaluate", {"statement": statement}, {"at": at}, **options)


@click.command(cls=TakesFormulas)
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
    return ask(answers, "identify", {"formula": formula, "p": p, "q": q}, {}, **options)


@click.command(cls=TakesFormulas)
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
    output: Output,
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
        check_writable(picture, output.force)
    extra = {"divergence": divergence, "path": None if picture is None else str(picture)}
    return ask(answers, "fit", texts, extra, output=output, **options)


@click.command(cls=TakesFormulas)
@click.argument("statement")
@at_point
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
    answers: Answers,
    /,
    statement: str,
    at: str,
    sweep: str,
    picture: Path | None,
    output: Output,
    **options: Any,
) -> int:
    """Draw a divergence: densities above, its integrand shaded by sign below.

    Needs klsym[plot].  A STATEMENT - is read from standard input.

    \b
    klsym plot 'KL(Normal(0, 1) || Normal(mu, 2))' --at 'mu=1' -o plot.svg
    klsym plot 'KL(Normal(0, 1) || Normal(mu, 2))' --sweep 'mu=-3:3'
    """
    path = free_path("plot", ".svg") if picture is None else picture
    check_writable(path, output.force)
    extra = {"at": at, "sweep": sweep, "path": str(path)}
    return ask(answers, "plot", {"statement": statement}, extra, output=output, **options)


@click.command()
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
    return ask(answers, "replay", {}, {"sources": list(files)}, **options)
