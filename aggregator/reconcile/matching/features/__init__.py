"""What a pair of records tells: features of the names, of the other columns, and of both together."""
