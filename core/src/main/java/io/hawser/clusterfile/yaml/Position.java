package io.hawser.clusterfile.yaml;

/**
 * A place in a Clusterfile.
 *
 * @param line from 1; 0 for the file as a whole
 * @param column from 1; 0 for the file as a whole
 */
public record Position(int line, int column) {
  /** The file as a whole. */
  public static final Position WHOLE_FILE = new Position(0, 0);

  @Override
  public String toString() {
    return line + ":" + column;
  }
}
