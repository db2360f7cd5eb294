"""Writing a questionnaire: every change as a function from one questionnaire to the next.

Nothing here keeps anything. What is changed may for a while not be able to stand (a section without a
question, a routing that leads nowhere): ``draft`` says what is still to be mended.
"""
