"""Records read into columns: names into words with their rarity, the other columns into numbers."""
