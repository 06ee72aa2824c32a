r"""The words around a formula: what they make of it.

``P: $X \sim ...$`` labels a distribution, ``if $a = b$`` supposes something, ``where $\sigma > 0$``
says where names lie, and ``$p(x) = 0$ for $x < 0$`` is said of a part only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_FILLER = r"(?:\s+(?:that|any|all|every|each|some|now|the|a|an|we|have|get|by|values?|of))*"
_LABEL = re.compile(r"(?:^|[\s(*-])\(?([A-Za-z](?:_\w|_\{\w+\})?)\)?\**\s*:\**\s*\$*\s*$")
_COLON = re.compile(r"\$?\**\s*:\**\s*\$?\s*$")
_SUPPOSING = re.compile(
    rf"\b(?:if|when|whenever|unless|suppose|assume|assuming|let|set|setting|taking|choose|choosing|"
    rf"put|putting|provided|implies|iff|substituting|substitute|define|defining){_FILLER}"
    rf"\s*\W{{0,3}}$",
    re.IGNORECASE,
)
_DEFINING = re.compile(
    rf"\b(?:let|define|defining|denote|denoting|set|setting|put|putting|write|introduce|where|"
    rf"substituting|substitute|redefine|instead|now){_FILLER}\s*\W{{0,6}}$",
    re.IGNORECASE,
)
_CASE = re.compile(rf"\b(?:for|with|given|at){_FILLER}\s*\W{{0,3}}$", re.IGNORECASE)
_LIMITING = re.compile(
    rf"\b(?:for|given|at|where|with|such|as\s+long|so\s+long|once){_FILLER}(?:\s+as)?\s*\W{{0,3}}$",
    re.IGNORECASE,
)
_JOINT = re.compile(r"[\s$,;]*((?:and|or)?)[\s$]*")
_PLACING = re.compile(
    rf"\b(?:where|with|for|let|assume|assuming|given|suppose|provided|such|requires?|and|restrict)"
    rf"{_FILLER}\s*\W{{0,3}}$",
    re.IGNORECASE,
)
_PROVISO = re.compile(
    r"^\W{0,3}(?:only\s+)?(for|if|when|whenever|unless|provided|as long as|on|outside|at)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?:with|for|if|when|setting|assuming|taking|in the (?:special )?case|let|under|at)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Prose:
    """What the words before and after a formula say of it.

    ``label`` names the distribution it declares.  ``supposes`` it is a supposition, ``defines`` it
    gives a letter a new meaning, ``places`` it says where names lie, ``case`` what one is set to,
    ``limits`` an inequality there says where something else holds.
    ``proviso`` and ``opening`` are what may restrict it: words that follow it, and how the
    sentence before a display begins.
    """

    label: str = ""
    supposes: bool = False
    defines: bool = False
    places: bool = False
    case: bool = False
    limits: bool = False
    proviso: str = ""
    opening: str = ""

    def after(self, other: Prose, words: str) -> Prose:
        """What is said of a formula that only a comma or an "and" joins to another one.

        A comma may end a supposition, so only what says where names lie goes on over it.
        """
        joined = _JOINT.fullmatch(words)
        if joined is None:
            return self
        if not joined.group(1):
            return replace(self, places=self.places or other.places)
        return replace(
            self,
            supposes=self.supposes or other.supposes,
            places=self.places or other.places,
            case=self.case or other.case,
            limits=self.limits or other.limits,
        )


def prose_around(before: str, after: str, name: str = "") -> Prose:
    """What the words before and after a formula say of it.

    ``name`` is the formula that stands before the words, as ``$P$`` does in ``$P$: $X ...$``.
    """
    label = _LABEL.search(before)
    found = label.group(1) if label else ""
    if not found and _COLON.match(before) and re.fullmatch(r"[A-Za-z](?:_\w|_\{\w+\})?", name):
        found = name
    proviso = _PROVISO.match(after)
    return Prose(
        re.sub(r"[{}]", "", found),
        _SUPPOSING.search(before) is not None,
        _DEFINING.search(before) is not None,
        _PLACING.search(before) is not None,
        _CASE.search(before) is not None,
        _LIMITING.search(before) is not None,
        proviso.group(1).lower() if proviso else "",
        _sentence(before),
    )


def _sentence(text: str) -> str:
    """The last sentence before a display, if it begins by restricting something."""
    last = re.split(r"(?<=[.!?])\s+|\n\s*\n|\$\$", text.strip().rstrip("$").strip())[-1].strip()
    return " ".join(last.split()) if _OPENING.match(last) else ""
