r"""The words of mathematical writing: which command, glyph or word means what.

This module is data.  A command that stands in none of these tables is unknown, and an unknown
command is an error at its place, never a factor.
"""

from __future__ import annotations


def _words(text: str) -> list[str]:
    return text.split()


GREEK_LETTERS = {
    **dict(zip("αβγδεζηθικλμνξοπρστυφχψω", _words(
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho "
        "sigma tau upsilon phi chi psi omega"
    ), strict=True)),
    **dict(zip("ΓΔΘΛΞΠΣΥΦΨΩ", _words(
        "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
    ), strict=True)),
    "ς": "varsigma", "ϑ": "vartheta", "ϕ": "phi", "ϵ": "epsilon", "ϖ": "varpi", "ϱ": "varrho",
    "µ": "mu", "ℓ": "ell", "∆": "Delta",
}  # fmt: skip
"""Greek glyphs by the names they are printed with."""

GREEK = frozenset(GREEK_LETTERS.values()) | frozenset(
    ["varepsilon", "vartheta", "varkappa", "varpi", "varrho", "varsigma", "varphi", "digamma"]
) - {"omicron"}

SPECIAL_GREEK = {
    "Gamma": "gamma", "psi": "psi", "Psi": "psi", "zeta": "zeta", "Phi": "Phi",
}  # fmt: skip
"""Greek letters that are functions when a bracket follows and no scalar is declared."""

PREFIX_FUNCTIONS = {
    name: name
    for name in _words(
        "log exp sin cos tan cot sec csc sinh cosh tanh coth sech csch arcsin arccos arctan "
        "arcsinh arccosh arctanh erf erfc erfi erfinv det tr diag sgn logit expit lg argmin argmax "
        "min max sup inf softplus sigmoid rank dim"
    )
} | {
    "ln": "log", "Log": "log", "Ln": "log", "Exp": "exp", "Tr": "tr", "trace": "tr",
    "arsinh": "arcsinh", "arcosh": "arccosh", "artanh": "arctanh", "asin": "arcsin",
    "acos": "arccos", "atan": "arctan", "asinh": "arcsinh", "acosh": "arccosh",
    "atanh": "arctanh", "sign": "sgn", "Max": "max", "Min": "min", "Det": "det",
}  # fmt: skip
"""Functions whose argument may stand without brackets, ``\\log x``, by every spelling."""

NOT_WORDS = frozenset({"det", "tr", "diag", "inf", "sup", "dim", "rank"})
"""Prefix functions that a plain text or a bare run of letters spells only before a bracket."""

BRACKETED_FUNCTIONS = {
    "lgamma": "loggamma", "gammaln": "loggamma", "loggamma": "loggamma", "digamma": "psi",
    "trigamma": "psi'", "polygamma": "polygamma", "gamma": "gamma", "beta": "beta",
    "betaln": "logbeta", "logbeta": "logbeta", "lbeta": "logbeta", "zeta": "zeta",
    "lowergamma": "lowergamma", "uppergamma": "uppergamma", "besseli": "besseli",
    "besselk": "besselk", "besselj": "besselj", "bessely": "bessely", "Li": "Li",
    "polylog": "polylog", "binomial": "binomial", "binom": "binomial", "comb": "binomial",
    "log1p": "log1p", "expm_1": "expm1", "LambertW": "LambertW", "expint": "expint",
    "Ei": "Ei", "hyper": "hyper", "Phi": "Phi",
}  # fmt: skip
"""Functions of plain text that always stand before a bracket."""

INVERSES = {
    "sin": "arcsin", "cos": "arccos", "tan": "arctan", "sinh": "arcsinh", "cosh": "arccosh",
    "tanh": "arctanh", "erf": "erfinv",
}  # fmt: skip
"""What an exponent of -1 makes of a function: its inverse rather than its reciprocal."""

BESSEL = frozenset("IJKY")
"""Letters that, with a number below and a bracket after, are Bessel functions of that order."""

ORDERED = BESSEL | {"E"}
"""Those letters, and the one of the exponential integrals, ``E_1(x)``."""

LETTER_FUNCTIONS = frozenset({"sigma", "phi", "varphi"})
"""Letters that may be functions even where they are declared: the logistic one, a density."""

PROBABILITIES = frozenset({"P", "Pr"})
"""What the probability of an event is called, ``P(X = k)``."""

KL_WORDS = frozenset({"KL", "KLD", "Kl", "kl"})
DIVERGENCE_LETTERS = frozenset({"D", "d"})
MEANS = {"E": "E", "Var": "Var", "var": "Var", "V": "Var"}

BARE_WORDS = frozenset({"KL", "KLD", "ELBO", "JS", "Var", "Cov", "TV", "MI", "erf", "erfc", "oo"})
"""Words that a LaTeX text may spell without a font: never a product of letters."""

LITERALS = {"oo": "oo", "inf": "oo", "infinity": "oo", "Infinity": "oo", "infty": "oo"}
WORD_RELATIONS = {"in": "in"}

FRACTIONS = frozenset({"frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"})
BINOMIALS = frozenset({"binom", "dbinom", "tbinom"})
INFIX = frozenset({"over", "choose"})
BIG_OPERATORS = {
    "int": "int", "intop": "int", "iint": "iint", "iiint": "iiint", "sum": "sum", "prod": "prod",
    "lim": "lim",
}  # fmt: skip
DOTS = frozenset({"dots", "ldots", "cdots", "dotsc", "dotsb", "dotsm", "dotsi", "dotso", "vdots"})
ACCENTS = {
    name: name for name in _words("hat tilde bar vec dot ddot check breve acute grave mathring")
} | {"widehat": "hat", "widetilde": "tilde", "overline": "bar", "underline": "underline"}

FONTS = {
    "mathrm": "upright", "text": "text", "textrm": "text", "textup": "text", "textnormal": "text",
    "textit": "text", "textbf": "text", "textsf": "text", "texttt": "text", "textsc": "text",
    "mbox": "text", "hbox": "text", "operatorname": "upright", "operatornamewithlimits": "upright",
    "mathit": "upright", "mathsf": "upright", "mathtt": "upright", "mathnormal": "",
    "mathbf": "bold", "boldsymbol": "bold", "bm": "bold", "pmb": "bold", "symbf": "bold",
    "mathcal": "calligraphic", "mathscr": "calligraphic", "mathfrak": "calligraphic",
    "mathbb": "blackboard", "mathds": "blackboard",
}  # fmt: skip
"""Font commands by the style they give."""

PROSE = frozenset(
    _words(
        "for if where and or with when then otherwise else is as by since such that while so thus "
        "hence therefore because but on in at to of the we let all any each every"
    )
)
"""Words that a text inside mathematics says, and that are never names."""

SWITCHES = {"rm": "upright", "bf": "bold", "it": "", "sf": "upright", "cal": "calligraphic"}
"""Old font commands, in force until the end of their group."""

SPACING = frozenset(
    _words(
        "displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits thinspace "
        "negthinspace medspace negmedspace thickspace negthickspace enspace nobreak nonumber notag "
        "hfill hfil smallskip medskip bigskip allowbreak strut null relax noindent "
        "therefore because protect mathstrut mathsurround"
    )
)
GAPS = frozenset({"quad", "qquad"})
SIZES = {
    size + side: {"l": "left", "r": "right", "m": "middle", "": ""}[side]
    for size in ("big", "Big", "bigg", "Bigg")
    for side in ("", "l", "r", "m")
} | {"left": "left", "right": "right", "middle": "middle"}
TRANSPARENT = frozenset(
    _words(
        "mathop mathbin mathrel mathord mathopen mathclose mathinner ensuremath smash boxed fbox "
        "mathclap eqalign"
    )
)
"""Commands that leave their argument as it is."""

STATEMENT_BOXES = frozenset({"boxed", "fbox", "ensuremath", "eqalign"})
"""Transparent commands whose argument may be a whole statement, with its relations."""

CANCELLED = frozenset({"cancel", "bcancel", "xcancel"})
BRACES = frozenset({"underbrace", "overbrace", "underbracket", "overbracket"})
STACKED = frozenset({"overset", "stackrel"})
WITHOUT_VALUE = frozenset(
    _words("label tag color vspace hspace phantom hphantom vphantom eqref ref cite footnote")
)
"""Commands that are dropped together with their argument."""

DIMENSIONED = frozenset({"kern", "mkern", "mskip", "hskip"})
"""Spaces that are followed by their width."""

PLAIN_TABLES = frozenset({"cases"})
"""Environments that plain TeX writes as a command with braces."""

UNSUPPORTED = frozenset(
    _words(
        "pm mp nabla forall exists to rightarrow Rightarrow Leftrightarrow iff implies mapsto circ "
        "wedge vee cup cap subset subseteq land lor neg otimes oplus setminus perp "
        "downarrow uparrow searrow nearrow Longrightarrow longrightarrow leftarrow emptyset notin "
        "oint bmod pmod mod lfloor rfloor lceil rceil"
    )
)
"""Commands klsym knows but gives no meaning to yet."""

ENVIRONMENTS = frozenset(
    _words(
        "equation align alignat flalign gather multline eqnarray displaymath math aligned "
        "alignedat split gathered"
    )
)
CASES = frozenset({"cases", "dcases", "rcases"})
MATRICES = {
    "matrix": "", "smallmatrix": "", "array": "", "pmatrix": "(", "bmatrix": "[", "vmatrix": "|",
    "Bmatrix": "{", "Vmatrix": "||",
}  # fmt: skip

RELATIONS = {
    "=": "=", "==": "=", "<": "<", ">": ">", "<=": "<=", ">=": ">=", "!=": "!=", ":=": ":=",
    "~": "~", "≤": "<=", "⩽": "<=", "≥": ">=", "⩾": ">=", "≠": "!=", "≈": "approx", "≃": "approx",
    "≅": "approx", "≡": "=", "∝": "propto", "∼": "~", "≔": ":=", "≜": ":=", "∈": "in", "＝": "=",
    "le": "<=", "leq": "<=", "leqslant": "<=", "lt": "<", "ge": ">=", "geq": ">=",
    "geqslant": ">=", "gt": ">", "ne": "!=", "neq": "!=", "approx": "approx", "simeq": "approx",
    "cong": "approx", "equiv": "=", "eq": "=", "propto": "propto", "sim": "~", "thicksim": "~",
    "coloneqq": ":=", "coloneq": ":=", "triangleq": ":=", "doteq": ":=", "in": "in",
}  # fmt: skip
"""Relation signs, of plain text, pasted glyphs and commands."""

BARS = {
    "|": "||", "Vert": "||", "parallel": "||", "lVert": "||", "rVert": "||",
    "vert": "|", "lvert": "|", "rvert": "|", "mid": "|", "‖": "||", "∥": "||", "∣": "|", "❘": "|",
}  # fmt: skip
BAR_SIDES = {"lVert": "left", "rVert": "right", "lvert": "left", "rvert": "right"}
BAR_SIDES |= {"mid": "middle", "parallel": "middle"}

TIMES = {
    "cdot": "*",
    "times": "*",
    "ast": "*",
    "star": "*",
    "bullet": "*",
    "div": "/",
    "slash": "/",
}
OPENING = {"{": "\\{", "lbrace": "\\{", "lbrack": "[", "langle": "<", "lparen": "("}
CLOSING = {"}": "\\{", "rbrace": "\\{", "rbrack": "[", "rangle": "<", "rparen": "("}
"""Closing commands by the opening bracket they answer."""

GLYPHS = {
    "−": "-", "–": "-", "‒": "-", "—": "-", "﹣": "-", "－": "-", "‐": "-", "‑": "-",
    "·": "*", "⋅": "*", "∙": "*", "×": "*", "∗": "*", "•": "*", "⁎": "*", "÷": "/", "⁄": "/",
    "∕": "/", "＋": "+", "′": "'", "’": "'", "″": "''",
}  # fmt: skip
"""Pasted operators by their plain form."""

COMBINING = {
    "\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "bar", "\u0307": "dot",
    "\u0308": "ddot", "\u030c": "check", "\u0306": "breve",
}  # fmt: skip
"""Accents that pasted text puts after the letter they stand over."""

FRACTION_GLYPHS = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5",
    "⅗": "3/5", "⅘": "4/5", "⅙": "1/6", "⅚": "5/6", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8",
    "⅐": "1/7", "⅑": "1/9", "⅒": "1/10",
}  # fmt: skip
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱˣᵃᵇᵏᵐᵀ⁼", "0123456789+-()nixabkmT=", strict=True))
SUBSCRIPTS = dict(
    zip("₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₐₑᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", "0123456789+-()aeijklmnoprstuvxβγρφχ", strict=True)
)
STYLED_GLYPHS = {
    "𝔼": ("E", "blackboard"), "𝒩": ("N", "calligraphic"), "ℝ": ("R", "blackboard"),
    "ℕ": ("N", "blackboard"), "ℤ": ("Z", "blackboard"), "ℒ": ("L", "calligraphic"),
    "𝔇": ("D", "calligraphic"), "𝕍": ("V", "blackboard"), "ⅇ": ("e", "upright"),
    "ⅆ": ("d", "upright"), "𝒟": ("D", "calligraphic"),
}  # fmt: skip
COMMAND_GLYPHS = {
    "√": "sqrt", "∛": "cbrt", "∫": "int", "∑": "sum", "∏": "prod", "∂": "partial", "∞": "infty",
    "⟨": "langle", "⟩": "rangle", "〈": "langle", "〉": "rangle", "…": "ldots", "⋯": "cdots",
    "±": "pm", "∓": "mp", "∇": "nabla", "→": "to", "⇒": "Rightarrow", "∀": "forall",
    "∃": "exists", "⊤": "top",
}  # fmt: skip

OTHER_COMMANDS = frozenset(
    _words(
        "sqrt cbrt partial infty top intercal prime dagger begin end newline cr tabularnewline "
        "substack textcolor arg Pr underset genfrac not hline operatorname* cancelto ell colon"
    )
)

COMMANDS: frozenset[str] = frozenset().union(
    GREEK, PREFIX_FUNCTIONS, FRACTIONS, BINOMIALS, INFIX, BIG_OPERATORS, DOTS, ACCENTS, FONTS,
    SWITCHES, SPACING, GAPS, SIZES, TRANSPARENT, CANCELLED, BRACES, STACKED, WITHOUT_VALUE,
    UNSUPPORTED, TIMES, DIMENSIONED, PLAIN_TABLES, OTHER_COMMANDS,
    (name for table in (RELATIONS, BARS, OPENING, CLOSING) for name in table if name.isalpha()),
)  # fmt: skip
"""Every command klsym knows, for the help of an unknown one."""

HIGHEST_ORDER = 20
"""The highest order of a derivative that is read."""
