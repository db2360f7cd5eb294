"""The one aggregate every estimate stands on."""
