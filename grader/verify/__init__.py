"""`grade verify`: proof that every check can fail and that every right answer passes. For course authors."""
