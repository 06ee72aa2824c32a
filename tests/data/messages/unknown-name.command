klsym explain Gausian
