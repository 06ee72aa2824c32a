klsym derive 'H(p)' --let 'p(n) = (1 - c)*c^n on {0..oo}'
