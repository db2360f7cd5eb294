"""Ask: surveys, their waves, the answers that came in, and the crosswalk between waves."""
