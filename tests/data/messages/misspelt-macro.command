klsym check 'KL(Normal(mu, sigma) || Normal(0, 1))' '\frac{1}{2}(\mu^2 + \sgima^2)'
