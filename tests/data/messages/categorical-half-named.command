klsym derive 'H(Categorical(1/2, b=1/2))'
