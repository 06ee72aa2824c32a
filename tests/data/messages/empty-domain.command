klsym check 'log(a)' 'log(a)' --let 'a positive' --let 'a negative'
