"""From a report's words to an honest map."""
