package io.hawser.host;

import com.google.common.collect.Iterables;
import com.google.common.collect.Iterators;
import io.hawser.host.HostChange.Outcome;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings a tree to a host: compares, sends only what differs into a staging beside its place,
 * compares the digests that the host computed with those of the source, and only then has
 * everything renamed into place.
 */
final class TreeTransfer {
  static final String UNTOUCHED = "; nothing of the tree was put in place";

  private static final Duration COMMIT_LIMIT = Duration.ofHours(1);

  private final AgentClient agent;
  private final String token;
  private final Uploads uploads;
  private final TransferListener listener;

  TreeTransfer(AgentClient agent, String token, Uploads uploads, TransferListener listener) {
    this.agent = agent;
    this.token = token;
    this.uploads = uploads;
    this.listener = listener;
  }

  /** The client says that the input of the agent broke; which file it was stands in the cause. */
  private static String why(UncheckedIOException e) {
    String said = String.valueOf(e.getMessage());
    Throwable cause = e.getCause();
    String why = cause == null ? "" : String.valueOf(cause.getMessage());
    String both = said.contains(why) ? said : said + ": " + why;
    return both.endsWith(UNTOUCHED) ? both : both + UNTOUCHED;
  }

  /** Whether the tree lies there. */
  boolean isSame(TreeChange change) {
    return TreeComparison.of(agent, change, token).isSame();
  }

  ChangeResult apply(String owner, TreeChange change) {
    try {
      TreeComparison comparison = TreeComparison.of(agent, change, token);
      if (comparison.isSame()) {
        if (comparison.hasStaging()) {
          agent.call(AgentClient.NOTHING, "abandon", change.path(), token);
        }
        if (!comparison.isUnchanged() && change.check() == TreeChange.Check.QUICK) {
          String fingerprint = comparison.fingerprint();
          agent.call(AgentClient.NOTHING, "mark", change.path(), mark(change), fingerprint);
        }
        return result(change, Outcome.SAME, comparison.others());
      }
      return send(owner, change, comparison);
    } catch (UncheckedIOException e) {
      return result(change, Outcome.FAILED, why(e));
    }
  }

  private static String mark(TreeChange change) {
    return TreeComparison.key(change.path());
  }

  private ChangeResult send(String owner, TreeChange change, TreeComparison comparison) {
    TreeDelta delta = comparison.delta();
    TransferMeter meter = new TransferMeter(listener, agent.host().address(), change.path());
    TransferSize size = TransferSize.of(delta);
    TreeStaging staging = new TreeStaging(agent, change.path(), token, delta);
    meter.start(size.bytes(), size.files());
    Map<String, Long> partial = comparison.hasStaging() ? staging.takeUp() : Map.of();
    new TreeRoom(agent, change, token, delta).demand(comparison, partial);
    TransferSize rest = TransferSize.of(delta);
    meter.bytes(size.bytes() - rest.bytes());
    meter.files(size.files() - rest.files());
    Optional<String> fault =
        new TreeSender(agent, owner, change, token, uploads, meter, delta).send(partial);
    if (fault.isPresent()) {
      return result(change, Outcome.FAILED, fault.get());
    }
    commit(owner, change, comparison);
    meter.end();
    String others = comparison.others().isEmpty() ? "" : "; " + comparison.others();
    return result(change, Outcome.CHANGED, rest.sentence(staging.takenUp()) + others);
  }

  private void commit(String owner, TreeChange change, TreeComparison comparison) {
    TreeDelta delta = comparison.delta();
    Iterable<String> lines = () -> Iterators.transform(delta.steps(), TreeStep::line);
    agent.call(
        line -> {},
        COMMIT_LIMIT,
        AgentClient.lines(Iterables.concat(lines, List.of("end"))),
        "commit",
        owner,
        change.path(),
        token,
        mark(change),
        comparison.fingerprint());
  }

  private static ChangeResult result(TreeChange change, Outcome outcome, String message) {
    return new ChangeResult(change.target(), change.summary(), outcome, message);
  }
}
