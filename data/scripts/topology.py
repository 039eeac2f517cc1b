"""Decode TopoJSON, keeping what its shared arcs say: which two countries meet where."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import LineString, MultiPolygon, Polygon

Ring = list[int]
FULL_TURN = 360.0
RING_POINTS = 4
DECIMALS = 4  # 11 m; the source is quantised to about 200 m


def decode_arcs(topology: dict[str, Any]) -> list[np.ndarray]:
    """Return every arc as an (n, 2) array of lon, lat, from its quantised steps."""
    scale = np.array(topology["transform"]["scale"])
    translate = np.array(topology["transform"]["translate"])
    steps = (np.cumsum(np.array(arc), axis=0) for arc in topology["arcs"])
    return [np.round(np.clip(step * scale + translate, [-180, -90], [180, 90]), DECIMALS) for step in steps]


def rings_of(geometry: dict[str, Any]) -> list[list[Ring]]:
    """Return the polygons of a TopoJSON geometry, each as its rings of arc indices."""
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    return list(geometry.get("arcs", []))


def ring_coordinates(ring: Ring, arcs: list[np.ndarray]) -> np.ndarray:
    """Join a ring's arcs; ``~index`` stands for an arc run backwards."""
    parts = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in ring]
    return np.vstack([parts[0], *(part[1:] for part in parts[1:])])


def unrolled(ring: np.ndarray) -> np.ndarray:
    """Return a ring with longitudes that run on past 180, closed over the pole if it rings one."""
    lon = np.unwrap(ring[:, 0], period=360.0)
    flat = np.column_stack([lon, ring[:, 1]])
    if abs(lon[-1] - lon[0]) < FULL_TURN / 2:
        return flat
    pole = np.copysign(90.0, ring[:, 1].mean())
    return np.vstack([flat, [lon[-1], pole], [lon[0], pole], flat[:1]])


def polygon_of(rings: list[Ring], arcs: list[np.ndarray]) -> shapely.Geometry:
    """Return one polygon, cut at the antimeridian where it crosses it, and valid."""
    shell, *holes = (unrolled(ring_coordinates(ring, arcs)) for ring in rings)
    if len(shell) < RING_POINTS:  # a rock that the quantising flattened
        return Polygon()
    holes = [hole for hole in holes if len(hole) >= RING_POINTS]
    middle = shell[:, 0].mean()
    for hole in holes:
        hole[:, 0] -= FULL_TURN * np.round((hole[:, 0].mean() - middle) / FULL_TURN)
    polygon = shapely.make_valid(Polygon(shell, holes))
    if polygon.bounds[0] >= -180 and polygon.bounds[2] <= 180:
        return polygon
    sheets = []
    for turn in (-FULL_TURN, 0.0, FULL_TURN):
        part = shapely.clip_by_rect(polygon, turn - 180, -90, turn + 180, 90)
        sheets.append(affinity.translate(part, xoff=-turn))
    return shapely.make_valid(shapely.union_all(sheets))


def multipolygon_of(polygons: list[list[Ring]], arcs: list[np.ndarray]) -> MultiPolygon:
    """Return the union of polygons as one valid MultiPolygon."""
    union = shapely.union_all([polygon_of(rings, arcs) for rings in polygons])
    parts = [part for part in shapely.get_parts(union) if part.geom_type == "Polygon" and part.area > 0]
    return MultiPolygon(parts)


def shared_borders(
    owners: dict[str, list[list[Ring]]], arcs: list[np.ndarray]
) -> dict[tuple[str, str], shapely.Geometry]:
    """Return the line along which each pair of owners meets.

    Parameters
    ----------
    owners : dict
        Name of an owner to its polygons. An arc used by two owners is their border.

    Returns
    -------
    dict
        (a, b) with a < b to a LineString or MultiLineString.
    """
    used: dict[int, set[str]] = defaultdict(set)
    for name, polygons in owners.items():
        for rings in polygons:
            for index in (index for ring in rings for index in ring):
                used[index if index >= 0 else ~index].add(name)
    lines: dict[tuple[str, str], list[LineString]] = defaultdict(list)
    for index, names in used.items():
        if len(names) == 2:
            first, second = sorted(names)
            lines[first, second].append(LineString(arcs[index]))
    return {pair: shapely.line_merge(shapely.union_all(parts)) for pair, parts in lines.items()}
