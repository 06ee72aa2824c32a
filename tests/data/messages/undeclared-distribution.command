klsym derive 'KL(p || q)'
