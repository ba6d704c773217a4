"""`python -m aggregator.cli`, for where the command is not on the path."""

from aggregator.cli import main

main()
