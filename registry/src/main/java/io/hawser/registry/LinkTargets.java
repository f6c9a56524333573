package io.hawser.registry;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tells what a link of a storage names by the digest of its file: a host lists digests of files,
 * not their bytes, and a link holds nothing but the digest of something that has a place of its
 * own.
 */
final class LinkTargets {
  private final Set<String> known = new HashSet<>();
  private final Map<String, String> targets = new HashMap<>();

  /** Adds what the path of a file names. */
  void learn(String path) {
    StorageEntry entry = StorageEntry.of(path);
    if (entry != null && !entry.digest().isEmpty() && known.add(entry.digest())) {
      targets.put(fileOf(entry.digest()), "sha256:" + entry.digest());
    }
  }

  /** What a link with this SHA-256 of its file names; empty when it is nothing that is known. */
  String of(String fileSha256) {
    return targets.getOrDefault(fileSha256, "");
  }

  /** The SHA-256 of the file of a link that names a digest. */
  static String fileOf(String digest) {
    return Hashing.sha256().hashString("sha256:" + digest, StandardCharsets.US_ASCII).toString();
  }
}
