"""Words -> mentions: spaCy components, one a file, usable in anyone's pipeline."""
