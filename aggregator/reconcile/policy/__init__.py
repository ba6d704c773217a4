"""What should be the case, as a policy file or code says it."""
