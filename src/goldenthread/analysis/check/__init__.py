"""Can published figures be true?"""
