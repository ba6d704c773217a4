"""What two records have in common and where they differ, in words and without a score."""
