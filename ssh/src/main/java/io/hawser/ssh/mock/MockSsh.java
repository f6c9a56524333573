package io.hawser.ssh.mock;

import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Exit;
import io.hawser.ssh.OutputListener;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.SshException.Reason;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Hosts without a network, for unit tests of installers: commands are answered as scripted and
 * recorded, files and services live in memory, and hosts fail on request. It keeps the promises of
 * the client over the network, to the words of its failures: one suite of tests holds both to them.
 *
 * <pre>{@code
 * MockSsh ssh = MockSsh.create();
 * ssh.when("*", "uname -m").answer(0, "x86_64\n", "");
 * ssh.whenMatching("10.0.0.1", "install\\.sh .*")
 *     .answers(Answer.exited(1, "", "mirror is down\n"), Answer.exited(0, "done\n", ""))
 *     .delay(Duration.ofMinutes(3))
 *     .writes("/opt/app/version", "2");
 * ssh.unreachable("10.0.0.3");
 *
 * Report report = new MyInstaller(cluster, ssh.client()).install();
 *
 * assertThat(report.failures()).extracting(HostResult::host).containsExactly("10.0.0.3");
 * assertThat(ssh.files("10.0.0.1").text("/opt/app/version")).isEqualTo("2");
 * assertThat(ssh.transcript("10.0.0.1"))
 *     .extracting(RecordedCommand::exitCode)
 *     .containsExactly(0, 1, 0);
 * }</pre>
 *
 * <p><b>Hosts.</b> A host comes into being when it is first named, by address ({@code 10.0.0.1},
 * {@code fd00::1}) or by address and port ({@code 10.0.0.1:2222}, {@code [fd00::1]:22}). Rules,
 * faults and transcripts of an address without a port are those of every port of it. Files,
 * services and facts belong to one host: without a port, the one at that address; where several
 * hosts share the address, naming it without a port is an {@link IllegalArgumentException}.
 *
 * <p><b>Commands.</b> Of several rules that match a command the one made last answers. What Hawser
 * itself does on a host (files, links, services, journal, trees of files) needs no rules: it
 * happens in memory, as it would on a Debian host; a rule whose text begins with {@code
 * hawser-agent} stands in for that too, for example to let a transfer fail. Commands and scripts do
 * need rules; the undo of a command that was applied as a change runs as {@code undo of NAME}.
 * Strict unless {@link #lenient()} is called: a command without a rule is an {@link
 * UnscriptedCommandException} that names the closest rule.
 *
 * <p><b>Limits.</b> Nothing waits: delays are reported, not slept, and a command cannot be ended
 * while it runs, but for one that {@linkplain MockRule#hangs() hangs}, though an interrupt before
 * it, or from its effects or its listener, is a {@link io.hawser.CancelledException} as elsewhere.
 * Everybody may read and write every file; users, groups and owners do not exist. Credentials,
 * known_hosts files and jump hosts are not looked at: who cannot log in is what the test says.
 *
 * <p><b>Threads.</b> Thread-safe. Commands on one host run one after the other, effects included;
 * those on different hosts run at once. An effect must not run commands on other hosts.
 */
public final class MockSsh implements SshClient {
  private final Scene scene = new Scene();
  private final MockClient own = new MockClient(scene);

  private MockSsh() {}

  /** A strict mock without rules. */
  public static MockSsh create() {
    return new MockSsh();
  }

  /** From now on commands without a rule succeed and print nothing. */
  public MockSsh lenient() {
    scene.beLenient();
    return this;
  }

  /**
   * Scripts a command.
   *
   * @param host an address, an address and a port, or {@code *} for every host
   * @param commandText exactly what {@link Command#toString()} gives
   */
  public MockRule when(CharSequence host, CharSequence commandText) {
    return scene.rules().add(new MockRule(pattern(host), commandText.toString(), null));
  }

  /**
   * Scripts commands.
   *
   * @param host an address, an address and a port, or {@code *} for every host
   * @param regex what the whole of {@link Command#toString()} must match; a dot also matches a line
   *     break
   */
  public MockRule whenMatching(CharSequence host, CharSequence regex) {
    String text = regex.toString();
    return scene
        .rules()
        .add(new MockRule(pattern(host), text, Pattern.compile(text, Pattern.DOTALL)));
  }

  /** From now on the host does not answer: not to SSH, and its registry to nobody. */
  public MockSsh unreachable(CharSequence host) {
    return fail(host, Reason.UNREACHABLE);
  }

  /** From now on nothing listens on the host's port. */
  public MockSsh refuseConnection(CharSequence host) {
    return fail(host, Reason.REFUSED);
  }

  /** From now on the host refuses every credential. */
  public MockSsh refuseLogin(CharSequence host) {
    return fail(host, Reason.AUTHENTICATION);
  }

  /** From now on the host's key is not known. */
  public MockSsh unknownHostKey(CharSequence host) {
    return fail(host, Reason.UNKNOWN_HOST_KEY);
  }

  /** From now on the host shows another key than the known one. */
  public MockSsh changedHostKey(CharSequence host) {
    return fail(host, Reason.CHANGED_HOST_KEY);
  }

  /**
   * From now on sudo refuses the login user on the host; {@link #fail} knows other ways of it. Met
   * where sudo is: by commands that run as root for a user who is not root.
   */
  public MockSsh refuseSudo(CharSequence host) {
    return fail(host, Reason.SUDO_NOT_ALLOWED);
  }

  /**
   * From now on commands on the host cannot start for this reason, in place of an earlier one.
   * Those of sudo are met only by commands that run as root for a user who is not root.
   */
  public MockSsh fail(CharSequence host, Reason reason) {
    scene.faults().fail(Endpoint.parse(host), reason);
    return this;
  }

  /**
   * Lets some more commands on the host end, then loses the link once: the command after them has
   * no effect and ends with {@link Exit.Lost}, those after it run again.
   */
  public MockSsh loseLink(CharSequence host, int afterCommands) {
    scene.faults().loseLink(Endpoint.parse(host), afterCommands);
    return this;
  }

  /** Takes all faults from the host. */
  public MockSsh heal(CharSequence host) {
    scene.faults().heal(Endpoint.parse(host));
    return this;
  }

  /** The commands of all hosts in the order they ended; those that could not start are not here. */
  public List<RecordedCommand> transcript() {
    return scene.transcript().all();
  }

  /** The commands of one host in the order they ended. */
  public List<RecordedCommand> transcript(CharSequence host) {
    return scene.transcript().of(Endpoint.parse(host));
  }

  /** The files of a host, to lay out and to look at. */
  public MemoryFiles files(CharSequence host) {
    return named(host).files();
  }

  /** The services of a host by name, without {@code .service}. */
  public Map<String, UnitState> units(CharSequence host) {
    return named(host).units().states();
  }

  /**
   * Sets facts that Hawser finds on a host, over those of a Debian 12 host, and its answers to
   * {@link io.hawser.host.Survey}, by their names; {@code room.PATH} is for all below the path.
   */
  public MockSsh facts(CharSequence host, Map<String, ?> values) {
    named(host).facts().set(values);
    return this;
  }

  /**
   * From now on so much is free on the disk of a host, whatever is written: a tree that needs more
   * is refused. A host has no limit before, and none of what is {@link Long#MAX_VALUE}.
   */
  public MockSsh freeSpace(CharSequence host, long bytes, long inodes) {
    named(host).limitRoom(bytes, inodes);
    return this;
  }

  /**
   * From now on a registry that serves this data directory runs on the host, on every port. For
   * registries that a scripted command starts; one that Hawser itself starts is found by its unit.
   */
  public MockSsh runningRegistry(CharSequence host, CharSequence dataDirectory) {
    named(host).runRegistry(dataDirectory.toString());
    return this;
  }

  /**
   * A further client to the same hosts, for code that closes the client it is given: this one and
   * others stay open.
   */
  public SshClient client() {
    return new MockClient(scene);
  }

  @Override
  public CommandResult run(Host host, Command command) {
    return own.run(host, command);
  }

  @Override
  public CommandResult run(Host host, Command command, OutputListener listener) {
    return own.run(host, command, listener);
  }

  /**
   * From now on runs nothing, as a client over the network; transcript and files stay, rules and
   * faults can still be made for other clients of {@link #client()}. May be called again.
   */
  @Override
  public void close() {
    own.close();
  }

  private static Endpoint pattern(CharSequence host) {
    return host.toString().equals("*") ? Endpoint.ANY : Endpoint.parse(host);
  }

  private MemoryHost named(CharSequence host) {
    return scene.hosts().named(Endpoint.parse(host));
  }
}
