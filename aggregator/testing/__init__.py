"""What ships for adapter authors: the cassette profile."""

from aggregator.testing.cassettes import cassette_profile

__all__ = ["cassette_profile"]
