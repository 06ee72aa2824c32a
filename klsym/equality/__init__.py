"""Whether two closed expressions are equal: `prove`, `refute`, `decide`.

**What a proof means.**  On the domain of the context, up to a thin set (the zeros of denominators,
the edges between cases), both sides have a real value and it is the same.  At each value of a
symbol that stands for integers both sides are defined.  A part that may have no real value, such
as the logarithm of what may be negative, must be on both sides alike, and both must have a value
somewhere; then they have one at the same points and it is the same.

**How.**  Both sides become fractions of polynomials (python-flint) over *atoms*: the parameters,
pi, EulerGamma, ``log|f|`` of irreducible polynomials f, ``log p`` of primes, roots of primes and
of irreducible polynomials, gamma functions, their logarithms and derivatives at reduced
arguments, exponentials of exponents that are linearly independent over Q, sines and cosines, erf,
incomplete gamma and Bessel functions at reduced indices.  Each step is an identity wherever
what it rewrites has a real value; a sign it needs is proved on the whole domain or decided by
cases.  The two sides are equal if the difference is the zero polynomial.

**Sound** on all of that, and **complete** on these classes, where a difference that is not zero
means that the two sides differ:

* rational functions of the parameters;
* with logarithms of rational functions whose signs are proved (the ``log|f|`` are algebraically
  independent over the rational functions), with rational, ``log p`` and pi constants entering
  linearly (Baker);
* with exponentials of rational functions, and powers with symbolic exponents: their exponents are
  kept linearly independent, logarithms included;
* with gamma, loggamma and polygamma at arguments that differ by integers and rational multiples
  up to `MOST_COPIES <klsym.equality.arguments>` (shift, multiplication and reflection);
* with absolute values, signs, extremes and pieces that split the domain into at most
  `MOST_CASES <klsym.equality.prove>` cases.

It is **not complete**, and then says "the normal form of the difference is not zero", for:

* nested radicals (``sqrt(3 + 2*sqrt(2)) = 1 + sqrt(2)``), and logarithms whose argument factors
  only over a root that does not occur in it (units such as ``1/(1 + sqrt(2))``);
* products of constants, ``log(2)*log(3)`` or values of zeta at odd integers, whose relations are
  not known to mathematics;
* gamma and polygamma at rational numbers, beyond denominators 2, 3, 4 and 6;
* relations between erf, incomplete gamma, Bessel functions, atan and others than the recurrences
  written in :mod:`klsym.equality.atoms`;
* exponentials of exponents that hold logarithms of sums in the exponent of another.

What has no rule at all is an atom of its own, equal where its arguments are.

**Refutations** never come from the normal form: they are two disjoint enclosures at an exact
point, see :mod:`klsym.equality.refute`.
"""
