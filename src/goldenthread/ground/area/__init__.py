"""The local area: whose people, whose surveys, whose name is on the page."""
