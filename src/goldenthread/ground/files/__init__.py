"""Files people bring in: kept by a random name, for a purpose, until a day, and handed out by id alone."""
