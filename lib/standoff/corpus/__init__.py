"""Many reports together: their tables as one, where events crowd, and which reports tell the same one.

This is the small core that holds everything in memory. Its steps work on `Telling`, one event of one report with
what a comparison needs, and not on whole readings, so that they can be run on parts of a larger corpus.
"""

from standoff.corpus.corpus import Corpus
from standoff.corpus.read import read_many

__all__ = ["Corpus", "read_many"]
