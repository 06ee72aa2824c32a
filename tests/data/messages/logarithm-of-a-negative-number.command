klsym check 'KL(Normal(mu, sigma) || Normal(0, 1))' 'log(-1)'
