klsym derive 'KL(Normal(mu, sigma) || Normal(0, 1)'
