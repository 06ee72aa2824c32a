klsym check 'log(a/b)' 'log(a) - log(b)' --strict
