package io.hawser.registry;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import com.google.common.hash.HashingInputStream;
import com.google.common.io.ByteStreams;
import io.hawser.cluster.Cluster;
import io.hawser.host.FileTree;
import io.hawser.host.HostChange;
import io.hawser.host.TreeChange;
import io.hawser.host.TreeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The artifacts that every replica shall hold: the storage of a CNCF distribution registry, read
 * from the directories {@code registry/} of the images and merged. Scratch of a registry at work
 * ({@code _uploads}) and files that are no part of the layout are left out.
 *
 * <p>The digests of blobs are taken from the names of their directories; {@link #verify()} proves
 * them and must be called before the tree is sent. Thread-safe.
 */
public final class RegistryContent {
  private final Storage storage;
  private final Map<String, Map<String, Manifest>> manifests;
  private final List<String> problems;
  private final Optional<KnownArtifact> known;
  private @Nullable List<String> verified;

  private RegistryContent(Storage storage, StorageRules rules) {
    this.storage = storage;
    this.manifests = rules.manifests();
    this.problems = rules.problems();
    this.known = KnownArtifact.in(storage, manifests);
  }

  /**
   * What the images of a cluster hold, later images over earlier ones; images without artifacts are
   * fine. Of an image with trees for several architectures it is what all of them hold; a tag that
   * they give different manifests is a problem.
   *
   * @throws RegistryException if something cannot be read
   */
  public static RegistryContent of(Cluster cluster) {
    List<Path> directories =
        cluster.mounts().stream()
            .flatMap(mount -> mount.trees().stream())
            .map(tree -> tree.resolve("registry"))
            .toList();
    try {
      Storage storage = StorageScan.of(directories);
      storage.problems().putAll(SplitTags.of(cluster));
      return new RegistryContent(storage, StorageRules.check(storage));
    } catch (IOException e) {
      throw unreadable(directories, e);
    }
  }

  /** The same, when first asked, or the part of it that {@link #only} gives. */
  static Supplier<RegistryContent> of(Cluster cluster, Optional<List<String>> images) {
    return Suppliers.memoize(
        () -> images.map(some -> of(cluster).only(some)).orElseGet(() -> of(cluster)));
  }

  /**
   * What directories hold, each the root directory of a registry's storage; of two files with one
   * path the later is taken. So a repository has the tags of all, and a tag that several have
   * points where that of the last does; what it pointed at before can still be had by its digest. A
   * directory that does not exist holds nothing.
   *
   * @throws RegistryException if something cannot be read
   */
  public static RegistryContent read(Collection<Path> directories) {
    try {
      Storage storage = StorageScan.of(directories);
      return new RegistryContent(storage, StorageRules.check(storage));
    } catch (IOException e) {
      throw unreadable(directories, e);
    }
  }

  private static RegistryException unreadable(Collection<Path> directories, IOException e) {
    return new RegistryException(
        "cannot read the artifacts in " + directories + ": " + e, List.of(), e);
  }

  /**
   * The part of this that images need: of a tag its files, the manifest that it points at, of an
   * index those of its manifests that are here, and their configurations and layers; of a
   * repository everything. What is wrong with the rest does not matter any more.
   *
   * @param images each {@code repository} or {@code repository:tag}
   * @throws IllegalArgumentException naming each that is not here, with the nearest that is
   * @throws RegistryException if something cannot be read
   */
  public RegistryContent only(Collection<? extends CharSequence> images) {
    Storage part = StorageSelection.of(storage, manifests, images);
    try {
      return new RegistryContent(part, StorageRules.check(part));
    } catch (IOException e) {
      throw new RegistryException(
          "cannot read the manifests of " + images + ": " + e, List.of(), e);
    }
  }

  /** All files, with their digests, in the order in which a host shall show them. */
  public FileTree tree() {
    return storage.tree();
  }

  /** What brings all of it into a directory; nothing when there is nothing. */
  List<HostChange> changes(String directory) {
    return isEmpty() ? List.of() : List.of(new TreeChange(directory, tree()));
  }

  /** The sum of the sizes of all files. */
  public long bytes() {
    return storage.tree().bytes();
  }

  /** Whether there is nothing at all. */
  public boolean isEmpty() {
    return storage.tree().files().isEmpty();
  }

  /** The repositories, sorted. */
  public List<String> repositories() {
    return ImmutableList.copyOf(storage.repositories().keySet());
  }

  /** The tags of a repository, sorted; none when there is no such repository. */
  public List<String> tags(CharSequence repository) {
    StoredRepository found = storage.repositories().get(repository.toString());
    return found == null ? List.of() : ImmutableList.copyOf(found.tags().keySet());
  }

  /**
   * What a registry could not serve, without looking at the bytes of layers: links that are empty,
   * wrong or dangle, and what a manifest needs and is missing. Each problem names its file.
   */
  public List<String> problems() {
    return problems;
  }

  /**
   * All problems, those included that only show when every blob is read and its SHA-256 computed.
   * Blobs are read once for this object.
   *
   * @throws RegistryException if a blob cannot be read
   */
  public synchronized List<String> verify() {
    List<String> found = verified;
    if (found == null) {
      found = new ArrayList<>(problems);
      for (Map.Entry<String, TreeFile> blob : storage.blobs().entrySet()) {
        String actual = digest(blob.getValue());
        if (!actual.equals(blob.getKey())) {
          found.add(
              storage.where(blob.getValue().path())
                  + " is damaged: its "
                  + blob.getValue().size()
                  + " bytes have the digest sha256:"
                  + actual);
        }
      }
      found = List.copyOf(found);
      verified = found;
    }
    return found;
  }

  /**
   * For which architectures each image has programs, by {@code repository:tag}, in words such as
   * {@code amd64}; images that do not say are left out.
   *
   * @throws RegistryException if something cannot be read
   */
  public Map<String, Set<String>> architectures() {
    try {
      return ImageArchitectures.of(storage);
    } catch (IOException e) {
      throw new RegistryException("cannot read the images' configurations: " + e, List.of(), e);
    }
  }

  /** How many files there are, directories not counted. */
  long files() {
    return storage.tree().files().stream().filter(f -> f.type() == TreeFile.Type.FILE).count();
  }

  /** What readiness is proven with. */
  Optional<KnownArtifact> known() {
    return known;
  }

  private String digest(TreeFile blob) {
    try (HashingInputStream in = new HashingInputStream(Hashing.sha256(), blob.open())) {
      ByteStreams.exhaust(in);
      return in.hash().toString();
    } catch (IOException e) {
      throw new RegistryException(
          "cannot read " + storage.where(blob.path()) + ": " + e, List.of(), e);
    }
  }

  @Override
  public String toString() {
    return String.format(
        "%d repositories, %d files, %d bytes", storage.repositories().size(), files(), bytes());
  }
}
