klsym derive 'KL(Normal(mu, sigma, nu) || Normal(0, 1))'
