klsym derive 'H(Beta(mean=1/2, variance=1/2))'
