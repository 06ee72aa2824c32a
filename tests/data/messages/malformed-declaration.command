klsym check 'log(a)' 'log(a)' --let 'a spicy'
