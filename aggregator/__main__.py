"""`python -m aggregator`, for where the command is not on the path."""

from aggregator.cli import main

main()
