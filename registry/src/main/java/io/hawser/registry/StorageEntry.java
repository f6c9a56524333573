package io.hawser.registry;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a file of a registry's storage is, told by its path (the layout of CNCF distribution).
 *
 * @param kind what it is
 * @param repository the repository it belongs to; empty for a blob
 * @param name of a tag: its name; else empty
 * @param digest the SHA-256 in the path, in hexadecimal digits; empty for the current target of a
 *     tag
 */
record StorageEntry(Kind kind, String repository, String name, String digest) {
  enum Kind {
    BLOB,
    LAYER,
    REVISION,
    TAG_INDEX,
    TAG
  }

  static final String BASE = "docker/registry/v2";

  private static final String DIGEST = "sha256/([0-9a-f]{64})";
  private static final Pattern BLOB_PATH =
      Pattern.compile(BASE + "/blobs/sha256/([0-9a-f]{2})/(\\1[0-9a-f]{62})/data");
  private static final Pattern LINK_PATH =
      Pattern.compile(
          BASE
              + "/repositories/(?<repository>[^_].*?)/(?:"
              + ("_layers/" + DIGEST + "|_manifests/revisions/" + DIGEST)
              + ("|_manifests/tags/(?<tag>[^/]+)/(?:current|index/" + DIGEST + "))/link"));

  /** The entry of a file's path; null for what is no part of the layout. */
  static @Nullable StorageEntry of(String path) {
    Matcher blob = BLOB_PATH.matcher(path);
    if (blob.matches()) {
      return new StorageEntry(Kind.BLOB, "", "", blob.group(2));
    }
    Matcher link = LINK_PATH.matcher(path);
    if (!link.matches()) {
      return null;
    }
    String repository = link.group("repository");
    if (link.group(2) != null) {
      return new StorageEntry(Kind.LAYER, repository, "", link.group(2));
    }
    if (link.group(3) != null) {
      return new StorageEntry(Kind.REVISION, repository, "", link.group(3));
    }
    String indexed = link.group(5);
    return indexed == null
        ? new StorageEntry(Kind.TAG, repository, link.group("tag"), "")
        : new StorageEntry(Kind.TAG_INDEX, repository, link.group("tag"), indexed);
  }

  /** Whether it is scratch of a registry at work, or below such a directory. */
  static boolean isScratch(String path) {
    return ("/" + path + "/").contains("/_uploads/");
  }

  /** In which order files appear on a host, so that nothing is shown before it can be served. */
  static int rank(String path) {
    if (path.contains("/_manifests/tags")) {
      return 3;
    }
    if (path.contains("/_manifests")) {
      return 2;
    }
    return path.contains("/_layers") ? 1 : 0;
  }

  static String blobPath(String digest) {
    return BASE + "/blobs/sha256/" + digest.substring(0, 2) + "/" + digest + "/data";
  }

  static String layerPath(String repository, String digest) {
    return BASE + "/repositories/" + repository + "/_layers/sha256/" + digest + "/link";
  }

  static String revisionPath(String repository, String digest) {
    return BASE
        + "/repositories/"
        + repository
        + "/_manifests/revisions/sha256/"
        + digest
        + "/link";
  }

  /** The link that says what a tag points at. */
  static String tagPath(String repository, String tag) {
    return BASE + "/repositories/" + repository + "/_manifests/tags/" + tag + "/current/link";
  }

  /** The link that remembers that a tag points, or pointed, at a manifest. */
  static String tagIndexPath(String repository, String tag, String digest) {
    String base = BASE + "/repositories/" + repository + "/_manifests/tags/" + tag;
    return base + "/index/sha256/" + digest + "/link";
  }
}
