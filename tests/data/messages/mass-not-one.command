klsym derive 'H(p)' --let 'p(x) = exp(-a*x) on (0, oo)'
