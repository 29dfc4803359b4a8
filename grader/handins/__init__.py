"""What a class handed in: read from a folder or a platform's archive, named, matched to a roster, laid out to mark."""
