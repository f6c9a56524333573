package io.hawser.filesystem.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * The files of a tar, which stays as it is: only its headers are read, and where each file's bytes
 * stand is remembered.
 */
final class TarFiles implements ArchiveFiles {
  /** Far more than an archive of images has: it holds a file for each layer. */
  private static final int MOST_ENTRIES = 50_000;

  /** What the headers of one entry may take, long names and extended headers included. */
  private static final long LARGEST_HEADERS = 1L << 20;

  private static final int MOST_LINKS = 5;

  private final Path archive;
  private final Map<String, FileSection> files = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();

  private TarFiles(Path archive) {
    this.archive = archive;
  }

  /** Reads the headers. */
  static TarFiles of(Path archive) throws IOException {
    TarFiles tar = new TarFiles(archive);
    long size = Files.size(archive);
    long at = 0;
    for (int entries = 0; at >= 0 && at + TarEntries.RECORD <= size; entries++) {
      if (entries > MOST_ENTRIES) {
        throw new MalformedImage("the archive has more than " + MOST_ENTRIES + " entries");
      }
      at = tar.entry(at, size);
    }
    return tar;
  }

  /** Takes the entry at a place; returns where the next one starts, or -1 at the end. */
  private long entry(long at, long size) throws IOException {
    FileSection headers = new FileSection(archive, at, Math.min(size - at, LARGEST_HEADERS));
    // A reader for each entry: it would read through all the bytes in between.
    try (FileSection.Input in = headers.open();
        TarEntries tar = new TarEntries(in)) {
      TarArchiveEntry entry = tar.next();
      if (entry == null) {
        return -1;
      }
      long content = in.position();
      long length = entry.getSize();
      if (length < 0 || length > size - content) {
        throw new MalformedImage(
            MalformedImage.quoted(entry.getName()) + " is cut off: copy the archive anew");
      }
      take(entry, new FileSection(archive, content, length));
      return content + (length + TarEntries.RECORD - 1) / TarEntries.RECORD * TarEntries.RECORD;
    }
  }

  private void take(TarArchiveEntry entry, FileSection section) throws IOException {
    String name = LayerEntry.normal(entry.getName(), entry.getName());
    boolean twice = false;
    if (entry.isSymbolicLink()) {
      int slash = name.lastIndexOf('/');
      String target = name.substring(0, slash + 1) + entry.getLinkName();
      twice = links.put(name, resolved(target)) != null;
    } else if (entry.isLink()) {
      twice = links.put(name, resolved(entry.getLinkName())) != null;
    } else if (entry.isSparse()) {
      throw new MalformedImage(MalformedImage.quoted(name) + " is a sparse file");
    } else if (!entry.isDirectory()) {
      twice = files.put(name, section) != null;
    }
    if (twice || (links.containsKey(name) && files.containsKey(name))) {
      throw new MalformedImage("the archive holds " + MalformedImage.quoted(name) + " twice");
    }
  }

  /** A link that leads out of the archive leads to nothing. */
  private static String resolved(String target) {
    return Path.of("/").resolve(target).normalize().toString().substring(1);
  }

  @Override
  public Optional<FileSection> find(String name) {
    String at = name;
    for (int hops = 0; hops < MOST_LINKS; hops++) {
      FileSection file = files.get(at);
      if (file != null) {
        return Optional.of(file);
      }
      String next = links.get(at);
      if (next == null) {
        return Optional.empty();
      }
      at = next;
    }
    return Optional.empty();
  }
}
