r"""Commands of TeX and its packages that klsym itself knows in a document.

``DROPPED`` and ``FRAMING`` say how a formula is set and nothing of what it means.  ``PACKAGES`` are
macros that packages define, in TeX: a document that loads the package may use them.
"""

from __future__ import annotations

from collections.abc import Mapping

DROPPED: Mapping[str, int] = {
    **dict.fromkeys(
        (
            "\\qedhere",
            "\\qed",
            "\\IEEEyesnumber",
            "\\IEEEnonumber",
            "\\IEEEyessubnumber",
            "\\allowdisplaybreaks",
            "\\displaybreak",
            "\\nolinenumbers",
            "\\mathstrut",
            "\\ignorespaces",
            "\\unskip",
            "\\pause",
            "\\footnotemark",
            "\\centering",
            "\\small",
            "\\footnotesize",
            "\\scriptsize",
            "\\normalsize",
        ),
        0,
    ),
    **dict.fromkeys(
        (
            "\\footnote",
            "\\footnotetext",
            "\\cite",
            "\\citep",
            "\\citet",
            "\\cref",
            "\\Cref",
            "\\autoref",
            "\\refstepcounter",
            "\\stepcounter",
            "\\mathindent",
            "\\marginpar",
            "\\todo",
        ),
        1,
    ),
    **dict.fromkeys(("\\addtocounter", "\\setcounter", "\\setlength", "\\addtolength"), 2),
}
"""What is left out of a formula, by how many arguments go with it."""

FRAMING = frozenset({"\\uncover", "\\only", "\\visible", "\\onslide", "\\alert", "\\mathmakebox"})
"""What leaves its argument as it is, perhaps after the slides it is for, ``<2->``."""

PACKAGES: Mapping[str, str] = {
    "physics": r"""
        \newcommand{\qty}{}
        \newcommand{\dd}[1]{\,\mathrm{d}#1}
        \newcommand{\dv}[2]{\frac{\mathrm{d}#1}{\mathrm{d}#2}}
        \DeclarePairedDelimiter{\abs}{\lvert}{\rvert}
        \DeclarePairedDelimiter{\norm}{\lVert}{\rVert}
        \DeclareMathOperator{\Tr}{Tr}""",
    "commath": r"""
        \newcommand{\dif}{\mathrm{d}}
        \newcommand{\od}[2]{\frac{\mathrm{d}#1}{\mathrm{d}#2}}
        \newcommand{\abs}[1]{\left\lvert#1\right\rvert}
        \newcommand{\norm}[1]{\left\lVert#1\right\rVert}
        \newcommand{\del}[1]{\left(#1\right)}
        \newcommand{\sbr}[1]{\left[#1\right]}""",
    "mleftright": r"\newcommand{\mleft}{\left}\newcommand{\mright}{\right}",
    "upgreek": r"\newcommand{\uppi}{\pi}\newcommand{\upmu}{\mu}\newcommand{\upsigma}{\sigma}",
}
