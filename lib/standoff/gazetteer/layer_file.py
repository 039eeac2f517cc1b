"""A layer as it is looked up in: its file, opened once a thread."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from typing import Any

from standoff.errors import GazetteerError
from standoff.gazetteer.index import connect
from standoff.gazetteer.layers import SITES, Layer


class LayerFile:
    """The tables of a layer. Use it from any number of threads."""

    def __init__(self, layer: Layer) -> None:
        self.layer = layer
        self.is_own = layer.kind == SITES
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._guard = threading.Lock()

    def query(self, sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """Run a query on the layer.

        Raises
        ------
        GazetteerError
            If the file is damaged. It stays where it is: only its owner can make it again.
        """
        try:
            return self._connection().execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            name = self.layer.name
            msg = (
                f"the layer {name} ({self.layer.path}) cannot be read ({error}); "
                f"add its file again, or remove it: standoff gazetteer remove {name}"
            )
            raise GazetteerError(msg) from error

    def close(self) -> None:
        """Close the file."""
        with self._guard:
            for connection in self._connections:
                connection.close()
            self._connections.clear()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = connect(self.layer.path)
            with self._guard:
                self._connections.append(connection)
        return connection
