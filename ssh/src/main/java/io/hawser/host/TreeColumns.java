package io.hawser.host;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.ImmutableLongArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a tree, column by column: a million of them take 40 to 60 MB. What was scanned has
 * no object of its own; an entry that brings its own content or target is kept as it was given.
 * Immutable but for the digests, which are filled in as they become known; thread-safe.
 */
final class TreeColumns {
  static final int HIGHEST_RANK = 9;

  private static final int RANK_SHIFT = 12;
  private static final int TYPE_SHIFT = 16;
  private static final int SOURCE_SHIFT = 20;
  private static final int IMPLIED = 1 << 18;
  private static final ImmutableList<TreeFile.Type> TYPES =
      ImmutableList.of(TreeFile.Type.FILE, TreeFile.Type.DIRECTORY, TreeFile.Type.LINK);

  private final PathTable paths;
  private final ImmutableIntArray flags;
  private final ImmutableLongArray sizes;
  private final ImmutableLongArray stamps;
  private final ImmutableIntArray slots;
  private final List<Source> sources;
  private final Map<Integer, TreeFile> given;

  /** A directory that was scanned. All trees that are made of it share the digests. */
  private record Source(Path root, DigestColumn digests) {}

  private TreeColumns(Builder builder) {
    paths = builder.paths.build();
    flags = ImmutableIntArray.copyOf(Arrays.copyOf(builder.flags, builder.count));
    sizes = builder.sizes.build().trimmed();
    stamps = builder.stamps.build().trimmed();
    slots = builder.slots.build().trimmed();
    sources = List.copyOf(builder.sources);
    given = Map.copyOf(builder.given);
  }

  int count() {
    return paths.size();
  }

  PathTable paths() {
    return paths;
  }

  int mode(int index) {
    return flags.get(index) & 07777;
  }

  int rank(int index) {
    return flags.get(index) >>> RANK_SHIFT & 0xf;
  }

  TreeFile.Type type(int index) {
    return TYPES.get(flags.get(index) >>> TYPE_SHIFT & 3);
  }

  /** Whether it is a directory that nobody named, but that others lie in. */
  boolean isImplied(int index) {
    return (flags.get(index) & IMPLIED) != 0;
  }

  long size(int index) {
    return sizes.get(index);
  }

  /** When the source was changed last, in nanoseconds; 0 when that is not known. */
  long stamp(int index) {
    return stamps.get(index);
  }

  /** The entry as a value of its own, which knows the digest if that is known here. */
  TreeFile file(int index) {
    TreeFile own = given.get(index);
    if (own != null) {
      return own;
    }
    String path = paths.path(index);
    TreeFile.Type type = type(index);
    TreeFile file =
        type == TreeFile.Type.DIRECTORY
            ? TreeFile.directory(path, mode(index))
            : TreeFile.scanned(
                path, mode(index), size(index), stamp(index), source(index).root().resolve(path));
    String digest = type == TreeFile.Type.FILE ? knownDigest(index) : null;
    return digest == null ? file : file.withSha256(digest);
  }

  /** Whether the source has the time that it had when it was scanned. */
  boolean isUntouched(int index) {
    if (given.containsKey(index)) {
      return true;
    }
    Path file = source(index).root().resolve(paths.path(index));
    try {
      FileTime time = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
      return time.to(TimeUnit.NANOSECONDS) == stamp(index);
    } catch (IOException e) {
      return false;
    }
  }

  private Source source(int index) {
    return sources.get(flags.get(index) >>> SOURCE_SHIFT);
  }

  /** The digest if it is known without reading the file. */
  @Nullable String knownDigest(int index) {
    TreeFile own = given.get(index);
    return own == null ? source(index).digests().get(slots.get(index)) : own.knownDigest();
  }

  /** The digest, for which the file is read unless it is known. */
  String digest(int index) {
    String known = knownDigest(index);
    if (known != null) {
      return known;
    }
    String computed = file(index).sha256();
    learn(index, computed);
    return computed;
  }

  /** Remembers the digest of what was read while it was sent. */
  void learn(int index, String digest) {
    TreeFile own = given.get(index);
    if (own == null) {
      source(index).digests().put(slots.get(index), digest);
    } else {
      own.learn(digest);
    }
  }

  /** Takes entries in the order of {@link PathTable}. */
  static final class Builder {
    private final PathTable.Builder paths = new PathTable.Builder();
    private int[] flags = new int[16];
    private final ImmutableLongArray.Builder sizes = ImmutableLongArray.builder();
    private final ImmutableLongArray.Builder stamps = ImmutableLongArray.builder();
    private final ImmutableIntArray.Builder slots = ImmutableIntArray.builder();
    private final List<Source> sources = new ArrayList<>();
    private final Map<Integer, TreeFile> given = new HashMap<>();
    private int count;

    /** Starts what is scanned of a directory. */
    int source(Path root) {
      sources.add(new Source(root, new DigestColumn()));
      return sources.size() - 1;
    }

    /** What lies at this path below a directory that is scanned. */
    void scanned(int source, String path, TreeFile.Type type, int mode, long size, long stamp) {
      slots.add(count);
      if (type == TreeFile.Type.FILE) {
        int slot = count;
        ContentAddress.sha256(path).ifPresent(is -> sources.get(source).digests().put(slot, is));
      }
      add(path, type, mode, 0, size, stamp, source << SOURCE_SHIFT);
    }

    void given(TreeFile file) {
      given.put(count, file);
      slots.add(0);
      add(file.path(), file.type(), file.mode(), file.rank(), file.size(), file.stamp(), 0);
    }

    /** A directory that only holds others. It appears with the first of them. */
    void implied(String path, int mode) {
      slots.add(0);
      add(path, TreeFile.Type.DIRECTORY, mode, HIGHEST_RANK, 0, 0, IMPLIED);
    }

    /** A directory may not appear later than what is in it. */
    void lower(int index, int rank) {
      if ((flags[index] >>> RANK_SHIFT & 0xf) > rank) {
        flags[index] = (flags[index] & ~(0xf << RANK_SHIFT)) | (rank << RANK_SHIFT);
      }
    }

    int count() {
      return count;
    }

    /** An entry of other columns, as it is there. */
    void copy(TreeColumns from, int index, String path) {
      TreeFile own = from.given.get(index);
      if (own != null) {
        given(own);
      } else {
        Source source = from.source(index);
        int place = sources.indexOf(source);
        if (place < 0) {
          place = sources.size();
          sources.add(source);
        }
        slots.add(from.slots.get(index));
        add(
            path,
            from.type(index),
            from.mode(index),
            from.rank(index),
            from.size(index),
            from.stamp(index),
            place << SOURCE_SHIFT);
      }
    }

    private void add(
        String path, TreeFile.Type type, int mode, int rank, long size, long stamp, int more) {
      paths.add(path);
      if (count == flags.length) {
        flags = Arrays.copyOf(flags, count + count / 2);
      }
      flags[count] =
          (mode & 07777) | (rank << RANK_SHIFT) | (TYPES.indexOf(type) << TYPE_SHIFT) | more;
      sizes.add(size);
      stamps.add(stamp);
      count++;
    }

    TreeColumns build() {
      return new TreeColumns(this);
    }
  }
}
