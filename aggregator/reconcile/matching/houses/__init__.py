"""Businesses with several accounts in one list, and which records of all lists are theirs."""
