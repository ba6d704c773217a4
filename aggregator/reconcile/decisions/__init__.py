"""What people have decided about pairs, in memory and on disk."""
