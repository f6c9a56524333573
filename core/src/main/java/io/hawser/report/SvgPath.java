package io.hawser.report;

/** The data of a path with right angles and round corners. */
final class SvgPath {
  private static final int RADIUS = 5;

  private SvgPath() {}

  /** Through these points, x and y in turn. */
  static String through(int... points) {
    StringBuilder path = new StringBuilder("M" + points[0] + " " + points[1]);
    for (int i = 2; i < points.length - 2; i += 2) {
      int x = points[i];
      int y = points[i + 1];
      path.append(" L").append(towards(x, y, points[i - 2], points[i - 1]));
      path.append(" Q").append(x).append(' ').append(y).append(' ');
      path.append(towards(x, y, points[i + 2], points[i + 3]));
    }
    int last = points.length - 2;
    return path.append(" L" + points[last] + " " + points[last + 1]).toString();
  }

  /** The point a radius away from a corner, at most half of the way. */
  private static String towards(int x, int y, int toX, int toY) {
    int dx = Integer.signum(toX - x) * Math.min(RADIUS, Math.abs(toX - x) / 2);
    int dy = Integer.signum(toY - y) * Math.min(RADIUS, Math.abs(toY - y) / 2);
    return (x + dx) + " " + (y + dy);
  }
}
