package io.hawser.host;

import io.hawser.host.HostChange.Outcome;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Brings a tree to a host: compares, sends only what differs into a staging beside its place,
 * compares the digests that the host computed with those of the source, and only then has
 * everything renamed into place.
 */
final class TreeTransfer {
  static final String UNTOUCHED = "; nothing of the tree was put in place";

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
  static String why(UncheckedIOException e) {
    String said = String.valueOf(e.getMessage());
    Throwable cause = e.getCause();
    String why = cause == null ? "" : String.valueOf(cause.getMessage());
    String both = said.contains(why) ? said : said + ": " + why;
    return both.endsWith(UNTOUCHED) ? both : both + UNTOUCHED;
  }

  /** Whether the tree lies there. */
  boolean isSame(TreeChange change) {
    return compare(change).isSame();
  }

  /** What of the tree lies there. */
  TreeComparison compare(TreeChange change) {
    return TreeComparison.of(agent, change, token);
  }

  ChangeResult apply(String owner, TreeChange change) {
    HostTransfer transfer = null;
    try {
      transfer = HostTransfer.of(agent, owner, change, token, uploads, listener);
      Optional<ChangeResult> same = transfer.whenSame();
      if (same.isPresent()) {
        return same.get();
      }
      transfer.prepare();
      Optional<String> fault = transfer.sender().send(transfer.partial());
      return fault.isPresent() ? transfer.result(Outcome.FAILED, fault.get()) : transfer.finish();
    } catch (UncheckedIOException e) {
      return transfer == null
          ? new ChangeResult(change.target(), change.summary(), Outcome.FAILED, why(e))
          : transfer.result(Outcome.FAILED, why(e));
    }
  }
}
