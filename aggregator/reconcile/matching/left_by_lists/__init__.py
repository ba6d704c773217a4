"""Pairs that their lists leave to a person, whatever their names and columns say of the two alone."""
