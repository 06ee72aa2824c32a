klsym derive 'H(Categorical(1/2, 1/3))'
