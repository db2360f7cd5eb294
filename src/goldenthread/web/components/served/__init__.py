"""What a browser is sent: one style sheet, one script, a font and a mark, made from their sources."""
