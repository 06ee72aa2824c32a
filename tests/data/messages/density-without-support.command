klsym derive 'H(p)' --let 'p(x) = exp(-x)'
