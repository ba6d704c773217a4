"""Files of tables as rows of text."""
