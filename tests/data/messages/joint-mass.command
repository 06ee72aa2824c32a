klsym derive 'H(p)' --let 'p(x, y) = 3*exp(-x - y) on (0, oo) x (0, oo)'
