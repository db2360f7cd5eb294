"""What a file of answers seems to ask, where nobody wrote the questionnaire down."""
