package io.hawser.testkit;

import com.google.common.collect.Lists;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import io.hawser.host.FileTree;
import io.hawser.host.TreeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What shall lie below a directory, and what of it does. */
final class ExpectedFiles {
  private final List<Entry> entries;

  ExpectedFiles(FileTree tree) {
    // The digests now: a check may damage the source later.
    entries =
        tree.files().stream()
            .map(Entry::of)
            .sorted(Comparator.comparingInt(Entry::rank).thenComparing(Entry::isFile).reversed())
            .toList();
  }

  /** A file or directory of the content. */
  private record Entry(String path, boolean isFile, int mode, int rank, String sha256) {
    static Entry of(TreeFile file) {
      boolean isFile = file.type() == TreeFile.Type.FILE;
      String sha256 = isFile ? file.sha256() : "";
      return new Entry(file.path(), isFile, file.mode(), file.rank(), sha256);
    }

    boolean isThere(Path place) {
      return Files.exists(place.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    /** What is at its place, in words; empty when that is right. */
    String fault(Path place) {
      Path there = place.resolve(path);
      try {
        if (isFile && !Files.isRegularFile(there, LinkOption.NOFOLLOW_LINKS)) {
          return "no file";
        }
        if (!isFile) {
          return Files.isDirectory(there, LinkOption.NOFOLLOW_LINKS) ? "" : "no directory";
        }
        String found = MoreFiles.asByteSource(there).hash(Hashing.sha256()).toString();
        return found.equals(sha256) ? "" : Files.size(there) + " bytes with SHA-256 " + found;
      } catch (IOException e) {
        return "it cannot be read: " + e;
      }
    }

    String modeThere(Path place) {
      try {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(place.resolve(path)));
      } catch (IOException e) {
        return "none: " + e;
      }
    }

    String wanted() {
      return isFile ? "a file with SHA-256 " + sha256 : "a directory";
    }

    String modeWanted() {
      StringBuilder letters = new StringBuilder();
      for (int bit = 8; bit >= 0; bit--) {
        letters.append((mode >> bit & 1) == 1 ? "rwx".charAt((8 - bit) % 3) : '-');
      }
      return letters.toString();
    }
  }

  /** Something that is not as it should be. */
  record Flaw(String path, String expected, String found) {
    Breach breach(DistributorRule rule) {
      return Breach.of(rule, expected, found).at(path);
    }
  }

  /** The paths of the files, those of the highest rank first. */
  List<String> paths() {
    return entries.stream().filter(Entry::isFile).map(Entry::path).toList();
  }

  /** The digest that a file shall have. */
  String sha256(String path) {
    return entries.stream().filter(it -> it.path().equals(path)).findFirst().orElseThrow().sha256();
  }

  /** The first that is not there as it should be. */
  Optional<Flaw> missing(Path place) {
    for (Entry entry : entries) {
      String fault = entry.isThere(place) ? entry.fault(place) : "nothing";
      if (!fault.isEmpty()) {
        return Optional.of(new Flaw(entry.path(), entry.wanted(), fault));
      }
      String mode = entry.modeThere(place);
      if (!mode.equals(entry.modeWanted())) {
        return Optional.of(new Flaw(entry.path(), "mode " + entry.modeWanted(), "mode " + mode));
      }
    }
    return Optional.empty();
  }

  /** The first that is there and not right. */
  Optional<Flaw> wrong(Path place) {
    return entries.stream()
        .filter(entry -> entry.isThere(place))
        .map(entry -> new Flaw(entry.path(), entry.wanted(), entry.fault(place)))
        .filter(flaw -> !flaw.found().isEmpty())
        .findFirst();
  }

  /**
   * The first that is there before a file of a lower rank. Higher ranks are looked at first, so
   * what appears meanwhile does no harm.
   */
  Optional<Flaw> early(Path place) {
    Optional<Entry> shown = entries.stream().filter(entry -> entry.isThere(place)).findFirst();
    return shown.flatMap(
        high ->
            Lists.reverse(entries).stream()
                .filter(low -> low.isFile() && low.rank() < high.rank() && !low.isThere(place))
                .findFirst()
                .map(low -> early(high, low)));
  }

  private static Flaw early(Entry high, Entry low) {
    return new Flaw(
        high.path(),
        "nothing of rank "
            + high.rank()
            + " while "
            + low.path()
            + " of rank "
            + low.rank()
            + " is missing",
        "it is there");
  }
}
