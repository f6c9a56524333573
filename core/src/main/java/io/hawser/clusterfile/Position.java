package io.hawser.clusterfile;

/**
 * A place in a Clusterfile.
 *
 * @param line from 1; 0 for the file as a whole
 * @param column from 1; 0 for the file as a whole
 */
record Position(int line, int column) {
  static final Position WHOLE_FILE = new Position(0, 0);

  @Override
  public String toString() {
    return line + ":" + column;
  }
}
