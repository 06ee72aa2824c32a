from __future__ import annotations

import pytest
from outline import outline

from klsym.syntax import Names, parse
from klsym.syntax.tree import Binary

DECLARED = Names(frozenset({"a", "b", "c", "d", "x", "p", "mu"}), frozenset({"f", "p"}))


def read(text: str, names: Names | None = None) -> str:
    return outline(parse(text, names).tree)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("-x^2", "(-(x^2))"),
        ("-a*b + c", "((-(a*b))+c)"),
        ("a - b - c", "((a-b)-c)"),
        ("a/b/c", "((a/b)/c)"),
        ("a/b*c", "((a/b)*c)"),
        ("2**-x", "(2^(-x))"),
        ("x^y^z", "(x^(y^z))"),
        ("a*-b", "(a*(-b))"),
        ("a - -b", "(a-(-b))"),
        ("--a", "a"),
        ("2x y", "((2.x).y)"),
        ("(a)(b)", "(a.b)"),
        ("n! + 2", "(n!+2)"),
        ("2^n!", "(2^n!)"),
        ("a|b|", "(a.|b|)"),
        ("|x||y|", "(|x|.|y|)"),
        (r"\lVert x\rVert_2^2", "(||x||^2)"),
        (r"\bigl[ a \bigr] \Big\{ b \Big\}", "(a.b)"),
        ("log x - p log y", "(log@(x)-(p.log@(y)))"),
        ("log2(x) + log10(x)", "(log_2@(x)+log_10@(x))"),
        ("Rational(1,2) sqrt(x) abs(y)", "(((1/2).sqrt[-](x)).|y|)"),
        ("∫_0^∞ x e^(-x) dx", "int[x,0,oo]((x.(e^(-x))))"),
        ("½(1 + x²)", "((1/2).(1+(x^2)))"),
        ("√2 x", "(sqrt[-](2).x)"),
    ],
)
def test_operators_bind_as_in_print(text: str, tree: str) -> None:
    assert read(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        (r"\frac12 x", "((1/2).x)"),
        (r"\frac1{2}x^23", "(((1/2).(x^2)).3)"),
        (r"\sqrt \frac ab", "sqrt[-]((a/b))"),
        (r"\sqrt[3]{x}\sqrt2", "(sqrt[3](x).sqrt[-](2))"),
        (r"{a \over b}", "(a/b)"),
        (r"\left( n \choose k \right)", "binomial@(n,k)"),
        (r"{n \choose k}\dbinom nk", "(binomial@(n,k).binomial@(n,k))"),
        (r"e^-x + e^{-x}", "((e^(-x))+(e^(-x)))"),
        (r"\underbrace{a + b}_{\text{why}} - c", "((a+b)-c)"),
        (r"{}x\,{}", "x"),
        (r"2 \cdot 3 \times a", "((2*3)*a)"),
        (r"\exp[-b x](a-x)", "(exp@((-(b.x))).(a-x))"),
        (r"\exp\{-b x\}", "exp@((-(b.x)))"),
        (r"\overline{x}^2", "(bar_x^2)"),
    ],
)
def test_tex_arguments_are_taken_as_tex_takes_them(text: str, tree: str) -> None:
    assert read(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        (r"\log \sigma^2 + 1", "(log@((sigma^2))+1)"),
        (r"\log 2\pi\sigma", "log@(((2.pi).sigma))"),
        (r"\log a \log b", "(log@(a).log@(b))"),
        (r"\log a \cdot b", "(log@(a)*b)"),
        (r"\log(a) b", "(log@(a).b)"),
        (r"\log^2 x", "(log@(x)^2)"),
        (r"\log_2\frac pq", "log_2@((p/q))"),
        (r"\ln\Gamma(a)", "log@(gamma@(a))"),
        (r"\log|x|", "log@(|x|)"),
        (r"\log\log x", "log@(log@(x))"),
        (r"\ln{\left(\frac ab\right)}", "log@((a/b))"),
        (r"\log{\left(x \right)}^{2} x", "((log@(x)^2).x)"),
        (r"f{\left(x \right)}^{2} x{\left(a + b\right)}", "(((f@(x)^2).x).(a+b))"),
        (r"\operatorname{erf}\frac{x}{2}", "erf@((x/2))"),
        (r"\tanh^2 x", "(tanh@(x)^2)"),
        (r"\sin^{-1} x", "arcsin@(x)"),
    ],
)
def test_a_function_takes_the_run_of_factors_after_it(text: str, tree: str) -> None:
    assert read(text) == tree


@pytest.mark.parametrize(
    "text",
    [
        "KL(p||q)", "KL(p || q)", "D_KL(p‖q)", "kl(p || q)", r"D_{KL}(p\|q)", r"D_\text{KL}(p\|q)",
        r"D_{\mathrm{KL}}\left(p \,\middle\|\, q\right)", r"\mathrm{KL}[p\,||\,q]",
        r"\mathrm{KL}(p \,|\,|\, q)", r"\operatorname{KL}\bigl(p \bigm\| q\bigr)", r"D(p\|q)",
        r"\mathcal{D}_{KL}(p \parallel q)", r"\mathbb{KL}(p \Vert q)", r"{\rm KL}(p\|q)",
        r"\mathrm{D_{KL}}(p\|q)", r"\text{KL}\{p\|q\}", "D(p∥q)",
    ],
)  # fmt: skip
def test_every_printed_form_of_the_divergence_is_one_call(text: str) -> None:
    assert read(text) == "KL@(p||q)"


def test_a_comma_between_the_arguments_of_the_divergence_is_kept() -> None:
    assert read("KL(p, q)") == read(r"\mathrm{KL}(p, q)") == "KL@(p,q)"
    assert read(r"KL(p|q)\,") == "KL@(p|q)"


def test_another_subscript_of_a_divergence_is_no_kl() -> None:
    assert read(r"D_{JS}(p\|q)") == "JS@(p||q)"
    assert read(r"D_{\alpha}(p\|q)") == "Renyi@(p||q, order=alpha)"
    assert read(r"D(a, b)") == "D@(a,b)"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        (r"\mathcal{N}(x; \mu, \sigma^2)", "N@(x;mu,(sigma^2))"),
        ("Normal(mu, variance=v)", "Normal@(mu, variance=v)"),
        (r"Normal(\mu, log_variance=l)", "Normal@(mu, log_variance=l)"),
        ("Gamma(k, rate=b)", "Gamma@(k, rate=b)"),
        (r"\Gamma(k) + Γ(k)", "(gamma@(k)+gamma@(k))"),
        (r"\Gamma(s, x) + \gamma(s, x)", "(uppergamma@(s,x)+lowergamma@(s,x))"),
        ("Renyi(p || q, order=alpha)", "Renyi@(p||q, order=alpha)"),
        ("Jeffreys(p, q, average=True)", "Jeffreys@(p,q, average=True)"),
        ("1/2*Normal(-3, 1.2) + N(0, 1)", "(((1/2)*Normal@((-3),1.2))+N@(0,1))"),
        ("E(p, x**2)", "E@(p,(x^2))"),
        ("f(x | m, v)", "f@(x|m,v)"),
        (r"D_{KL}(q(z|x)\|p(z))", "KL@(q@(z|x)||p@(z))"),
        (r"\psi'(x) + \psi_1(x) + \psi^{(1)}(x)", "((psi'@(x)+psi'@(x))+psi'@(x))"),
        ("trigamma(x) + digamma(x) + psi(x)", "((psi'@(x)+psi@(x))+psi@(x))"),
        (r"\psi^{(m)}(x)", "polygamma@(m,x)"),
        (r"I_0(x) + \operatorname{Li}_2(x)", "(I_0@(x)+Li_2@(x))"),
        ("lgamma(x) + gamma(x)", "(loggamma@(x)+gamma@(x))"),
    ],
)
def test_calls_have_canonical_names_and_kept_separators(text: str, tree: str) -> None:
    assert read(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a < b", "Chain{a < b}"),
        ("order != 1", "Chain{order != 1}"),
        ("k >= 1", "Chain{k >= 1}"),
        (r"a \le b \neq c", "Chain{a <= b != c}"),
        (r"a \not= b", "Chain{a != b}"),
        (r"x \sim \mathcal{N}(0, 1)", "Chain{x ~ N@(0,1)}"),
        ("X ~ Normal(0, 1)", "Chain{X ~ Normal@(0,1)}"),
        ("c in (a, b)", "Chain{c in Items(a; b)}"),
        ("= a = b", "Chain{= a = b}"),
        (r"a \overset{(3)}{=} b \stackrel{\text{def}}{=} c", r"Chain{a =<(3)> b =<\text{def}> c}"),
        ("mu=0, sigma=2", "ItemsChain{mu = 0}; Chain{sigma = 2}"),
        (r"p = a, \quad x \ge 0", "ItemsChain{p = a}; Chain{x >= 0}"),
        (r"a = b \quad x \ge 0", "ItemsChain{a = b}; Chain{x >= 0}"),
        ("(0, oo)", "Items(0; oo)"),
        ("[0, 1)", "Items[0; 1)"),
        ("{0..n}", "Items{0; n}.."),
        ("{0, 1, ..., n}", "Items{0; 1; n}.."),
        (r"\{0, 1\}", "Items{0; 1}"),
    ],
)
def test_relations_make_chains_and_commas_make_items(text: str, tree: str) -> None:
    assert read(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        (r"\int_0^1 x \,\mathrm{d}x", "int[x,0,1](x)"),
        (r"\int dx\, x^2 + 1", "(int[x,-,-]((x^2))+1)"),
        (r"\int a\,d\mu_1 b", "(int[mu_1,-,-](a).b)"),
        (r"\iint f(x,y)\,dx\,dy", "int[y,-,-](int[x,-,-](f@(x,y)))"),
        (r"\int x", "int[-,-,-](x)"),
        (r"\sum_{i=1}^n a_i b - c", "(sum[i,1,n,-]((a_i[i].b))-c)"),
        (r"\prod_{x \in S} x", "prod[x,-,-,S](x)"),
        (r"\mathbb{E}_{x\sim p}[x^2]^2", "(E<Chain{x ~ p}>[(x^2)]^2)"),
        (r"\langle x \rangle_{q}", "E<q>[x]"),
        (r"\operatorname{Var}[X|Y]", "Var<->[(X given Y)]"),
        (r"\frac{\partial^2 f}{\partial x^2}", "D[x,2](f)"),
        (r"\frac{d}{dx} x^2 + 1", "(D[x,1]((x^2))+1)"),
        (r"\begin{cases} a & x>0 \\ b & \text{otherwise} \end{cases}",
         "cases(a if Chain{x > 0}; b if -)"),
        (r"\left\{\begin{array}{ll} a & x>0 \\ b & \text{otherwise} \end{array}\right.",
         "cases(a if Chain{x > 0}; b if -)"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "matrix([['a', 'b'], ['c', 'd']]"),
    ],
)  # fmt: skip
def test_notations_that_bind_are_nodes_of_their_own(text: str, tree: str) -> None:
    assert read(text) == tree


def test_a_declared_d_before_a_name_is_a_factor_until_the_last_one() -> None:
    names = Names(frozenset({"d", "x"}))
    assert read(r"\int_0^1 d x^{d-1} \,dx", names) == "int[x,0,1]((d.(x^(d-1))))"


def test_rows_of_a_derivation_are_one_chain() -> None:
    text = r"\begin{align} a &= b \\ &\quad + c \\ &= d \end{align}"
    assert read(text) == "Chain{a = (b+c) = d}"
    assert read(r"\begin{align} a &= b \\ c &= d \end{align}").startswith("ItemsChain")


def test_declared_names_decide_between_product_and_call() -> None:
    assert read("x(1-x)", DECLARED) == read(r"x\,(1-x)", DECLARED) == "(x.(1-x))"
    assert read("f(x)", DECLARED) == "f@(x)"
    assert read("g(x)", DECLARED) == "g@(x)"
    assert read(r"\mu(\mu-1)") == "(mu.(mu-1))"
    assert read("p(1-x)", DECLARED) == "(p.(1-x))"
    assert read("p(x)", DECLARED) == "p@(x)"
    assert read("p(x; a)", DECLARED) == "p@(x;a)"


def test_spans_cover_what_was_written() -> None:
    text = r"a + \frac{b}{c} \log(x)"
    tree = parse(text).tree
    assert (tree.span.start, tree.span.end) == (0, len(text))
    assert isinstance(tree, Binary)
    right = tree.right
    assert text[right.span.start : right.span.end] == r"\frac{b}{c} \log(x)"
