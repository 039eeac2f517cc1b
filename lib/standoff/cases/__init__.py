"""Case files: a reading with all that it was made from, in one zip that can be checked and opened again."""

from standoff.cases.open import Opened, open_case, opened_case
from standoff.cases.read import Case, read_case
from standoff.cases.write import case_bytes, write

__all__ = ["Case", "Opened", "case_bytes", "open_case", "opened_case", "read_case", "write"]
