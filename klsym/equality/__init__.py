"""Whether two closed expressions are equal: `prove`, `refute`, `decide`.

**What a proof means.**  On the domain of the context, up to a thin set (the zeros of denominators,
the edges between cases), both sides have a real value and it is the same.  At each value of a
symbol that stands for integers both sides are defined.  A part that may have no real value, such
as the logarithm of what may be negative, must be on both sides alike, and both must have a value
somewhere; then they have one at the same points and it is the same.

**How.**  Both sides become fractions of polynomials (python-flint) over *atoms*: the parameters,
pi, EulerGamma, ``log|f|`` of irreducible polynomials f, ``log p`` of primes, roots of primes and
of irreducible polynomials (square roots within square roots are taken apart where their norm is a
square, and of two conjugates one is used), gamma functions, their logarithms and derivatives at
reduced arguments, exponentials of exponents that are linearly independent over Q, sines and
cosines, erf, incomplete gamma and Bessel functions at reduced indices. Each step is an identity
wherever what it rewrites has a real value; a sign it needs is proved on the whole domain or
decided by cases. The two sides are equal if the difference is the zero polynomial.

**Sound** on all of that, and **complete** on these classes, where a difference that is not zero
means that the two sides differ:

* rational functions of the parameters;
* with logarithms of rational functions whose signs are proved: the ``log|f|`` are algebraically
  independent over the rational functions (Kolchin, Ostrowski), and ``log p`` and pi are linearly
  independent over Q (Baker), so constants have to enter linearly;
* with exponentials of rational functions and powers with symbolic exponents, as their exponents
  are kept linearly independent over Q, logarithms included;
* with gamma, loggamma and polygamma at arguments that differ by integers (Hoelder); Gauss's
  multiplication and reflection are used as well, without a claim that nothing else is needed;
* with absolute values, signs, extremes and pieces, in at most 32 cases.

It is **not complete**, and says "the normal form of the difference is not zero", for:

* roots of degree three and more within roots (``(2 + sqrt(5))**(1/3) = (1 + sqrt(5))/2``), square
  roots whose product is a square by a factorisation over another root only, and arguments of
  logarithms that factor only over a root, other than squares and units;
* constants that enter by products, such as ``log(2)*log(3)``, and zeta values at odd integers:
  whether they are related is not known to mathematics;
* gamma at rational numbers beyond duplication and reflection, and polygamma beyond the
  denominators 2, 3, 4, 5, 6, 8, 10, 12, 16, 20 and 24;
* relations between erf, incomplete gamma and Bessel functions, inverse functions, polylogarithms
  and others, apart from the recurrences in :mod:`klsym.equality.atoms`.

What has no rule at all is an atom of its own, equal where its arguments are.  Where there is no
proof, the reason says which part lies outside, or what may have no real value; a proof lists its
rules (``klsym check -v``, ``proof`` in the JSON, and ``--evidence``).

**Refutations** never come from the normal form: they are two disjoint enclosures at an exact
point, see :mod:`klsym.equality.refute`.
"""
