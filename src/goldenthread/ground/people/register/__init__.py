"""Staff registers: read from a sheet, compared with what stands, shown, and only then taken in."""
