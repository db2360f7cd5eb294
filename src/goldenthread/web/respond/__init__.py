"""The pages on which people answer: public, light, one section at a time, whole without JavaScript."""
