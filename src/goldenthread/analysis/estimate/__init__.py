"""Proportions, nets, intervals, weights and suppression."""
