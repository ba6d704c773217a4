"""How a table is set out: on which sheets, whole lines in single cells, or on its side."""
