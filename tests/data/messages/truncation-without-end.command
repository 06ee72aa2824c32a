klsym derive 'H(Truncated(Normal(0, 1)))'
