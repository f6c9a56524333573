package io.hawser.host;

import com.google.common.io.CountingOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Whether what is to be sent of a tree has room where it goes. Asked before anything is sent: a
 * disk that is full in the middle is noticed, too, but other programs of the host suffer first.
 */
final class TreeRoom {
  /** So much more than what is needed must be free: a 20th. */
  private static final long SPARE = 20;

  /** In such steps most file systems give bytes to files. */
  private static final long BLOCK = 4096;

  private final AgentClient agent;
  private final TreeChange change;
  private final String token;
  private final TreeDelta delta;

  TreeRoom(AgentClient agent, TreeChange change, String token, TreeDelta delta) {
    this.agent = agent;
    this.change = change;
    this.token = token;
    this.delta = delta;
  }

  /**
   * What is free in a file system.
   *
   * @param bytes {@code Long.MAX_VALUE} when it does not say
   * @param inodes {@code Long.MAX_VALUE} when it does not say, or has no limit
   */
  record Free(long bytes, long inodes) {
    static final Free UNKNOWN = new Free(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** What is to be written. */
  private record Need(long bytes, long inodes) {
    boolean fits(Free free) {
      return !(isShort(bytes, free.bytes()) || isShort(inodes, free.inodes()));
    }
  }

  private static boolean isShort(long need, long free) {
    return need > 0 && free < need + need / SPARE;
  }

  /**
   * Refuses what has no room.
   *
   * @param partial by path in the staging, how many bytes of a long file are there already
   * @throws HostStateException naming the path, what is needed and what is free
   */
  void demand(TreeComparison comparison, Map<String, Long> partial) {
    Free free = comparison.free();
    Need need = need(partial, false);
    if (need.fits(free)) {
      return;
    }
    // Now it is worth a look at what was taken for granted: that nothing was freed since, as a
    // staging that had to go, and that long files have no holes.
    if (comparison.hasStaging()) {
      free = freeNow();
    }
    need = need(partial, true);
    if (!need.fits(free)) {
      throw agent.fault(words(need, free));
    }
  }

  private String words(Need need, Free free) {
    boolean bytes = isShort(need.bytes(), free.bytes());
    String what =
        bytes
            ? need.bytes() + " bytes are to be written and " + free.bytes() + " bytes are free"
            : need.inodes() + " inodes are to be made and " + free.inodes() + " inodes are free";
    return "no space left for "
        + change.path()
        + ": "
        + what
        + ", 5 % more than needed must be; nothing was sent. Make room there and run it again";
  }

  private Need need(Map<String, Long> partial, boolean holes) {
    long bytes = 0;
    long inodes = 0;
    for (Iterator<TreeStep> steps = delta.steps(); steps.hasNext(); ) {
      TreeStep step = steps.next();
      if (step.isSent() && !delta.hasArrived(step.index())) {
        inodes++;
        bytes += bytes(step, partial.getOrDefault(step.staged(), 0L), holes);
      }
    }
    return new Need(bytes, inodes);
  }

  private static long bytes(TreeStep step, long there, boolean holes) {
    if (!step.isFile()) {
      return 0;
    }
    long size = step.size() - there;
    if (holes && step.size() > LargeFile.PIECE) {
      size = Math.min(size, withoutHoles(step, there));
    }
    return (size + BLOCK - 1) / BLOCK * BLOCK;
  }

  /** Reads a long file as it would be sent. */
  private static long withoutHoles(TreeStep step, long there) {
    LongConsumer nobody = count -> {};
    CountingOutputStream out = new CountingOutputStream(OutputStream.nullOutputStream());
    try {
      new LargeFile(step, new SentFiles(nobody), nobody, there).writeTo(out);
      return out.getCount();
    } catch (IOException e) {
      return Long.MAX_VALUE; // who sends it will say what is wrong with it
    }
  }

  private Free freeNow() {
    Free[] now = {Free.UNKNOWN};
    ListingReader.Visitor visitor =
        new ListingReader.Visitor() {
          @Override
          public void room(Free free) {
            now[0] = free;
          }
        };
    String key = TreeComparison.key(change.path());
    ListingReader.names(agent, change.path(), visitor, token, key, "-");
    return now[0];
  }
}
