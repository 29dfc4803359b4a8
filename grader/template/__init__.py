"""Copies of the student template: which files there are, as `.py` files or as notebooks, and writing them."""
