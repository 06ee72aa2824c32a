klsym derive 'H(Truncated(Uniform(0, 1), 2, 3))'
