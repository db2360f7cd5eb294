"""LimeSurvey's survey structure (.lss): tables as XML."""
