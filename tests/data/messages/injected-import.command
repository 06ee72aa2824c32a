klsym check 'KL(Normal(mu, sigma) || Normal(0, 1))' '__import__("os").system("true")'
