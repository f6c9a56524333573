package io.hawser.filesystem.image;

import io.hawser.HawserException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An image's archive cannot be read or is refused; nothing of it was left anywhere. */
public final class ImageException extends HawserException {
  private static final long serialVersionUID = 1L;

  private final String archive;

  /** Makes an exception; the message gets the archive put in front. */
  ImageException(Path archive, String message, @Nullable Throwable cause) {
    // Readers of formats repeat what stands in the archive; a terminal must not obey it.
    super(archive + ": " + message.replaceAll("[\\p{Cntrl}&&[^\\n]]", "?"), cause);
    this.archive = archive.toString();
  }

  /** The file or directory that was read. */
  public String archive() {
    return archive;
  }
}
