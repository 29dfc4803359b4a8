"""Reading notebooks and Markdown files as data: bytes in, code cells out. Nothing in them is run or imported here."""
