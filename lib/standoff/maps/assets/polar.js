/* Round a pole: the azimuthal equidistant projection, for what lies beyond the web's last latitude. */
(function (standoff) {
  "use strict";
  if (standoff.polarCRS) return;
  const RADIANS = Math.PI / 180;

  /** Degrees from the pole outwards (1 north, -1 south); a meridian points down. A degree is as long as on the web's map at the equator. */
  standoff.polarCRS = function (pole, lon) {
    const projection = {
      bounds: L.bounds([-180, -180], [180, 180]),
      project(latlng) {
        const away = 90 - pole * latlng.lat;
        const turn = (latlng.lng - lon) * RADIANS;
        return new L.Point(pole * away * Math.sin(turn), -away * Math.cos(turn));
      },
      unproject(point) {
        const away = Math.hypot(point.x, point.y);
        const turn = away ? Math.atan2(pole * point.x, -point.y) / RADIANS : 0;
        return new L.LatLng(pole * (90 - away), ((((lon + turn + 180) % 360) + 360) % 360) - 180);
      },
    };
    const transformation = L.transformation(1 / 360, 0.5, -1 / 360, 0.5);
    return L.extend({}, L.CRS.Earth, { code: "standoff:polar", projection, transformation, polar: pole });
  };

  /** A circle of latitude, as corners. */
  standoff.parallel = (lat) => Array.from({ length: 121 }, (_, i) => [lat, i * 3 - 180]);
})(window.standoff);
