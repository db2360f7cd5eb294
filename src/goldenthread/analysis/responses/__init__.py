"""Other systems' exports, read into typed answers with a list of problems."""
