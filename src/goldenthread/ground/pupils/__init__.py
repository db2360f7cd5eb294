"""How many pupils with SEN have each type of need: dated, with a source."""
