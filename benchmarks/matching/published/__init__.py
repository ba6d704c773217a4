"""Our matcher on lists that others have published and that share an identifier (`make bench-published`)."""
