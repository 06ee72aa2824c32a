klsym check 'KL(Normal(mu, sigma) || Normal(0, 1))' 'mu^2/2 + 1/0'
