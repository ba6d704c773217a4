"""One small script a matcher, run by the Python of that matcher's own environment, never imported by ours.

Each is called as `python script.py a.csv b.csv out.csv` and writes left_id, right_id, score, one row a pair.
"""
