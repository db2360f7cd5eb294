"""The workbench: pages for those who plan training."""
