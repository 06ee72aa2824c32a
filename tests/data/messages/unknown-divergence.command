klsym derive 'Jefreys(Normal(0, 1), Normal(1, 1))'
