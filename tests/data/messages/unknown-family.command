klsym derive 'KL(Gausian(mu, sigma) || Normal(0, 1))'
