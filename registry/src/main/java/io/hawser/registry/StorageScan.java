package io.hawser.registry;

import com.google.common.io.ByteStreams;
import io.hawser.host.FileTree;
import io.hawser.host.TreeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the storage of registries from directories of the controller and merges them. */
final class StorageScan {
  private static final int LINK_BYTES = "sha256:".length() + 64;

  /** Where each file came from. */
  private final Map<String, Path> origins = new TreeMap<>();

  private final Map<String, TreeFile> files = new TreeMap<>();
  private final Map<String, TreeFile> blobs = new TreeMap<>();
  private final Map<String, StoredRepository> repositories = new TreeMap<>();
  private final Map<String, String> problems = new TreeMap<>();

  private StorageScan() {}

  /** Of two files with one path the one in the later directory is taken. */
  static Storage of(Collection<Path> directories) throws IOException {
    StorageScan scan = new StorageScan();
    for (Path directory : directories) {
      if (Files.isDirectory(directory)) {
        FileTree.scan(directory, path -> !StorageEntry.isScratch(path)).files().stream()
            .filter(file -> StorageEntry.of(file.path()) != null)
            .forEach(file -> scan.take(directory, file));
      }
    }
    for (TreeFile file : List.copyOf(scan.files.values())) {
      scan.index(file);
    }
    return new Storage(
        Storage.treeOf(scan.files.values()),
        scan.origins,
        scan.blobs,
        scan.repositories,
        scan.problems);
  }

  private void take(Path directory, TreeFile file) {
    origins.put(file.path(), directory.resolve(file.path()));
    files.put(file.path(), file);
  }

  private void index(TreeFile found) throws IOException {
    String path = found.path();
    StorageEntry entry = StorageEntry.of(path);
    Path origin = origins.get(path);
    if (entry == null || origin == null) {
      return;
    }
    if (found.type() != TreeFile.Type.FILE) {
      problems.put(path, origin + " is a " + word(found) + ", not a file");
      files.remove(path);
      return;
    }
    // Modes of the source depend on who unpacked it; on hosts they are always the same.
    TreeFile file =
        TreeFile.file(path, 0644, found.size(), origin).withRank(StorageEntry.rank(path));
    if (entry.kind() == StorageEntry.Kind.BLOB) {
      // The digest is believed here and proven by RegistryContent.verify before anything is sent.
      TreeFile blob = file.withSha256(entry.digest());
      files.put(path, blob);
      blobs.put(entry.digest(), blob);
    } else {
      files.put(path, file);
      indexLink(entry, file, origin);
    }
  }

  private static String word(TreeFile file) {
    return file.type() == TreeFile.Type.DIRECTORY ? "directory" : "symbolic link";
  }

  private void indexLink(StorageEntry entry, TreeFile file, Path origin) throws IOException {
    String target = target(file);
    if (target == null) {
      problems.put(
          file.path(),
          origin
              + (file.size() == 0 ? " is empty" : " does not hold one sha256 digest")
              + ", a link names a digest");
      return;
    }
    if (!entry.digest().isEmpty() && !entry.digest().equals(target)) {
      String names = origin + " names sha256:" + target;
      problems.put(file.path(), names + ", but its directory another digest");
      return;
    }
    StoredRepository repository =
        repositories.computeIfAbsent(entry.repository(), name -> new StoredRepository());
    switch (entry.kind()) {
      case LAYER -> repository.layers().add(target);
      case REVISION -> repository.revisions().add(target);
      case TAG -> repository.tags().put(entry.name(), target);
      default -> {}
    }
  }

  private static @Nullable String target(TreeFile link) throws IOException {
    try (InputStream in = link.open()) {
      byte[] bytes = ByteStreams.limit(in, LINK_BYTES + 1L).readAllBytes();
      String text = new String(bytes, StandardCharsets.US_ASCII);
      return text.matches("sha256:[0-9a-f]{64}") ? text.substring("sha256:".length()) : null;
    }
  }
}
