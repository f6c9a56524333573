package io.hawser.host;

import io.hawser.CancelledException;
import io.hawser.fanout.FanOut;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings one tree to several hosts so that each byte leaves the controller about once: the first
 * host passes on what arrives, while it arrives, to the second, and so on. What one of the hosts
 * has already comes from there and not from the controller.
 *
 * <p>From host to host it goes over TLS, between a program on either side that the controller
 * started, each trusting just the certificate that the controller told it; each file is digested on
 * every host, as with {@link HostAccess#apply}, which does all else: the comparison, the journal,
 * the order in which files appear. A host that is silent, slow or fails is left out, and gets what
 * it lacks from the controller; so does one without {@code openssl}.
 *
 * <p>{@code docs/design/relay.md} says how it works and what it costs.
 */
public final class RelayedTree {
  private final TreeChange change;
  private final List<RelayTarget> targets;

  private RelayedTree(String owner, TreeChange change, List<HostAccess> hosts) {
    this.change = change;
    this.targets = hosts.stream().map(host -> host.relayTarget(owner, change)).toList();
  }

  /**
   * Applies the change to every host. Blocks; each host is worked on by one thread at a time.
   *
   * @param owner under which name it is journalled
   * @param hosts the hosts, each once; hosts that have the tree already serve as sources
   * @return one result for each host, in their order; a host that fails is a result
   * @throws CancelledException if the thread is interrupted
   */
  public static List<ChangeResult> apply(String owner, TreeChange change, List<HostAccess> hosts) {
    return new RelayedTree(owner, change, hosts).apply();
  }

  private List<ChangeResult> apply() {
    onEach(targets, RelayTarget::open);
    if (!relayWhole()) {
      // Who was left out may not answer: it must not keep the others waiting.
      onEach(
          open().stream().filter(target -> !target.isLeftOut()).toList(), RelayTarget::makeReady);
      boolean goesOn = !open().isEmpty();
      // Each round that does not come to its end leaves a host out.
      while (goesOn && isWorthIt()) {
        goesOn = relay();
      }
    }
    onEach(open(), RelayTarget::complete);
    return targets.stream().map(RelayTarget::result).toList();
  }

  private List<RelayTarget> open() {
    return targets.stream().filter(RelayTarget::isOpen).toList();
  }

  /**
   * When all hosts lack the same, which they mostly do: with directories and links, in as few calls
   * as it takes. Says whether that was possible, and came to its end.
   */
  private boolean relayWhole() {
    List<RelayGroup> groups = RelayGroup.of(change.tree().columns(), targets);
    // What lies in a seed comes with the directories, before anything is relayed.
    boolean isSeeded = !change.seed().isEmpty();
    if (isSeeded || groups.size() != 1 || !groups.get(0).isAllOf(open())) {
      return false;
    }
    RelayGroup group = groups.get(0);
    TreeBatches parts = new TreeBatches(group.chain().get(0).transfer().delta());
    boolean arrived = new RelayPass(group, parts.first(), true).run();
    for (List<TreeStep> part = parts.next(); arrived && !part.isEmpty(); part = parts.next()) {
      arrived = new RelayPass(group, part, false).run();
    }
    return arrived;
  }

  private boolean isWorthIt() {
    return targets.stream().filter(RelayTarget::canPass).count() > 1;
  }

  /** Sends all groups; says whether another try is needed, with fewer hosts. */
  private boolean relay() {
    for (RelayGroup group : RelayGroup.of(change.tree().columns(), targets)) {
      TreeBatches parts = group.parts();
      for (List<TreeStep> part = parts.next(); !part.isEmpty(); part = parts.next()) {
        if (!new RelayPass(group, part, false).run()) {
          onEach(targets.stream().filter(RelayTarget::canPass).toList(), RelayTarget::takeUp);
          return true;
        }
      }
    }
    return false;
  }

  private static void onEach(List<RelayTarget> targets, Consumer<RelayTarget> work) {
    List<Boolean> unused =
        FanOut.map(
            new ArrayList<>(targets),
            FanOut.DEFAULT_WIDTH,
            target -> {
              work.accept(target);
              return true;
            });
  }
}
