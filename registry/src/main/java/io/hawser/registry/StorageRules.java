package io.hawser.registry;

import io.hawser.host.TreeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds what a registry with this storage could not serve: whatever is named must be there. */
final class StorageRules {
  private final Storage storage;
  private final List<String> problems = new ArrayList<>();

  /** The manifests that can be read, by repository and digest, tagged ones first. */
  private final Map<String, Map<String, Manifest>> manifests = new LinkedHashMap<>();

  private StorageRules(Storage storage) {
    this.storage = storage;
    this.problems.addAll(storage.problems().values());
  }

  /** Looks at everything but the bytes of layers. */
  static StorageRules check(Storage storage) throws IOException {
    StorageRules rules = new StorageRules(storage);
    for (Map.Entry<String, StoredRepository> entry : storage.repositories().entrySet()) {
      rules.check(entry.getKey(), entry.getValue());
    }
    return rules;
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  Map<String, Map<String, Manifest>> manifests() {
    return manifests;
  }

  private void check(String name, StoredRepository repository) throws IOException {
    repository
        .tags()
        .forEach(
            (tag, digest) -> {
              if (!repository.revisions().contains(digest)) {
                problems.add(
                    "tag "
                        + name
                        + ":"
                        + tag
                        + " points at sha256:"
                        + digest
                        + ", but "
                        + StorageEntry.revisionPath(name, digest)
                        + " is missing");
              }
            });
    for (String digest : repository.layers()) {
      if (!storage.blobs().containsKey(digest)) {
        String link = storage.where(StorageEntry.layerPath(name, digest));
        problems.add(link + " dangles: there is no " + StorageEntry.blobPath(digest));
      }
    }
    for (String digest : repository.revisions()) {
      TreeFile blob = storage.blobs().get(digest);
      if (blob == null) {
        String link = storage.where(StorageEntry.revisionPath(name, digest));
        problems.add(link + " dangles: there is no " + StorageEntry.blobPath(digest));
      } else {
        checkManifest(name, repository, digest, blob);
      }
    }
  }

  private void checkManifest(String name, StoredRepository repository, String digest, TreeFile blob)
      throws IOException {
    String file = storage.where(blob.path());
    if (blob.size() == 0 || blob.size() > Manifest.LARGEST) {
      problems.add(file + " is " + blob.size() + " bytes long, which no manifest is");
      return;
    }
    Manifest manifest;
    try (InputStream in = blob.open()) {
      manifest = Manifest.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      problems.add(file + " is no manifest: " + e.getMessage());
      return;
    }
    manifests.computeIfAbsent(name, key -> new LinkedHashMap<>()).put(digest, manifest);
    for (String needed : manifest.blobs()) {
      if (!storage.blobs().containsKey(needed)) {
        problems.add(
            "manifest sha256:"
                + digest
                + " of "
                + name
                + " needs a blob that is missing: "
                + StorageEntry.blobPath(needed));
      } else if (!repository.layers().contains(needed)) {
        problems.add(
            "manifest sha256:"
                + digest
                + " of "
                + name
                + " needs a link that is missing: "
                + StorageEntry.layerPath(name, needed));
      }
    }
  }
}
