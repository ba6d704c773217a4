"""The reasons for and against a pair, in words that a person can read."""
