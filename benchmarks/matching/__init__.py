"""Matchers of business names side by side: how right, how fast, how much memory (`make bench-matching`)."""
