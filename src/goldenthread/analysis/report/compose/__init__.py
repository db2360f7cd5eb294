"""What the report says and in which order: one Report from one study's results."""
