package io.hawser.clusterfile;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One thing wrong in a Clusterfile, or in a file that belongs to it.
 *
 * @param file the file's name as given to the reader
 * @param line the line, from 1; 0 when the problem is about the whole file
 * @param column the column, from 1; 0 when the problem is about the whole file, or the line
 * @param field the path of the field, for example {@code spec.hosts[1].ips[0]}; may be empty
 * @param message what is wrong
 * @param hint what to write instead, or null
 */
public record Problem(
    String file, int line, int column, String field, String message, @Nullable String hint)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  Problem aboutTheWholeFile() {
    return new Problem(file, 0, 0, field, message, hint);
  }

  @Override
  public String toString() {
    return file
        + (line > 0 ? ":" + line : "")
        + (line > 0 && column > 0 ? ":" + column : "")
        + ": "
        + (field.isEmpty() ? "" : field + ": ")
        + message
        + (hint == null ? "" : " (" + hint + ")");
  }
}
