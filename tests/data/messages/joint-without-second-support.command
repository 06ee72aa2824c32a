klsym derive 'H(p)' --let 'p(x, y) = exp(-x - y) on (0, oo)'
