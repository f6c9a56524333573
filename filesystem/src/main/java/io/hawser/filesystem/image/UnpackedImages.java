package io.hawser.filesystem.image;

import com.google.common.collect.ImmutableSet;
import io.hawser.CancelledException;
import io.hawser.cluster.Architectures;
import io.hawser.cluster.Host;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks archives of images into a directory of the controller, once, and gives the directories
 * that {@link io.hawser.clusterfile.ClusterfileReader#images} takes.
 *
 * <p>An archive is an OCI image layout (a directory or a tar) or a docker archive, as {@code sealos
 * save}, skopeo and buildah write them, with layers that are plain or compressed by gzip; an OCI
 * layout or docker archive may be compressed by gzip as a whole. Labels, environment, entrypoint
 * and command come from the image's configuration. Of an image for several platforms each is
 * unpacked, or those that hosts have ({@link #forHosts}).
 *
 * <p>Everything is proven by its digest and judged before it is written: paths and links that lead
 * out of the tree, files behind links, entries that come twice, devices, sparse files and what
 * passes the {@link ImageLimits} are refused, and then nothing is left. Memory does not grow with
 * the archive. Immutable and thread-safe; several processes may share a directory.
 */
public final class UnpackedImages {
  private final Path directory;
  private final ImageLimits limits;
  private final ImmutableSet<String> architectures;

  private UnpackedImages(Path directory, ImageLimits limits, Set<String> architectures) {
    this.directory = directory;
    this.limits = limits;
    this.architectures = ImmutableSet.copyOf(architectures);
  }

  /**
   * Images in a directory, which is made when it is needed; nobody but its owner may be able to
   * write to it. What lies in it may be removed at any time that no run uses it.
   */
  public static UnpackedImages in(Path directory) {
    return new UnpackedImages(
        directory.toAbsolutePath().normalize(), ImageLimits.DEFAULT, Set.of());
  }

  /** Images in {@code ~/.hawser/images}. */
  public static UnpackedImages inHome() {
    return in(Path.of(System.getProperty("user.home"), ".hawser", "images"));
  }

  /** The same with other limits; {@link ImageLimits#DEFAULT} by default. */
  public UnpackedImages withLimits(ImageLimits newLimits) {
    return new UnpackedImages(directory, newLimits, architectures);
  }

  /**
   * The same, but of images for several platforms only those are unpacked that these hosts need, if
   * the architecture of every host is known; all by default. An image that has none of them is
   * unpacked all the same, since it may have no programs.
   */
  public UnpackedImages forHosts(Collection<Host> hosts) {
    boolean known = hosts.stream().allMatch(host -> host.arch().isPresent());
    ImmutableSet.Builder<String> words = ImmutableSet.builder();
    if (known) {
      hosts.forEach(host -> host.arch().map(Architectures::word).ifPresent(words::add));
    }
    return new UnpackedImages(directory, limits, words.build());
  }

  /** Whether a path is an archive, and not the directory of a tree. */
  public static boolean isArchive(Path path) {
    return ImageArchive.isArchive(path);
  }

  /**
   * Images as {@link io.hawser.clusterfile.ClusterfileReader#images} takes them, with archives
   * unpacked and everything else as it is.
   *
   * @param pathsOrNames each a {@link Path}, {@code PATH} or {@code NAME=PATH}; in an archive with
   *     several images the name chooses one
   * @throws ImageException if an archive cannot be read or is refused
   * @throws CancelledException if the thread was interrupted
   */
  public List<String> directories(Collection<?> pathsOrNames) {
    List<String> directories = new ArrayList<>();
    for (Object item : pathsOrNames) {
      NamedPath named = NamedPath.of(item);
      directories.add(
          isArchive(named.path()) ? named.at(directory(named.path(), named.name())) : named.text());
    }
    return List.copyOf(directories);
  }

  /** The directory of the only image of an archive; see {@link #directory(Path, CharSequence)}. */
  public Path directory(Path archive) {
    return directory(archive, "");
  }

  /**
   * The directory of an image of an archive, which is unpacked unless that was done before.
   *
   * @param name its name; matters only where the archive holds several images
   * @throws ImageException if the archive cannot be read or is refused
   * @throws CancelledException if the thread was interrupted
   */
  public Path directory(Path archive, CharSequence name) {
    try {
      return unpacked(archive, name.toString());
    } catch (ClosedByInterruptException e) {
      throw new CancelledException(archive + ": interrupted while it was unpacked", e);
    } catch (MalformedImage e) {
      throw new ImageException(archive, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new ImageException(archive, "cannot be unpacked: " + e, e);
    }
  }

  private Path unpacked(Path archive, String name) throws IOException {
    UnpackedStore store = new UnpackedStore(directory, limits, Clock.systemUTC());
    store.open();
    Path scratch = store.scratch();
    try {
      List<ListedImage> images =
          ImageArchive.images(archive, scratch.resolve("archive.tar"), limits);
      ListedImage image = ImageArchive.choose(images, name);
      Map<String, Path> unpacked = new TreeMap<>();
      for (Map.Entry<String, ImageParts> platform : image.platforms().entrySet()) {
        if (isWanted(platform.getKey(), image)) {
          unpacked.put(platform.getKey(), store.image(platform.getValue()));
        }
      }
      if (unpacked.isEmpty()) {
        throw new MalformedImage("it is for no architecture that is known");
      }
      return unpacked.size() == 1 ? unpacked.values().iterator().next() : store.index(unpacked);
    } finally {
      TreeRemoval.of(scratch);
    }
  }

  /** An architecture becomes the name of a directory, so it has to be a word that is known. */
  private boolean isWanted(String architecture, ListedImage image) {
    if (image.platforms().size() == 1) {
      return true;
    }
    boolean asked =
        architectures.isEmpty()
            || architectures.contains(architecture)
            || image.platforms().keySet().stream().noneMatch(architectures::contains);
    return asked && Architectures.isWord(architecture);
  }

  /** An element of a list of images. */
  private record NamedPath(@Nullable String prefix, Path path) {
    static NamedPath of(Object item) {
      if (item instanceof Path path) {
        return new NamedPath(null, path);
      }
      if (!(item instanceof CharSequence)) {
        throw new IllegalArgumentException("an image is a Path, \"PATH\" or \"NAME=PATH\"");
      }
      String text = item.toString();
      int equals = text.indexOf('=');
      return equals > 0 && !text.matches("[/.~].*")
          ? new NamedPath(text.substring(0, equals), Path.of(text.substring(equals + 1)))
          : new NamedPath(null, Path.of(text));
    }

    String text() {
      return prefix == null ? path.toAbsolutePath().toString() : prefix + "=" + path;
    }

    String name() {
      return prefix == null ? "" : prefix;
    }

    String at(Path directory) {
      return prefix == null ? directory.toString() : prefix + "=" + directory;
    }
  }
}
