klsym check 'KL(Normal(mu, sigma) || Normal(0, 1))' '(mu^2 + tau^2 - 1)/2 - log(tau)'
