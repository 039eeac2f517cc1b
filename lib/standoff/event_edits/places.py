"""Footprints of events of which an analyst says where they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shapely.geometry import Point

from standoff.geodesy import MAX_RADIUS_M
from standoff.ground import shapes
from standoff.ground.anchors import Anchors, NotDrawn, Outlines
from standoff.ground.drawn import Drawn
from standoff.ground.precision import Precision, over_water, precision_of
from standoff.model import Footprint, PlaceMention, Relation

_SETTINGS = ("event_edits",)


class Shelf:
    """Makes footprints, with ids after those that are there."""

    def __init__(
        self, footprints: Iterable[Footprint], mentions: Iterable[PlaceMention], outlines: Outlines
    ) -> None:
        self.made = {footprint.id: footprint for footprint in footprints}
        self.mentions = {mention.id: mention for mention in mentions}
        self.outlines = outlines
        self._last = max((int(name[1:]) for name in self.made if name[1:].isdigit()), default=0)

    def at(
        self, lat: float, lon: float, uncertainty_m: float | None, origin: str
    ) -> tuple[Footprint, Precision]:
        """Return a point, or the disc round it where the analyst says how far it may be off.

        Raises
        ------
        ValueError
            If no shape can be so large.
        """
        if uncertainty_m is not None and uncertainty_m > MAX_RADIUS_M:
            msg = f"more than {MAX_RADIUS_M / 1000:,.0f} km is not drawn"
            raise ValueError(msg)
        said = {"assumptions": (f"put there by the analyst: {origin}",), "settings": _SETTINGS}
        if uncertainty_m is None:
            drawn = Drawn("point", Point(lon, lat), **said)  # type: ignore[arg-type]
        else:
            drawn = Drawn("disc", shapes.disc(lat, lon, max(uncertainty_m, 1.0)), **said)  # type: ignore[arg-type]
        made = self._put(drawn)
        # As the analyst wrote it: the disc is a polygon, whose middle is off by a little.
        made = made.model_copy(update={"lat": lat, "lon": lon, "uncertainty_m": uncertainty_m})
        self.made[made.id] = made
        spot = Relation(id="", kind="coordinates", text="", start=0, end=0)
        return made, precision_of(
            drawn, uncertainty_m or 0.0, [(spot, [])], is_over_water=over_water(drawn, self.outlines)
        )

    def in_place(self, name: str, origin: str) -> tuple[Footprint, Precision]:
        """Return the outline, or else the disc, of a place that the report names.

        Raises
        ------
        ValueError
            If it names none such, or it cannot be drawn.
        """
        mention = self._named(name)
        if mention is None or mention.place is None:
            msg = "the report names no such place that is known; give lat and lon"
            raise ValueError(msg)
        try:
            area = Anchors(self.mentions, self.outlines).area(mention.place)
        except NotDrawn as why:
            raise ValueError(str(why)) from None
        has_outline = self.outlines.polygon_of(mention.place) is not None
        drawn = Drawn(
            "region" if has_outline else "disc", area, places=(mention.id,),
            assumptions=(f"put there by the analyst: {origin}",), settings=_SETTINGS,
        )  # fmt: skip
        made = self._put(drawn)
        stated = Relation(id="", kind="in", text="", start=0, end=0)
        return made, precision_of(
            drawn,
            made.uncertainty_m or 0.0,
            [(stated, [mention.place])],
            is_over_water=over_water(drawn, self.outlines),
        )

    def _named(self, name: str) -> PlaceMention | None:
        wanted = name.strip().casefold()
        for mention in self.mentions.values():
            names = (mention.text, mention.name, mention.place.name if mention.place else None)
            if mention.place is not None and wanted in {each.casefold() for each in names if each}:
                return mention
        return None

    def _put(self, drawn: Drawn) -> Footprint:
        self._last += 1
        made = drawn.footprint(f"f{self._last}")
        self.made[made.id] = made
        return made

    def used(self, ids: Mapping[str, object] | set[str]) -> list[Footprint]:
        """Return the footprints of these ids, in their order."""
        return [footprint for name, footprint in self.made.items() if name in ids]
