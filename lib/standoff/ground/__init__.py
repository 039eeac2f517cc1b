"""Relations -> footprints: shapes on the ground, each with an honest size."""
