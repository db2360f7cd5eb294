"""How many people could have answered: by area of work and kind of organisation, dated, with a source."""
