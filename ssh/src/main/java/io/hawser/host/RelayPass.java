package io.hawser.host;

import io.hawser.CancelledException;
import io.hawser.HawserException;
import io.hawser.fanout.FanOut;
import io.hawser.ssh.Input;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One part of a tree on its way along a chain of hosts. */
final class RelayPass {
  private final RelayGroup group;
  private final List<TreeStep> part;
  private final long bytes;
  private final AtomicLong written = new AtomicLong();
  private final SentFiles sent = new SentFiles(this::count);
  private final List<RelayMember> members = new ArrayList<>();
  private final RelayWatch watch;
  private final long offset;

  /**
   * A pass.
   *
   * @param first whether the tree begins with it on all hosts of the chain
   */
  RelayPass(RelayGroup group, List<TreeStep> part, boolean first) {
    this.group = group;
    this.part = part;
    this.bytes = part.stream().mapToLong(TreeStep::size).sum();
    RelayTarget source = group.source();
    String list = group.chain().get(0).transfer().sender().nextList();
    this.offset = notNeeded();
    Input payload = source == null ? content(list) : names();
    RelayMember before = null;
    if (source != null) {
      before = new RelayMember(source, true, null, payload, verb(source, list), part);
      members.add(before);
    }
    for (RelayTarget target : group.chain()) {
      List<String> verb = first ? receive(target, list) : verb(target, list);
      before = new RelayMember(target, false, before, before == null ? payload : null, verb, part);
      members.add(before);
    }
    this.watch = new RelayWatch(members, written);
  }

  /** Sends; says whether all hosts of the chain have the part now. */
  boolean run() {
    List<Runnable> works = new ArrayList<>();
    members.forEach(member -> works.add(() -> call(member)));
    works.add(watch);
    List<Boolean> unused =
        FanOut.map(
            works,
            works.size(),
            work -> {
              work.run();
              return true;
            });
    return judge();
  }

  private void call(RelayMember member) {
    try {
      member.call(TreeSender.limit(bytes));
    } catch (CancelledException e) {
      if (!watch.hasStopped(member)) {
        throw e;
      }
      boolean unused = Thread.interrupted(); // the watch's, meant for this call alone
      member.failed(String.valueOf(e.getMessage()));
    } catch (HawserException e) {
      member.failed(String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      member.failed(TreeTransfer.why(e));
    } finally {
      watch.ended(member);
    }
  }

  private boolean judge() {
    boolean whole = true;
    @Nullable RelayMember broken = watch.culprit();
    for (RelayMember member : members) {
      if (member.failure().isPresent()) {
        // Who comes after one that broke off got no more, whatever it says of that itself.
        broken = broken == null ? member : broken;
        whole = false;
      } else if (member.target() != group.source()) {
        // What lacks behind one that broke off was not sent, so nobody lies.
        boolean taken = take(member, broken == null);
        if (taken) { // of what did not come whole nobody knows how much came
          member.meter(bytes - offset);
        }
        whole &= taken;
      }
    }
    if (sent.fault().isPresent()) {
      String fault = sent.fault().get();
      group.chain().stream().filter(RelayTarget::isOpen).forEach(target -> target.fail(fault));
      return false;
    }
    if (broken != null) {
      String why = watch.culprit() == broken ? watch.why() : broken.failure().orElse("");
      broken.target().leaveOut(why);
    }
    return whole;
  }

  private boolean take(RelayMember member, boolean wasSentAll) {
    TreeSender sender = member.target().transfer().sender();
    List<TreeStep> wrong = sender.take(part, member.digests());
    if (wrong.isEmpty() || !wasSentAll) {
      return wrong.isEmpty();
    }
    String lie = TreeSender.lie(part, wrong);
    RelayTarget source = group.source();
    if (source == null) {
      member.target().fail(lie);
    } else {
      source.leaveOut("what it passed on was damaged");
    }
    return false;
  }

  private void count(long count) {
    written.addAndGet(count);
    for (RelayTarget target : group.chain()) {
      target.transfer().meter().bytes(count);
    }
  }

  /** How much of a long file no host of the chain needs. */
  private long notNeeded() {
    if (!TreeBatches.isLarge(part)) {
      return 0;
    }
    String staged = part.get(0).staged();
    return group.chain().stream()
        .mapToLong(target -> target.transfer().partial().getOrDefault(staged, 0L))
        .min()
        .orElse(0);
  }

  private Input content(String list) {
    Input content =
        TreeBatches.isLarge(part)
            ? new LargeFile(part.get(0), sent, this::count, offset)
            : new TreeArchive(TreeArchive.PREFIX + list, part, sent);
    return stream -> {
      content.writeTo(stream);
      watch.sentAll();
    };
  }

  private Input names() {
    return (OutputStream stream) -> {
      for (TreeStep step : part) {
        stream.write(("./" + step.staged() + '\0').getBytes(StandardCharsets.UTF_8));
      }
    };
  }

  private List<String> verb(RelayTarget target, String list) {
    if (!TreeBatches.isLarge(part)) {
      return archive(target, list, "more");
    }
    TreeStep file = part.get(0);
    return List.of(
        "append",
        target.directory(),
        target.token(),
        file.staged(),
        Operations.mode(file.mode()),
        String.valueOf(offset),
        String.valueOf(file.size()));
  }

  private List<String> receive(RelayTarget target, String list) {
    return archive(target, list, "receive", target.owner());
  }

  private List<String> archive(RelayTarget target, String list, String... verb) {
    List<String> fields = new ArrayList<>(List.of(verb));
    fields.addAll(List.of(target.directory(), target.token(), list));
    int together = TreeArchive.digestedTogether(part, bytes);
    if (together > 0) {
      fields.add(String.valueOf(together));
    }
    return fields;
  }

  /** For logs. */
  @Override
  public String toString() {
    Optional<RelayTarget> source = Optional.ofNullable(group.source());
    return source.map(RelayTarget::address).orElse("controller")
        + " to "
        + RelayTarget.addresses(group.chain());
  }
}
