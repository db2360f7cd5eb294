"""Commands for the machine that runs the application."""
