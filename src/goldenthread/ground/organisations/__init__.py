"""The settings, services and bodies of a local area, and what the national register says of schools."""
