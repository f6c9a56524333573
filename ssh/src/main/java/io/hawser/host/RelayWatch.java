package io.hawser.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Watches over a chain: whoever is silent, or lets nothing through, or far less than went through
 * before, is named and the chain is stopped. Hosts say every second what they have received.
 */
final class RelayWatch implements Runnable {
  private static final long LOOK_MILLIS = 250;
  private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(4);
  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** More than waits in the buffers of a link that is fast enough. */
  private static final long GAP = 1 << 20;

  private static final int SLOWER = 4;

  private final List<RelayMember> members;
  private final AtomicLong written;
  private final CountDownLatch running;
  private final Set<RelayMember> stopped = ConcurrentHashMap.newKeySet();
  private final Map<RelayMember, Long> ended = new ConcurrentHashMap<>();
  private volatile boolean sentAll;
  private volatile @Nullable RelayMember culprit;
  private volatile String why = "";
  private long movedAt = System.nanoTime();
  private long moved = -1;
  private long windowAt = System.nanoTime();
  private long windowBytes;
  private long best;

  RelayWatch(List<RelayMember> members, AtomicLong written) {
    this.members = members;
    this.written = written;
    this.running = new CountDownLatch(members.size());
  }

  /** Everything was written; what is left is to arrive and be digested. */
  void sentAll() {
    sentAll = true;
  }

  /** A host's call has ended, one way or the other. */
  void ended(RelayMember member) {
    ended.put(member, System.nanoTime());
    running.countDown();
  }

  @Override
  public void run() {
    try {
      while (!running.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (culprit == null) {
          look(System.nanoTime());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(long now) {
    for (RelayMember member : members) {
      if (!ended.containsKey(member) && now - member.heardAt() > SILENT_NANOS) {
        stop(member, "it was not heard of for 4 s while it passed files on");
        return;
      }
    }
    RelayMember broken = broken(now);
    if (broken != null) {
      stop(broken, broken.failure().orElse(""));
      return;
    }
    long sum = written.get();
    for (RelayMember member : members) {
      sum += Math.max(0, member.received());
    }
    if (sum != moved) {
      moved = sum;
      movedAt = now;
    }
    RelayMember behind = behind();
    if (behind != null && now - movedAt > STUCK_NANOS) {
      stop(behind, "nothing reached it any more for 5 s");
    } else if (behind != null && isSlow(now)) {
      stop(behind, "it was more than " + SLOWER + " times slower than the link before");
    }
  }

  /**
   * One that has failed some time ago, while the next, which nothing can reach any more, has not
   * noticed: it may wait at its port for one that died before it connected.
   */
  private @Nullable RelayMember broken(long now) {
    for (int i = 0; i < members.size() - 1; i++) {
      RelayMember member = members.get(i);
      boolean isLong = now - ended.getOrDefault(member, now) > STUCK_NANOS;
      if (isLong && member.failure().isPresent() && !ended.containsKey(members.get(i + 1))) {
        return member;
      }
    }
    return null;
  }

  private boolean isSlow(long now) {
    if (now - windowAt < WINDOW_NANOS) {
      return false;
    }
    long through = written.get() - windowBytes;
    windowBytes = written.get();
    windowAt = now;
    boolean slow = !sentAll && through * SLOWER < best;
    best = Math.max(best, through);
    return slow;
  }

  /** The host before which most waits, if much does. */
  private @Nullable RelayMember behind() {
    RelayMember slowest = null;
    long widest = GAP;
    for (int i = 1; i < members.size(); i++) {
      long gap = members.get(i - 1).received() - Math.max(0, members.get(i).received());
      if (gap > widest) {
        widest = gap;
        slowest = members.get(i);
      }
    }
    return slowest;
  }

  private void stop(RelayMember member, String reason) {
    why = reason;
    culprit = member;
    List<RelayMember> rest = new ArrayList<>(members);
    rest.removeAll(ended.keySet());
    stopped.addAll(rest);
    rest.forEach(RelayMember::stop);
  }

  boolean hasStopped(RelayMember member) {
    return stopped.contains(member);
  }

  /** Who was found to hold the others up; null when nobody was. */
  @Nullable RelayMember culprit() {
    return culprit;
  }

  /** What it did. */
  String why() {
    return why;
  }
}
