"""The half of the sandbox that runs beside student code: standard library, torch and the wire format only."""
