klsym check 'KL(Normal(mu, sigma) || Normal(0, 1))' '().__class__.__bases__'
