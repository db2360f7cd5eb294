"""What is held, why and for how long: a map of every field, and a round that deletes what is due."""
