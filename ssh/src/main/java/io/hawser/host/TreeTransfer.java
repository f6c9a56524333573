package io.hawser.host;

import com.google.common.collect.ImmutableMap;
import io.hawser.HawserException;
import io.hawser.host.HostChange.Outcome;
import io.hawser.ssh.Command;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings a tree to a host: compares digests, sends only what differs into a staging beside its
 * place, compares the digests that the host computed with those of the source, and only then has
 * everything renamed into place. What a broken run left in the staging is not sent again.
 */
final class TreeTransfer {
  private static final long SLOWEST_BYTES_PER_SECOND = 100_000;
  private static final Duration COMMIT_LIMIT = Duration.ofHours(1);

  private static final String UNTOUCHED = "; nothing of the tree was put in place";

  private final AgentClient agent;
  private final String token;

  TreeTransfer(AgentClient agent, String token) {
    this.agent = agent;
    this.token = token;
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
    return steps(change).isEmpty();
  }

  ChangeResult apply(String owner, TreeChange change) {
    try {
      List<TreeStep> steps = steps(change);
      if (steps.isEmpty()) {
        return result(change, Outcome.SAME, "");
      }
      return send(owner, change, steps);
    } catch (UncheckedIOException e) {
      return result(change, Outcome.FAILED, why(e));
    }
  }

  private List<TreeStep> steps(TreeChange change) {
    ListingReader names = ListingReader.names(agent, change.path());
    Map<String, Listing.Entry> named = names.entries();
    List<String> candidates =
        change.tree().files().stream()
            .filter(file -> isCandidate(file, named.get(file.path())))
            .map(TreeFile::path)
            .toList();
    Map<String, Listing.Entry> there =
        candidates.isEmpty()
            ? named
            : ListingReader.digests(agent, change.path(), candidates).entries();
    return TreeDelta.between(change.tree(), there, names.others());
  }

  /** A digest is only needed where type and size are right already. */
  private static boolean isCandidate(TreeFile file, Listing.@Nullable Entry found) {
    return found != null
        && file.type() == TreeFile.Type.FILE
        && found.type() == TreeFile.Type.FILE
        && found.size() == file.size();
  }

  private ChangeResult send(String owner, TreeChange change, List<TreeStep> steps) {
    Map<String, String> arrived = takeUp(change, steps);
    List<TreeStep> missing =
        steps.stream()
            .filter(TreeStep::isSent)
            .filter(step -> !arrived.containsKey(step.staged()))
            .toList();
    TreeArchive archive = new TreeArchive(missing);
    Map<String, String> onHost = new HashMap<>();
    try {
      receive(owner, change, missing, archive, onHost);
    } catch (HawserException e) {
      // A source that broke the stream is the cause; what the host says of it is not.
      if (archive.fault().isEmpty()) {
        throw e;
      }
    }
    if (archive.fault().isPresent()) {
      return result(change, Outcome.FAILED, archive.fault().get());
    }
    Map<String, String> expected = new HashMap<>(arrived);
    expected.putAll(archive.digests());
    List<String> wrong = differing(expected, onHost);
    if (!wrong.isEmpty()) {
      agent.call(AgentClient.NOTHING, "abandon", change.path(), token);
      return result(
          change,
          Outcome.FAILED,
          wrong.size() + " files did not arrive as they were sent, " + wrong.get(0) + " is one");
    }
    commit(owner, change, steps, expected);
    return result(change, Outcome.CHANGED, sentence(missing, steps, arrived.size()));
  }

  private void receive(
      String owner,
      TreeChange change,
      List<TreeStep> missing,
      TreeArchive archive,
      Map<String, String> onHost) {
    Duration limit = Command.DEFAULT_TIMEOUT.plusSeconds(bytes(missing) / SLOWEST_BYTES_PER_SECOND);
    agent.call(
        line -> {
          String[] parts = line.split(" ", 3);
          if (parts.length < 3 || !parts[0].equals("f")) {
            throw agent.fault("the agent answered \"" + line + "\" to receive");
          }
          onHost.put(parts[2], parts[1]);
        },
        limit,
        archive,
        "receive",
        owner,
        change.path(),
        token);
  }

  private void commit(
      String owner, TreeChange change, List<TreeStep> steps, Map<String, String> digests) {
    List<String> lines = new ArrayList<>();
    for (TreeStep step : steps) {
      lines.add(step.line(digests.getOrDefault(step.staged(), "%")));
    }
    lines.add("end");
    agent.call(
        line -> {}, COMMIT_LIMIT, AgentClient.lines(lines), "commit", owner, change.path(), token);
  }

  /**
   * The files of an earlier, broken transfer that are whole, with their digests. A staging that
   * holds anything else than what is wanted now is thrown away: directories are renamed into place
   * with all that they hold.
   */
  private Map<String, String> takeUp(TreeChange change, List<TreeStep> steps) {
    String staging = change.path() + "/.hawser-stage-" + token;
    Map<String, Listing.Entry> staged = ListingReader.names(agent, staging).entries();
    if (staged.isEmpty()) {
      return ImmutableMap.of();
    }
    Map<String, TreeStep> wanted = new HashMap<>();
    Set<String> parents = new HashSet<>();
    for (TreeStep step : steps) {
      if (step.isSent()) {
        wanted.put(step.staged(), step);
        addParents(step.staged(), parents);
      }
    }
    List<String> candidates = new ArrayList<>();
    for (Map.Entry<String, Listing.Entry> entry : staged.entrySet()) {
      TreeStep step = wanted.get(entry.getKey());
      boolean holds =
          parents.contains(entry.getKey()) && entry.getValue().type() == TreeFile.Type.DIRECTORY;
      if (!holds && (step == null || step.type() != entry.getValue().type())) {
        agent.call(AgentClient.NOTHING, "abandon", change.path(), token);
        return ImmutableMap.of();
      }
      if (step != null && isWhole(step, entry.getValue())) {
        candidates.add(entry.getKey());
      }
    }
    return candidates.isEmpty() ? ImmutableMap.of() : verified(staging, candidates, wanted);
  }

  private static boolean isWhole(TreeStep step, Listing.Entry staged) {
    TreeFile file = step.file();
    return step.isFile()
        && file != null
        && staged.size() == file.size()
        && staged.mode() == file.mode();
  }

  private Map<String, String> verified(
      String staging, List<String> candidates, Map<String, TreeStep> wanted) {
    Map<String, Listing.Entry> digested =
        ListingReader.digests(agent, staging, candidates).entries();
    ImmutableMap.Builder<String, String> arrived = ImmutableMap.builder();
    for (String path : candidates) {
      Listing.Entry entry = digested.get(path);
      TreeStep step = wanted.get(path);
      TreeFile file = step == null ? null : step.file();
      if (entry != null && file != null && entry.sha256().equals(file.sha256())) {
        arrived.put(path, entry.sha256());
      }
    }
    return arrived.buildOrThrow();
  }

  private static void addParents(String path, Set<String> parents) {
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      if (!parents.add(path.substring(0, slash))) {
        return;
      }
    }
  }

  private static List<String> differing(Map<String, String> expected, Map<String, String> found) {
    Set<String> paths = new HashSet<>(expected.keySet());
    paths.addAll(found.keySet());
    return paths.stream()
        .filter(path -> !expected.getOrDefault(path, "").equals(found.getOrDefault(path, "")))
        .map(path -> path.substring(path.indexOf('/') + 1))
        .sorted()
        .toList();
  }

  private static long bytes(List<TreeStep> steps) {
    long sum = 0;
    for (TreeStep step : steps) {
      TreeFile file = step.file();
      sum += file == null ? 0 : file.size();
    }
    return sum;
  }

  private static String sentence(List<TreeStep> sent, List<TreeStep> all, int takenUp) {
    long files = sent.stream().filter(TreeStep::isFile).count();
    long modes = all.stream().filter(step -> !step.isSent()).count();
    return String.format("%d files, %d bytes sent", files, bytes(sent))
        + (takenUp == 0 ? "" : ", " + takenUp + " files taken up from a broken transfer")
        + (modes == 0 ? "" : ", " + modes + " modes set");
  }

  private static ChangeResult result(TreeChange change, Outcome outcome, String message) {
    return new ChangeResult(change.target(), change.summary(), outcome, message);
  }
}
