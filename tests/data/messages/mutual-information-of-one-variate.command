klsym derive 'MutualInformation(Normal(0, 1))'
