"""The commands, gathered under ``klsym``."""

from __future__ import annotations

import click

from klsym.command import documents, statements
from klsym.command.cache import cache
from klsym.command.output import write
from klsym.version import __version__

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


@klsym.command("list")
@click.argument("kind", type=click.Choice(["families", "divergences", "rules", "diagnoses"]))
def list_(kind: str) -> None:
    """List families, divergences, rules, diagnoses."""
    from klsym.command.catalog import listing

    write(listing(kind), None, force=False)


@klsym.command("explain")
@click.argument("name")
def explain_(name: str) -> None:
    """Show a manual page.

    NAME is a family, a divergence, a rule, a diagnosis, an error, or one of directives, evidence
    and proving.
    """
    from klsym.command.catalog import explain

    write(explain(name), None, force=False)


for _command in (
    statements.derive,
    statements.check,
    statements.evaluate,
    statements.identify,
    statements.fit,
    statements.plot,
    statements.replay,
    documents.run,
    documents.merge,
    cache,
):
    klsym.add_command(_command)
