"""Errors for people: what was wrong, where in the input, what to do."""


class StandoffError(Exception):
    """Root of the errors this package raises on purpose; the command line shows its one line."""


class InputError(StandoffError, ValueError):
    """The input cannot be read as a report."""


class SettingError(StandoffError, ValueError):
    """A setting has a value that it cannot have."""


class GazetteerError(StandoffError, RuntimeError):
    """The gazetteer could not be built or opened."""


class ExportError(StandoffError, ValueError):
    """A reading could not be written as asked."""


class NetworkError(StandoffError, RuntimeError):
    """A request could not be made as politely as promised, and was not made."""


class StandoffWarning(UserWarning):
    """Something of the input was passed over; the rest was used."""
