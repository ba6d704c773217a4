"""Which rows are partners."""
