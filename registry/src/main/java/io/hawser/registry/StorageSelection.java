package io.hawser.registry;

import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import io.hawser.host.TreeFile;
import io.hawser.spelling.NearestWord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds the files of a storage that some images need, and leaves the rest out. */
final class StorageSelection {
  private final Storage storage;
  private final Map<String, Map<String, Manifest>> manifests;
  private final Set<String> paths = new TreeSet<>();

  private StorageSelection(Storage storage, Map<String, Map<String, Manifest>> manifests) {
    this.storage = storage;
    this.manifests = manifests;
  }

  /**
   * What images need.
   *
   * @param manifests the manifests that can be read, by repository and digest
   * @param images each a repository, or a repository, a colon and a tag
   * @throws IllegalArgumentException naming each that is not there
   */
  static Storage of(
      Storage storage,
      Map<String, Map<String, Manifest>> manifests,
      Collection<? extends CharSequence> images) {
    StorageSelection selection = new StorageSelection(storage, manifests);
    List<String> unknown = new ArrayList<>();
    for (CharSequence image : images) {
      String name = image.toString();
      if (!selection.take(name)) {
        unknown.add(selection.unknown(name));
      }
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("the artifacts hold no " + String.join(", no ", unknown));
    }
    return selection.storage();
  }

  private boolean take(String image) {
    if (storage.repositories().containsKey(image)) {
      takeRepository(image);
      return true;
    }
    int colon = image.lastIndexOf(':');
    StoredRepository repository =
        colon < 0 ? null : storage.repositories().get(image.substring(0, colon));
    String tag = image.substring(colon + 1);
    String digest = repository == null ? null : repository.tags().get(tag);
    if (digest == null) {
      return false;
    }
    String name = image.substring(0, colon);
    paths.add(StorageEntry.tagPath(name, tag));
    paths.add(StorageEntry.tagIndexPath(name, tag, digest));
    takeManifest(name, digest);
    return true;
  }

  private String unknown(String image) {
    List<String> known = new ArrayList<>();
    storage
        .repositories()
        .forEach(
            (name, repository) -> {
              known.add(name);
              repository.tags().keySet().forEach(tag -> known.add(name + ":" + tag));
            });
    int colon = image.lastIndexOf(':');
    String broken =
        colon < 0
            ? null
            : storage
                .problems()
                .get(StorageEntry.tagPath(image.substring(0, colon), image.substring(colon + 1)));
    return image + " (" + (broken == null ? NearestWord.hint(image, known) : broken) + ")";
  }

  private void takeRepository(String name) {
    for (TreeFile file : storage.tree().files()) {
      StorageEntry entry = StorageEntry.of(file.path());
      if (entry != null && entry.repository().equals(name)) {
        paths.add(file.path());
        if (!entry.digest().isEmpty()) {
          paths.add(StorageEntry.blobPath(entry.digest()));
        }
      }
    }
    manifests.getOrDefault(name, Map.of()).keySet().forEach(digest -> takeManifest(name, digest));
    storage.problems().keySet().stream().filter(path -> isOf(path, name)).forEach(paths::add);
  }

  private static boolean isOf(String path, String repository) {
    StorageEntry entry = StorageEntry.of(path);
    return entry != null && entry.repository().equals(repository);
  }

  /** A manifest, and of an index those of its manifests that are there. */
  private void takeManifest(String name, String digest) {
    Map<String, Manifest> known = manifests.getOrDefault(name, Map.of());
    Deque<String> open = new ArrayDeque<>(List.of(digest));
    Set<String> seen = new TreeSet<>();
    while (!open.isEmpty()) {
      String next = open.remove();
      if (!seen.add(next)) {
        continue;
      }
      paths.add(StorageEntry.revisionPath(name, next));
      paths.add(StorageEntry.blobPath(next));
      Manifest manifest = known.get(next);
      if (manifest != null) {
        for (String blob : manifest.blobs()) {
          paths.add(StorageEntry.layerPath(name, blob));
          paths.add(StorageEntry.blobPath(blob));
        }
        manifest.manifests().stream().filter(child -> isRevision(name, child)).forEach(open::add);
      }
    }
  }

  private boolean isRevision(String name, String digest) {
    StoredRepository repository = storage.repositories().get(name);
    return repository != null && repository.revisions().contains(digest);
  }

  private Storage storage() {
    List<TreeFile> files =
        storage.tree().files().stream()
            .filter(file -> file.type() == TreeFile.Type.FILE && paths.contains(file.path()))
            .toList();
    Map<String, StoredRepository> repositories = new TreeMap<>();
    storage
        .repositories()
        .forEach(
            (name, repository) -> {
              StoredRepository part = part(name, repository);
              if (!part.equals(new StoredRepository())) {
                repositories.put(name, part);
              }
            });
    return new Storage(
        Storage.treeOf(files),
        Map.copyOf(Maps.filterKeys(storage.origins(), paths::contains)),
        new TreeMap<>(
            Maps.filterKeys(
                storage.blobs(), digest -> paths.contains(StorageEntry.blobPath(digest)))),
        repositories,
        new TreeMap<>(Maps.filterKeys(storage.problems(), paths::contains)));
  }

  private StoredRepository part(String name, StoredRepository all) {
    return new StoredRepository(
        new TreeSet<>(
            Sets.filter(all.layers(), it -> paths.contains(StorageEntry.layerPath(name, it)))),
        new TreeSet<>(
            Sets.filter(
                all.revisions(), it -> paths.contains(StorageEntry.revisionPath(name, it)))),
        new TreeMap<>(
            Maps.filterKeys(all.tags(), it -> paths.contains(StorageEntry.tagPath(name, it)))));
  }
}
