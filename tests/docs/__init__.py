"""What keeps the documentation true: its generators, and their tests."""
