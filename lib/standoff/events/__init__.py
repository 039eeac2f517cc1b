"""Words -> events: who did what to whom, when and where, according to whom.

Like `extract`, this room knows words and no coordinates of the world; it builds on what `extract` found.
"""
