"""An exercise: reports made from a table of facts, so that what they tell is known.

The towns are real, all else is made up: who did what, when, and who tells it. The same maker writes the sample of the
notebook on corpora and the reports that benchmarks/incidents.py measures with.
"""

from standoff.corpus.exercise.facts import Fact, Plan, read_facts, read_plans
from standoff.corpus.exercise.reports import Exercise, Said, exercise, made

__all__ = ["Exercise", "Fact", "Plan", "Said", "exercise", "made", "read_facts", "read_plans"]
