klsym check 'log(a)' 'log(a)' --let 'a positive' --assume 'a <'
