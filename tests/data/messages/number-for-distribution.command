klsym derive 'KL(3 || Normal(0, 1))'
