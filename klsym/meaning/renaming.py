r"""Other names for symbols and distributions, as a paper has them: ``mu_1=\\mu_q``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from klsym.errors import KlsymError, Span
from klsym.syntax import parse
from klsym.syntax.names import Names
from klsym.syntax.tree import Chain, Name, Node


def renamed(texts: Sequence[str], known: Iterable[str]) -> dict[str, str]:
    r"""The other names, by those that are known.

    >>> renamed(["mu_1=\\mu_q", r"p = q", "q=p"], ["mu_1", "p", "q"])
    {'mu_1': 'mu_q', 'p': 'q', 'q': 'p'}

    Raises KlsymError ``rename`` for what is no pair of names, a name that is not there, and two
    things that would have one name.
    """
    every = sorted(known)
    found: dict[str, str] = {}
    for text in texts:
        whole = Span(0, len(text))
        try:
            tree = parse(text, Names(frozenset(every))).tree
        except KlsymError as error:
            raise error.within(text).at("--rename") from None
        old, new = _names(tree) if isinstance(tree, Chain) else ("", "")
        if not old:
            raise _refused("expected one name for another", text, whole, r"mu_1=\mu_q")
        if old not in every:
            told = f"the names are {', '.join(every)}"
            raise _refused(f"there is no {old} to rename", text, whole, told)
        if found.get(old, new) != new:
            raise _refused(f"{old} is renamed twice", text, whole, "drop one of the two")
        found[old] = new
    shown = [found.get(name, name) for name in every]
    for text, new in zip(texts, found.values(), strict=False):
        if shown.count(new) > 1:
            told = "choose a name of its own for each"
            raise _refused(f"two things would be called {new}", text, Span(0, len(text)), told)
    return found


def _names(tree: Chain) -> tuple[str, str]:
    pair: Sequence[Node] = tree.terms
    signs = [relation.sign for relation in tree.relations]
    if signs == ["="] and len(pair) == 2 and all(isinstance(term, Name) for term in pair):
        old, new = (term.name for term in pair if isinstance(term, Name))
        return old, new
    return "", ""


def _refused(message: str, text: str, span: Span, help: str) -> KlsymError:
    return KlsymError("rename", message, text=text, span=span, place="--rename", help=help)
