klsym check 'KL(Normal(mu, sigma) || Normal(0, 1))' '9**9**9'
