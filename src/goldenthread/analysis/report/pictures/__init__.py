"""Charts as pictures, for the document."""
