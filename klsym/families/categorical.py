"""Categorical distribution over a few outcomes, numbered from 1 or named.

p(k) = p_k,  k in {1, ..., K}

``Categorical(p_1, p_2, p_3)`` gives the probabilities of the outcomes 1, 2 and 3;
``Categorical(heads=p, tails=1 - p)`` those of named outcomes, which are compared by their names.
The probabilities sum to 1: numbers must, symbols are assumed to, and the report says so.  An
outcome of probability 0 has no mass, and neither has one that is left out.

Parameters
    p_k  probability of the outcome k

Elsewhere
    torch      Categorical(probs) over 0, ..., K - 1
    TFP        Categorical(probs)
    scipy      rv_discrete(values=(k, p_k))
    Stan       theta
    Wikipedia  p_1, ..., p_k

>>> from klsym import derive
>>> print(derive("KL(Categorical(a, b, c) || Categorical(u, v, w))"))
a*log(a/u) + b*log(b/v) + c*log(c/w)

Reference: Murphy, Probabilistic Machine Learning: An Introduction (2022), section 2.5.
"""

from __future__ import annotations

from klsym.density import Construction

CONSTRUCTION = Construction(
    name="Categorical", notation="Categorical(p_1, p_2, p_3)", aliases=("Cat", "Multinoulli")
)
