package io.hawser.registry;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the links of one repository name, as SHA-256 digests in hexadecimal digits.
 *
 * @param layers the blobs that it serves
 * @param revisions the manifests that it serves
 * @param tags the manifest of each tag
 */
record StoredRepository(Set<String> layers, Set<String> revisions, Map<String, String> tags) {
  StoredRepository() {
    this(new TreeSet<>(), new TreeSet<>(), new TreeMap<>());
  }
}
