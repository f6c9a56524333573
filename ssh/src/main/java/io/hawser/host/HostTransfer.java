package io.hawser.host;

import com.google.common.collect.Iterables;
import com.google.common.collect.Iterators;
import io.hawser.host.HostChange.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A tree on its way to one host, step by step: compared, made room for, sent, put into place. */
final class HostTransfer {
  private static final Duration COMMIT_LIMIT = Duration.ofHours(1);

  private final AgentClient agent;
  private final String owner;
  private final TreeChange change;
  private final String token;
  private final TransferMeter meter;
  private final TreeComparison comparison;
  private final TreeStaging staging;
  private final TreeSeed seed;
  private final TreeSender sender;
  private TransferSize rest = new TransferSize(0, 0, 0);
  private Map<String, Long> partial = Map.of();

  private HostTransfer(
      AgentClient agent,
      String owner,
      TreeChange change,
      String token,
      Uploads uploads,
      TransferListener listener) {
    this.agent = agent;
    this.owner = owner;
    this.change = change;
    this.token = token;
    this.comparison = TreeComparison.of(agent, change, token);
    this.meter = new TransferMeter(listener, agent.host().address(), change.path());
    this.staging = new TreeStaging(agent, change.path(), token, delta());
    this.seed = new TreeSeed(agent, change, token, meter, delta(), () -> partial);
    this.sender = new TreeSender(agent, owner, change, token, uploads, meter, delta(), seed);
  }

  /** Compares; changes nothing. */
  static HostTransfer of(
      AgentClient agent,
      String owner,
      TreeChange change,
      String token,
      Uploads uploads,
      TransferListener listener) {
    CipherWarmup.ahead(change.tree().bytes());
    return new HostTransfer(agent, owner, change, token, uploads, listener);
  }

  TreeDelta delta() {
    return comparison.delta();
  }

  /** Whether the host has what it takes to pass files on. */
  boolean canRelay() {
    return comparison.canRelay();
  }

  TransferMeter meter() {
    return meter;
  }

  TreeSender sender() {
    return sender;
  }

  /** By path in the staging, how many bytes of a long file are there and right. */
  Map<String, Long> partial() {
    return partial;
  }

  /** What came of it when the tree lies there already. */
  Optional<ChangeResult> whenSame() {
    if (!comparison.isSame()) {
      return Optional.empty();
    }
    if (comparison.hasStaging()) {
      agent.call(AgentClient.NOTHING, "abandon", change.path(), token);
    }
    if (!comparison.isUnchanged() && change.check() == TreeChange.Check.QUICK) {
      String fingerprint = comparison.fingerprint();
      agent.call(AgentClient.NOTHING, "mark", change.path(), mark(), fingerprint);
    }
    return Optional.of(result(Outcome.SAME, comparison.others()));
  }

  /** Takes up what an earlier transfer left, and refuses what has no room. */
  void prepare() {
    TransferSize size = TransferSize.of(delta());
    meter.start(size.bytes(), size.files());
    if (comparison.hasStaging()) {
      takeUp();
    }
    new TreeRoom(agent, change, token, delta()).demand(comparison, partial);
    rest = TransferSize.of(delta());
    meter.bytes(size.bytes() - rest.bytes());
    meter.files(size.files() - rest.files());
  }

  /** Looks what of the staging is whole and right. */
  void takeUp() {
    partial = staging.takeUp();
  }

  /** Puts what has arrived into place. */
  ChangeResult finish() {
    Iterable<String> lines = () -> Iterators.transform(delta().steps(), TreeStep::line);
    agent.call(
        line -> {},
        COMMIT_LIMIT,
        AgentClient.lines(Iterables.concat(lines, List.of("end"))),
        "commit",
        owner,
        change.path(),
        token,
        mark(),
        comparison.fingerprint());
    meter.end();
    String others = comparison.others().isEmpty() ? "" : "; " + comparison.others();
    String seeded =
        seed.files() == 0 ? "" : "; " + seed.files() + " files taken from " + change.seed();
    String what = rest.without(seed.files(), seed.bytes()).sentence(staging.takenUp());
    return result(Outcome.CHANGED, what + seeded + others);
  }

  private String mark() {
    return TreeComparison.key(change.path());
  }

  ChangeResult result(Outcome outcome, String message) {
    return new ChangeResult(change.target(), change.summary(), outcome, message, meter.transfers());
  }
}
