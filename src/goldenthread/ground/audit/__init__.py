"""Who did what and when, in words people can read. Written by commands, never changed."""
