klsym derive 'KL(Normal(mu) || Normal(0, 1))'
