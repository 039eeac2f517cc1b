/* Geodesy on WGS84: distance and bearing, lines of shortest way, the military grid. Degrees and metres. */
(function (standoff) {
  "use strict";
  if (standoff.inverse) return;
  const A = 6378137;
  const F = 1 / 298.257223563;
  const RADIANS = Math.PI / 180;

  /** Distance and the bearing at the start, by Vincenty's inverse formula (Survey Review 23, 1975); on a sphere where it does not settle. */
  standoff.inverse = function ([lat1, lng1], [lat2, lng2]) {
    const b = A * (1 - F);
    const length = (lng2 - lng1) * RADIANS;
    const u1 = Math.atan((1 - F) * Math.tan(lat1 * RADIANS));
    const u2 = Math.atan((1 - F) * Math.tan(lat2 * RADIANS));
    const [s1, c1, s2, c2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
    let lambda = length;
    for (let turn = 0; turn < 60; turn++) {
      const [sl, cl] = [Math.sin(lambda), Math.cos(lambda)];
      const sinSigma = Math.hypot(c2 * sl, c1 * s2 - s1 * c2 * cl);
      if (sinSigma === 0) return { metres: 0, bearing: 0 };
      const cosSigma = s1 * s2 + c1 * c2 * cl;
      const sigma = Math.atan2(sinSigma, cosSigma);
      const sinAlpha = (c1 * c2 * sl) / sinSigma;
      const cosSqAlpha = 1 - sinAlpha ** 2;
      const cos2m = cosSqAlpha ? cosSigma - (2 * s1 * s2) / cosSqAlpha : 0;
      const c = (F / 16) * cosSqAlpha * (4 + F * (4 - 3 * cosSqAlpha));
      const before = lambda;
      lambda = length + (1 - c) * F * sinAlpha * (sigma + c * sinSigma * (cos2m + c * cosSigma * (2 * cos2m ** 2 - 1)));
      if (Math.abs(lambda - before) > 1e-12) continue;
      const uSq = (cosSqAlpha * (A ** 2 - b ** 2)) / b ** 2;
      const p = 1 + (uSq / 16384) * (4096 + uSq * (uSq * (320 - 175 * uSq) - 768));
      const q = (uSq / 1024) * (256 + uSq * (uSq * (74 - 47 * uSq) - 128));
      const small = cosSigma * (2 * cos2m ** 2 - 1) - (q / 6) * cos2m * (4 * sinSigma ** 2 - 3) * (4 * cos2m ** 2 - 3);
      const metres = b * p * (sigma - q * sinSigma * (cos2m + (q / 4) * small));
      return { metres, bearing: degrees(Math.atan2(c2 * sl, c1 * s2 - s1 * c2 * cl)) };
    }
    return onSphere([lat1, lng1], [lat2, lng2]); // nearly opposite points
  };

  const degrees = (angle) => (angle / RADIANS + 360) % 360;

  function onSphere([lat1, lng1], [lat2, lng2]) {
    const [p1, p2, d] = [lat1 * RADIANS, lat2 * RADIANS, (lng2 - lng1) * RADIANS];
    const cos = Math.sin(p1) * Math.sin(p2) + Math.cos(p1) * Math.cos(p2) * Math.cos(d);
    const bearing = Math.atan2(Math.sin(d) * Math.cos(p2), Math.cos(p1) * Math.sin(p2) - Math.sin(p1) * Math.cos(p2) * Math.cos(d));
    return { metres: 6371008.8 * Math.acos(Math.min(1, Math.max(-1, cos))), bearing: degrees(bearing) };
  }

  /** Corners of the shortest way between two points, longitudes running on: for drawing, so on a sphere. */
  standoff.shortest = function (from, to, count = 64) {
    const [a, b] = [unit(from), unit(to)];
    const angle = Math.acos(Math.min(1, Math.max(-1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])));
    if (angle < 1e-6 || Math.PI - angle < 1e-6) return [from, to];
    const corners = [];
    for (let i = 0; i <= count; i++) {
      const [p, q] = [Math.sin((1 - i / count) * angle), Math.sin((i / count) * angle)].map((part) => part / Math.sin(angle));
      const [x, y, z] = [0, 1, 2].map((k) => p * a[k] + q * b[k]);
      const lng = Math.atan2(y, x) / RADIANS;
      const near = corners.length ? corners[i - 1][1] : from[1];
      corners.push([Math.atan2(z, Math.hypot(x, y)) / RADIANS, lng - 360 * Math.round((lng - near) / 360)]);
    }
    return corners;
  };

  const unit = ([lat, lng]) => [Math.cos(lat * RADIANS) * Math.cos(lng * RADIANS), Math.cos(lat * RADIANS) * Math.sin(lng * RADIANS), Math.sin(lat * RADIANS)];

  const BANDS = "CDEFGHJKLMNPQRSTUVWX";
  const ROWS = "ABCDEFGHJKLMNPQRSTUV";
  const COLUMNS = ["STUVWXYZ", "ABCDEFGH", "JKLMNPQR"]; // of zones whose number leaves 0, 1, 2 when divided by three

  function zoneOf(lat, lng) {
    if (lat >= 56 && lat < 64 && lng >= 3 && lng < 12) return 32; // Norway and Svalbard have zones of their own widths
    if (lat >= 72 && lng >= 0 && lng < 42) return lng < 9 ? 31 : lng < 21 ? 33 : lng < 33 ? 35 : 37;
    return Math.floor((lng + 180) / 6) + 1;
  }

  /** Easting and northing in a zone of UTM: Krüger's series to the third order, good to a millimetre there. */
  function utm(lat, lng, zone) {
    const n = F / (2 - F);
    const radius = (A / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64);
    const alpha = [n / 2 - (2 * n ** 2) / 3 + (5 * n ** 3) / 16, (13 * n ** 2) / 48 - (3 * n ** 3) / 5, (61 * n ** 3) / 240];
    const e = (2 * Math.sqrt(n)) / (1 + n);
    const sin = Math.sin(lat * RADIANS);
    const t = Math.sinh(Math.atanh(sin) - e * Math.atanh(e * sin));
    const d = (lng - (zone * 6 - 183)) * RADIANS;
    const xi = Math.atan2(t, Math.cos(d));
    const eta = Math.atanh(Math.sin(d) / Math.hypot(1, t));
    let [x, y] = [eta, xi];
    alpha.forEach((a, i) => {
      const k = 2 * (i + 1);
      x += a * Math.cos(k * xi) * Math.sinh(k * eta);
      y += a * Math.sin(k * xi) * Math.cosh(k * eta);
    });
    return [500000 + 0.9996 * radius * x, 0.9996 * radius * y + (lat < 0 ? 1e7 : 0)];
  }

  /** The reference of the military grid (MGRS, NGA.STND.0037) to a metre; null beyond 80 S and 84 N, where the grid is another. */
  standoff.mgrs = function (lat, lng) {
    if (lat < -80 || lat > 84) return null;
    const east = ((((lng + 180) % 360) + 360) % 360) - 180;
    const zone = zoneOf(lat, east);
    const [x, y] = utm(lat, east, zone);
    const band = BANDS[Math.min(19, Math.floor((lat + 80) / 8))];
    const column = COLUMNS[zone % 3][Math.floor(x / 1e5) - 1];
    const row = ROWS[(Math.floor(y / 1e5) + (zone % 2 ? 0 : 5)) % 20];
    const five = (metres) => String(Math.floor(metres % 1e5)).padStart(5, "0");
    return `${String(zone).padStart(2, "0")}${band} ${column}${row} ${five(x)} ${five(y)}`;
  };
})(window.standoff);
