"""What keeps the students' template true: its generator, and its tests."""
