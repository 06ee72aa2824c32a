klsym check 'KL(Normal(mu, -1) || Normal(0, 1))' 'mu^2/2'
