klsym check 'KL(Normal(mu, sigma) || Normal(0, 1))' 'factorial(1000000000)'
