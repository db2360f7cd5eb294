"""The science: questionnaires, answers, estimates, comparisons and reports. Knows no Django."""
