"""Speed and memory, as ratios to a bare baseline in the same run; `python -m benchmarks` prints them all."""
