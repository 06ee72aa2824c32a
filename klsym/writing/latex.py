r"""Expressions as LaTeX that needs amsmath and nothing else, and that klsym reads back.

>>> from sympy import Rational, log, loggamma, symbols
>>> mu, sigma = symbols("mu_1 sigma_prior", positive=True)
>>> latex(log(sigma) + mu**2/2 - Rational(1, 2))
'\\log(\\sigma_{\\mathrm{prior}}) + \\frac{\\mu_1^{2}}{2} - \\frac{1}{2}'
>>> latex(loggamma(mu))
'\\log\\Gamma(\\mu_1)'
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sympy import EulerGamma, Lambda, Mul
from sympy import false as sympy_false
from sympy.printing.latex import LatexPrinter

from klsym.divergences import divergences
from klsym.expectation import DensityAt, IndexSum
from klsym.writing.grouping import grouped_factors, grouped_sum
from klsym.writing.order import textbook_order
from klsym.writing.roots import joined_roots

GREEK = frozenset(
    (
        *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"),
        *("lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi"),
        *("omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi"),
        *("Psi", "Omega", "ell"),
        *("varepsilon", "vartheta", "varpi", "varrho", "varsigma", "varphi"),
    )
)
ACCENTS = frozenset(
    ("hat", "tilde", "bar", "vec", "dot", "ddot", "check", "breve", "acute", "grave")
)
ROUTES = frozenset({"entropies"})
"""Options that choose a way to the value and not another value."""

OPERATORS = {
    "gamma": r"\Gamma",
    "loggamma": r"\log\Gamma",
    "beta": r"\operatorname{B}",
    "zeta": r"\zeta",
    "lowergamma": r"\gamma",
    "uppergamma": r"\Gamma",
    "erf": r"\operatorname{erf}",
    "erfc": r"\operatorname{erfc}",
    "Max": r"\max",
    "Min": r"\min",
    "asin": r"\arcsin",
    "acos": r"\arccos",
    "atan": r"\arctan",
}
"""What stands before the bracket for sympy's name of a function."""

MACROS = frozenset(
    ["sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "log", "exp"]
)
"""The functions whose macro has sympy's name."""


def latex(expr: Any, names: Mapping[str, str] | None = None) -> str:
    """The expression, relation or condition as LaTeX for mathematics mode.

    ``names`` gives some symbols and distributions another name: ``{"mu_1": "mu_q"}``.
    """
    printer = printer_of(names)
    text: str = printer.doprint(expr)
    return text


def printer_of(names: Mapping[str, str] | None = None) -> TextbookLatexPrinter:
    """The printer, which gives some symbols and distributions another name."""
    return TextbookLatexPrinter(_SETTINGS, names) if names else _PRINTER


def latex_name(name: str) -> str:
    r"""A name as LaTeX: ``mu_1`` is ``\mu_1``, ``hat_x`` is ``\hat{x}``.

    >>> latex_name("sigma'"), latex_name("theta_12"), latex_name("rate")
    ("\\sigma'", '\\theta_{12}', '\\mathrm{rate}')
    """
    parts = [part for part in name.replace("'", "").split("_") if part] or [name]
    accent = parts.pop(0) if len(parts) > 1 and parts[0] in ACCENTS else ""
    base, below = _letter(parts[0]), ", ".join(map(_letter, parts[1:]))
    if accent:
        base = rf"\{accent}{{{base}}}"
    base += "'" * name.count("'")
    if not below:
        return base
    short = len(parts) == 2 and (len(parts[1]) == 1 or parts[1] in GREEK)
    return f"{base}_{below}" if short else f"{base}_{{{below}}}"


def _letter(word: str) -> str:
    if word in GREEK:
        return rf"\{word}"
    if len(word) == 1 or word.isdigit():
        return word
    return rf"\mathrm{{{word}}}"


class TextbookLatexPrinter(LatexPrinter):
    """sympy's printer of LaTeX, with a paper's names, brackets and order of terms."""

    def __init__(self, settings: dict[str, Any], names: Mapping[str, str] | None = None) -> None:
        super().__init__(settings)
        self.names = names or {}

    def name(self, name: str) -> str:
        """A name as LaTeX, under the other name it was given."""
        return latex_name(self.names.get(name, name))

    def terms(self, expr: Any) -> list[str]:
        """The terms of a sum as they are printed, each with its sign if that is a minus."""
        if not expr.is_Add:
            return [self._print(expr)]
        return [self._print(term) for term in self._as_ordered_terms(expr)]

    def _as_ordered_terms(self, expr: Any, order: Any = None) -> list[Any]:
        return textbook_order(super()._as_ordered_terms(expr, order=None))

    def _print(self, expr: Any, **options: Any) -> str:
        if expr is EulerGamma:
            # sympy prints a bare gamma, which a paper's reader takes for a symbol.
            return r"\gamma_{\mathrm{E}}"
        text: str = super()._print(expr, **options)
        return text

    def _print_Mul(self, expr: Any) -> str:
        sums = [factor for factor in expr.args if isinstance(factor, IndexSum)]
        if sums:
            return self._scaled_sum(expr, sums[-1])
        joined = joined_roots(expr)
        if not joined.is_Mul and joined != expr:
            return self._print(joined)
        return self._print_grouped(grouped_factors(joined))

    def _print_Add(self, expr: Any, order: Any = None) -> str:
        grouped = grouped_sum(expr) if self._print_level > 1 else expr
        if not grouped.is_Add:
            return self._print_grouped(grouped)
        text: str = super()._print_Add(expr)
        # Sympy sets the sign by the number of a term, which its sums may share with it.
        return text.replace(" + - ", " - ").replace(" - - ", " + ")

    def _print_grouped(self, product: Any) -> str:
        """A product, its sign printed first: sympy would multiply it into a sum."""
        number, *factors = product.args
        if not (product.is_Mul and number.is_Number and number.is_negative):
            text: str = super()._print_Mul(product)
            return text
        positive = factors if number == -1 else [-number, *factors]
        if len(positive) == 1:
            whole = positive[0]
            return f"- {self._bracket(self._print(whole)) if whole.is_Add else self._print(whole)}"
        return f"- {super()._print_Mul(Mul(*positive, evaluate=False))}"

    def _scaled_sum(self, expr: Any, one: Any) -> str:
        """A product with a sum in it, which stands last: its summand has no end otherwise."""
        factor = expr / one
        if factor == -1:
            return f"- {self._print(one)}"
        text = self._print(factor)
        if factor.is_Add or factor.has(IndexSum):
            text = self._bracket(text)
        return f"{text} {self._print(one)}"

    def _print_IndexSum(self, expr: Any, exp: Any = None) -> str:
        lower, upper = map(self._print, expr.bounds)
        sign = rf"\sum_{{{self._print(expr.index)}={lower}}}^{{{upper}}}"
        text = f"{sign} {self._body(expr.body)}"
        return text if exp is None else rf"\left({text}\right)^{{{exp}}}"

    def _print_JoinedRoot(self, expr: Any, exp: Any = None) -> str:
        return rf"\sqrt{{{self._print(expr.args[0])}}}"

    def _print_Symbol(self, expr: Any, style: str = "plain") -> str:
        return self.name(expr.name)

    def _bracket(self, content: str) -> str:
        tall = re.search(r"\\frac|\\left|\\sum|\\int|\^", content)
        return rf"\left({content}\right)" if tall else f"({content})"

    def _apply(self, operator: str, arguments: str, exp: Any = None) -> str:
        power = f"^{{{exp}}}" if exp is not None else ""
        return f"{operator}{power}{self._bracket(arguments)}"

    def _print_Function(self, expr: Any, exp: Any = None) -> str:
        name = expr.func.__name__
        operator = rf"\{name}" if name in MACROS else OPERATORS.get(name)
        if operator is None:
            known = len(name) == 1 or "_" in name or name in GREEK
            operator = latex_name(name) if known else rf"\operatorname{{{name}}}"
        return self._apply(operator, ", ".join(map(self._print, expr.args)), exp)

    def _print_log(self, expr: Any, exp: Any = None) -> str:
        return self._print_Function(expr, exp)

    _print_gamma = _print_loggamma = _print_erf = _print_erfc = _print_log
    _print_lowergamma = _print_uppergamma = _print_beta = _print_log

    def _print_Max(self, expr: Any, exp: Any = None) -> str:
        return self._print_Function(expr, exp)

    def _print_Min(self, expr: Any, exp: Any = None) -> str:
        return self._print_Function(expr, exp)

    def _print_zeta(self, expr: Any, exp: Any = None) -> str:
        return self._print_Function(expr, exp)

    def _print_polygamma(self, expr: Any, exp: Any = None) -> str:
        order, argument = expr.args
        raised = "" if order == 0 else "'" if order == 1 else f"^{{({self._print(order)})}}"
        text = rf"\psi{raised}{self._bracket(self._print(argument))}"
        return text if exp is None else rf"\left({text}\right)^{{{exp}}}"

    def _print_ExpBase(self, expr: Any, exp: Any = None) -> str:
        content = self._print(expr.args[0])
        if r"\frac" in content or r"\left" in content:
            return self._apply(r"\exp", content, exp)
        text = f"e^{{{content}}}"
        return text if exp is None else rf"\left({text}\right)^{{{exp}}}"

    def _print_exp(self, expr: Any, exp: Any = None) -> str:
        return self._print_ExpBase(expr, exp)

    def _print_Law(self, expr: Any) -> str:
        return self.name(expr.density.name)

    def _print_Expectation(self, expr: Any) -> str:
        law = self.name(expr.density.name)
        if expr.integrand.has(DensityAt):
            return self._definition(expr, law)
        return rf"\operatorname{{E}}_{{{law}}}\left[{self._print(expr.integrand)}\right]"

    def _definition(self, expr: Any, law: str) -> str:
        """A mean of densities written out, as a definition prints it."""
        density, variate = expr.density, self._print(expr.density.variate)
        lower, upper = (self._print(e) for e in (density.support.lower, density.support.upper))
        body = f"{law}({variate}) {self._body(expr.integrand)}"
        if density.support.discrete:
            return rf"\sum_{{{variate}={lower}}}^{{{upper}}} {body}"
        return rf"\int_{{{lower}}}^{{{upper}}} {body} \,\mathrm{{d}}{variate}"

    def _print_DensityAt(self, expr: Any, exp: Any = None) -> str:
        law, point = expr.args
        return self._apply(self.name(law.density.name), self._print(point), exp)

    def _print_DivergenceValue(self, expr: Any) -> str:
        names = [self.name(law.density.name) for law in expr.laws]
        divergence = divergences()[expr.name]
        places = dict(zip("pq", names, strict=False))
        text = divergence.notation
        for key, value in expr.options.items():
            if value not in (False, sympy_false):
                text = divergence.notations.get(key, text)
                shown = value.expr if isinstance(value, Lambda) else value
                places[key] = self._print(shown)
        words = r"(?<![A-Za-z\\{])[a-z]+(?![A-Za-z])|(?<=[_^]\{)[a-z]+(?=\})"
        return re.sub(words, lambda m: places.get(m[0], m[0]), text)

    def _print_Integral(self, expr: Any) -> str:
        signs, differentials = "", ""
        for limit in reversed(expr.limits):
            signs = signs + r"\int" + self._limits(limit[1:])
            differentials = rf"\,\mathrm{{d}}{self._print(limit[0])}" + differentials
        return f"{signs} {self._body(expr.function)}{differentials}"

    def _print_Sum(self, expr: Any) -> str:
        signs = ""
        for variable, lower, upper in expr.limits:
            signs = rf"\sum_{{{self._print(variable)}={self._print(lower)}}}" + (
                f"^{{{self._print(upper)}}}" + signs
            )
        return f"{signs} {self._body(expr.function)}"

    def _limits(self, ends: Any) -> str:
        if len(ends) != 2:
            return ""
        return f"_{{{self._print(ends[0])}}}^{{{self._print(ends[1])}}}"

    def _body(self, expr: Any) -> str:
        text: str = self._print(expr)
        return rf"\left({text}\right)" if expr.is_Add else text


_SETTINGS = {"fold_short_frac": False, "ln_notation": False}
_PRINTER = TextbookLatexPrinter(_SETTINGS)
