"""Reports: pure functions from results to text, for the browser and for the terminal."""
