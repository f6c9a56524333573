package io.hawser.registry;

import java.io.Serializable;
import java.util.Locale;

/**
 * One thing on a replica that is not as the images have it. Plain data, serialisable.
 *
 * @param host the replica's address
 * @param kind what is wrong with it
 * @param path below the registry's storage
 * @param repository the repository that it belongs to; empty for a blob
 * @param tag the tag whose file it is; else empty
 * @param found the digest that is there, as {@code sha256:...}: of a tag what it points at, else
 *     that of the file's bytes. Empty when no file is there, or when a tag points at nothing that
 *     the images or the host have
 * @param expected the digest that shall be there; empty where nobody says
 * @param bytes the size of the file that is there; 0 when there is none
 * @param expectedBytes the size that it shall have; 0 where nobody says
 */
public record AuditFinding(
    String host,
    Kind kind,
    String path,
    String repository,
    String tag,
    String found,
    String expected,
    long bytes,
    long expectedBytes)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Kind {
    /** The tag points at another manifest than in the images. */
    SPLIT(true),
    /** The file has other bytes. */
    DAMAGED(true),
    /** The file is too short. */
    TRUNCATED(true),
    /** The file has no bytes at all. */
    EMPTY(true),
    /** A directory or a link stands where the file should be. */
    NOT_A_FILE(true),
    /** The file is not there. */
    MISSING(true),
    /** A file that is not of the images, for example what a user pushed. */
    FOREIGN(false),
    /** A file that is not of the images and not what its name says either. */
    FOREIGN_DAMAGED(false),
    /** A tag that is not of the images and not the same on all replicas. */
    FOREIGN_SPLIT(false);

    private final boolean repairable;

    Kind(boolean repairable) {
      this.repairable = repairable;
    }

    /** Whether a repair replaces it. All else is kept. */
    public boolean isRepairable() {
      return repairable;
    }
  }

  static AuditFinding missing(String host, String path, String expected, long bytes) {
    return at(host, Kind.MISSING, path, "", expected, 0, bytes);
  }

  static AuditFinding at(
      String host,
      Kind kind,
      String path,
      String found,
      String expected,
      long bytes,
      long expectedBytes) {
    StorageEntry entry = StorageEntry.of(path);
    String repository = entry == null ? "" : entry.repository();
    String tag = entry == null ? "" : entry.name();
    return new AuditFinding(
        host, kind, path, repository, tag, found, expected, bytes, expectedBytes);
  }

  /** One line for people, without the host. */
  public String text() {
    return switch (kind) {
      case SPLIT ->
          "split: tag " + name() + " points " + at(found) + ", in the images " + at(expected);
      case DAMAGED -> "damaged: " + path + ", " + bytes + " bytes";
      case TRUNCATED ->
          String.format(Locale.ROOT, "truncated: %s, %d of %d bytes", path, bytes, expectedBytes);
      case EMPTY -> "damaged: " + path + " is empty";
      case NOT_A_FILE -> "damaged: " + path + " is no file";
      case MISSING -> "missing: " + path;
      case FOREIGN ->
          isCurrent()
              ? "foreign, kept: tag " + name() + " points " + at(found)
              : "foreign, kept: " + path;
      case FOREIGN_DAMAGED -> "foreign and damaged, kept: " + path + ", " + bytes + " bytes";
      case FOREIGN_SPLIT ->
          "split: tag " + name() + (bytes == 0 ? " is not here" : " points " + at(found));
    };
  }

  /** Whether it is the file that says what a tag points at. */
  boolean isCurrent() {
    return !tag.isEmpty() && path.equals(StorageEntry.tagPath(repository, tag));
  }

  private String name() {
    return repository + ":" + tag;
  }

  private static String at(String digest) {
    return "at " + (digest.isEmpty() ? "nothing that is known" : digest);
  }
}
