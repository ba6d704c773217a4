"""Which pairs are worth comparing; never all of them."""
