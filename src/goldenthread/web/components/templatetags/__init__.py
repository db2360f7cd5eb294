"""Tags that components use."""
