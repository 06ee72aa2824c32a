klsym evaluate 'KL(Normal(mu, sigma) || Normal(0, 1))' --at 'mu=0'
