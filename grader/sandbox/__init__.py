"""Where student code runs: the half that starts and talks to it, and (`inside`) the half beside it."""
