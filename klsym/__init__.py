"""Symbolic derivation checker for Kullback-Leibler divergences and their relatives.

>>> from klsym import KL, Normal, check, derive
>>> print(derive(KL(Normal("mu", "sigma"), Normal(0, 1))))
mu**2/2 + sigma**2/2 - log(sigma) - 1/2
>>> check("KL(Poisson(a) || Poisson(b))", "a*log(a/b) - a + b").verdict
<Verdict.PROVED: 'proved'>
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from klsym.version import __version__

if TYPE_CHECKING:
    from klsym.checking import check
    from klsym.deriving import derive
    from klsym.documents import run
    from klsym.errors import KlsymError
    from klsym.evaluating import evaluate
    from klsym.fitting import fit
    from klsym.identifying import identify
    from klsym.plotting import plot
    from klsym.replaying import replay
    from klsym.verdict import Verdict

__all__ = [
    "KlsymError",
    "Verdict",
    "__version__",
    "check",
    "derive",
    "evaluate",
    "fit",
    "identify",
    "plot",
    "replay",
    "run",
]

_MODULES = {
    "check": "klsym.checking",
    "derive": "klsym.deriving",
    "evaluate": "klsym.evaluating",
    "fit": "klsym.fitting",
    "identify": "klsym.identifying",
    "plot": "klsym.plotting",
    "replay": "klsym.replaying",
    "run": "klsym.documents",
    "KlsymError": "klsym.errors",
    "Verdict": "klsym.verdict",
}
_ENTROPIES = ("H", "E")


def __getattr__(name: str) -> Any:
    """The public functions, and each family and divergence by its name, loaded when used."""
    from importlib import import_module

    if name in _MODULES:
        return getattr(import_module(_MODULES[name]), name)
    if name[:1].isupper():
        from klsym.building import writer
        from klsym.divergences import divergences_by_any_name
        from klsym.families import constructions, families_by_any_name

        divergence = name in divergences_by_any_name()
        known = divergence or name in families_by_any_name() or name in constructions()
        if known or name in _ENTROPIES:
            return writer(name, divergence=divergence)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
