"""Pages, one package for each audience; what they share is beside them."""
