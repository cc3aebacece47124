"""Maps: the borders of the world's countries, and places on them."""
