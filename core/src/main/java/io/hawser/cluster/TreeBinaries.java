package io.hawser.cluster;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * For which architectures the programs and libraries in an image's tree are, as their ELF headers
 * say. Scripts and files that are no ELF have none; neither have those of machines that are no
 * processor of a host, such as BPF. Directories of data are not looked into: {@code registry/},
 * {@code images/}, {@code charts/}, {@code manifests/}, {@code etc/} and {@code statics/}.
 *
 * <p>A file whose path names its own architecture ({@code opt/arm64/helm}, {@code bin/helm-arm64})
 * is left out: a tree that carries it does so for several, and picks on the host. Immutable.
 */
public final class TreeBinaries {
  private static final Set<String> DATA =
      Set.of("registry", "images", "charts", "manifests", "etc", "statics");

  /** Up to {@code e_machine}, which stands at 18. */
  private static final int HEADER = 20;

  private static final int BIG_ENDIAN = 2;

  private final Path tree;
  private final ImmutableMap<String, String> first;

  private TreeBinaries(Path tree, Map<String, String> first) {
    this.tree = tree;
    this.first = ImmutableMap.copyOf(first);
  }

  /**
   * Reads the first 20 bytes of every file; links are not followed.
   *
   * @throws IOException if something cannot be read
   */
  public static TreeBinaries in(Path tree) throws IOException {
    Map<String, String> first = new TreeMap<>();
    Files.walkFileTree(tree, new Headers(tree, first));
    return new TreeBinaries(tree, first);
  }

  /** Whether there is none, so that the tree fits every host. */
  public boolean isEmpty() {
    return first.isEmpty();
  }

  /**
   * What is in the way of hosts of an architecture: a sentence that names the tree, a file and the
   * file's architecture; empty when everything fits.
   *
   * @param architecture a word such as {@code amd64}
   */
  public Optional<String> misfit(CharSequence architecture) {
    String host = architecture.toString();
    return first.entrySet().stream()
        .filter(entry -> !Architectures.runs(host, entry.getKey()))
        .map(entry -> entry.getValue() + " in " + tree + " is for " + entry.getKey())
        .findFirst();
  }

  /** Remembers one file of each architecture. */
  private static final class Headers extends SimpleFileVisitor<Path> {
    private final Path tree;
    private final Map<String, String> first;

    Headers(Path tree, Map<String, String> first) {
      this.tree = tree;
      this.first = first;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      boolean data =
          tree.equals(directory.getParent()) && DATA.contains(directory.getFileName().toString());
      return data ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isRegularFile() && attributes.size() >= HEADER) {
        String architecture = architecture(file);
        String path = tree.relativize(file).toString();
        if (!architecture.isEmpty() && !Architectures.isNamedBy(path, architecture)) {
          String known = first.get(architecture);
          // Directories come in any order, the file that is named shall be the same each time.
          if (known == null || path.compareTo(known) < 0) {
            first.put(architecture, path);
          }
        }
      }
      return FileVisitResult.CONTINUE;
    }

    private static String architecture(Path file) throws IOException {
      byte[] head;
      try (InputStream in = Files.newInputStream(file)) {
        head = in.readNBytes(HEADER);
      }
      boolean elf =
          head.length == HEADER
              && head[0] == 0x7f
              && head[1] == 'E'
              && head[2] == 'L'
              && head[3] == 'F';
      if (!elf) {
        return "";
      }
      int low = head[5] == BIG_ENDIAN ? head[19] : head[18];
      int high = head[5] == BIG_ENDIAN ? head[18] : head[19];
      int machine = (low & 0xff) | (high & 0xff) << 8;
      return Architectures.ELF_MACHINES.getOrDefault(machine, "");
    }
  }
}
