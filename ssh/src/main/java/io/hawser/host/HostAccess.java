package io.hawser.host;

import com.google.common.collect.ImmutableSet;
import io.hawser.Secret;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.SshClient;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one way by which Hawser changes a host: every change is written to the journal on the host
 * first, with what it replaces, and can therefore be compared, listed and undone.
 *
 * <p>The journal lies in {@code /var/lib/hawser/<cluster>} below the host's root, readable by root
 * only, and goes away with the last undone change. Not thread-safe: one object, one thread; several
 * objects for different hosts may be used at once.
 */
public final class HostAccess {
  /** The size in bytes of the largest file that {@link #read} gives. */
  public static final long LARGEST_READ = 500L << 20;

  private final SshClient ssh;
  private final Cluster cluster;
  private final Host host;
  private final AgentClient agent;
  private final Uploads uploads;
  private final TransferListener listener;

  private HostAccess(
      SshClient ssh,
      Cluster cluster,
      AgentClient agent,
      Uploads uploads,
      TransferListener listener) {
    this.ssh = ssh;
    this.uploads = uploads;
    this.listener = listener;
    this.cluster = cluster;
    this.host = agent.host();
    this.agent = agent;
  }

  /**
   * Access to a host for one cluster, without its lock: to read, and to change it as long as nobody
   * has the lock. {@link ClusterLock#access} gives one for changes that exclude others.
   */
  public static HostAccess to(SshClient ssh, Cluster cluster, Host host) {
    return of(ssh, cluster, new AgentClient(ssh, cluster, host));
  }

  /** Access with a generation of the host's lock. */
  static HostAccess under(String generation, SshClient ssh, Cluster cluster, Host host) {
    return of(ssh, cluster, new AgentClient(ssh, cluster, host, generation));
  }

  private static HostAccess of(SshClient ssh, Cluster cluster, AgentClient agent) {
    Uploads uploads = Uploads.atMost(Uploads.DEFAULT_LIMIT);
    return new HostAccess(ssh, cluster, agent, uploads, progress -> {});
  }

  /** The same, with a limit for what is sent that it shares with others. */
  public HostAccess withUploads(Uploads shared) {
    return new HostAccess(ssh, cluster, agent, shared, listener);
  }

  /** The same, with somebody who hears how transfers go on. */
  public HostAccess withListener(TransferListener newListener) {
    return new HostAccess(ssh, cluster, agent, uploads, newListener);
  }

  /** The host. */
  public Host host() {
    return host;
  }

  /** What is on the host; read-only. */
  public NodeFacts facts() {
    Map<String, String> values = new TreeMap<>();
    for (String line : agent.call(AgentClient.NOTHING, "facts")) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        values.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return NodeFacts.of(values);
  }

  /**
   * What the host answers to questions beside its facts, as of now; read-only. {@link Survey} says
   * under which names.
   */
  public NodeFacts survey(Survey questions) {
    return questions.ask(agent);
  }

  /** Runs a command that is no change (a check, a question), as {@link SshClient#run}. */
  public CommandResult run(Command command) {
    return ssh.run(host, command);
  }

  /** What each change would do: {@code SAME} or {@code CHANGED}; read-only. */
  public List<ChangeResult> compare(List<? extends HostChange> changes) {
    return applier().compare(changes);
  }

  /**
   * What changes would do in detail, with commands, files and bytes; read-only.
   *
   * @param mark makes of a text something by which it is known again, and which says nothing of it
   *     to anybody else
   */
  public HostPreview preview(Function<? super Secret, String> mark) {
    return new HostPreview(this, agent, trees(), mark);
  }

  /**
   * Applies changes in order, journalling each before it happens; stops at the first that fails.
   *
   * @param owner under which name they are journalled, for example {@code registry}
   * @return one result for each change that was tried
   */
  public List<ChangeResult> apply(String owner, List<? extends HostChange> changes) {
    return applier().apply(owner, changes);
  }

  /**
   * Puts files of a tree that lies there back as they were put there, after a script edited them;
   * what they were is not kept.
   *
   * @param change the tree, which the journal must hold
   * @param folder the directory of the tree that is looked at, for example {@code etc}
   * @return one result for each file that was put back
   */
  public List<ChangeResult> putBack(TreeChange change, CharSequence folder) {
    return EditedFiles.putBack(agent, change, folder.toString());
  }

  /** What the journal holds, oldest first; empty when there is none. */
  public List<JournalEntry> journal() {
    return new Journal(agent).entries();
  }

  /**
   * Undoes what the journal holds, newest first, as far as the filter says; goes on after a
   * failure. When nothing is left in the journal it is removed.
   */
  public List<ChangeResult> undo(Predicate<JournalEntry> which) {
    return undo(which, ImmutableSet.of());
  }

  /** {@link #undo(Predicate)} with options. */
  public List<ChangeResult> undo(Predicate<JournalEntry> which, Set<UndoOption> options) {
    return new Undoer(agent.commands(), agent, options).undo(which);
  }

  /**
   * What lies below a directory; an empty listing when it does not exist.
   *
   * @param digests whether files are read and their SHA-256 given
   */
  public Listing list(String directory, boolean digests) {
    ListedDirectory listed = new ListedDirectory(agent);
    if (digests) {
      ListingReader.digests(agent, directory, listed);
    } else {
      ListingReader.names(agent, directory, listed);
    }
    return listed.listing();
  }

  /**
   * Writes the bytes of a file of the host, a link followed, while they come; what was written is
   * whole only when this returns. Of files up to {@link #LARGEST_READ}.
   *
   * @throws HostStateException if it is no file, or changed meanwhile
   * @throws UncheckedIOException if the stream cannot be written
   */
  public void read(String path, OutputStream to) {
    FetchedFile.fetch(agent, path, to);
  }

  /**
   * Whether a line of the host's hosts file that Hawser did not write gives this name, and no
   * other, to an address.
   */
  public boolean isNamedByOthers(CharSequence name) {
    return BlockFile.read(agent, "/etc/hosts")
        .filter(text -> AsideLines.hasLineOf(text, name.toString()))
        .isPresent();
  }

  /**
   * The text of a small file, a link followed; empty when nothing is there.
   *
   * @throws HostStateException if it is no file
   */
  public Optional<Secret> text(String path) {
    return BlockFile.read(agent, path)
        .map(bytes -> Secret.of(new String(bytes, StandardCharsets.UTF_8)));
  }

  /** Fetches a URL from the host and compares the digest of the body. */
  public Probe.Result probe(Probe probe) {
    String line =
        Stream.of(
                probe.url(),
                orEmpty(probe.user()),
                probe.password() == null ? "" : probe.password().reveal(),
                orEmpty(probe.accept()),
                probe.sha256(),
                orEmpty(probe.caCertificate()))
            .limit(probe.caCertificate() == null ? 5 : 6)
            .map(WireField::encode)
            .collect(Collectors.joining(" ", "", "\n"));
    List<String> answer = agent.call(AgentClient.text(line), "probe");
    String[] words = answer.isEmpty() ? new String[] {""} : answer.get(0).split(" ", 2);
    String message = words.length < 2 ? "" : words[1].strip();
    return switch (words[0]) {
      case "passed" -> passed(message);
      case "failed" -> new Probe.Result(false, true, message);
      case "unchecked" -> new Probe.Result(false, false, message);
      default -> throw agent.unexpected(answer.toString(), "probe");
    };
  }

  /**
   * How many TCP connections to a port of the host are open now; empty when its system does not
   * tell. Of hosts that live below a root, and so share a machine, those to its own address count.
   */
  public OptionalInt connections(int port) {
    return new OpenConnections(agent).to(port);
  }

  private Probe.Result passed(String millis) {
    if (!millis.matches("[0-9]{1,9}")) {
      throw agent.unexpected("passed " + millis, "probe");
    }
    Duration took = Duration.ofMillis(Long.parseLong(millis));
    return new Probe.Result(true, true, millis + " ms", took);
  }

  /** The cluster that the journal belongs to. */
  public Cluster cluster() {
    return cluster;
  }

  /** This host as one of several that a tree is relayed to. */
  RelayTarget relayTarget(String owner, TreeChange change) {
    String token = cluster.name();
    return new RelayTarget(
        agent,
        owner,
        change,
        token,
        () -> HostTransfer.of(agent, owner, change, token, uploads, listener));
  }

  private ChangeApplier applier() {
    return new ChangeApplier(agent.commands(), agent, trees());
  }

  private TreeTransfer trees() {
    return new TreeTransfer(agent, cluster.name(), uploads, listener);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
