package io.hawser.ssh.mock;

import com.google.common.collect.ImmutableList;
import io.hawser.CancelledException;
import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Exit;
import io.hawser.ssh.OutputListener;
import io.hawser.ssh.Script;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.SshException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hosts without a network, for unit tests of installers: commands are answered as scripted and
 * recorded, files and services live in memory, and hosts fail on request.
 *
 * <pre>{@code
 * MockSsh ssh = MockSsh.create();
 * ssh.when("*", "uname -m").answer(0, "x86_64\n", "");
 * ssh.unreachable("10.0.0.3");
 * }</pre>
 *
 * <p>A host comes into being when it is first named; it is told by its address alone, or {@code *}
 * in a rule for every host. Of several rules that match a command the one made last answers. What
 * Hawser itself does on a host (files, links, services, journal, trees of files) needs no rules: it
 * happens in memory, as it would on a Debian host; a rule whose text begins with {@code
 * hawser-agent} stands in for that too, for example to let a transfer fail. Commands and scripts do
 * need rules; the undo of a command that was applied as a change runs as {@code undo of NAME}.
 *
 * <p>Strict unless {@link #lenient()} is called: a command without a rule is an {@link
 * UnscriptedCommandException}. Nothing waits: delays are added up, not slept. Thread-safe; commands
 * on one host run one after the other.
 */
public final class MockSsh implements SshClient {
  private final ScriptedRules rules = new ScriptedRules();
  private final Map<String, MemoryHost> hosts = new ConcurrentHashMap<>();
  private final List<RecordedCommand> transcript = new ArrayList<>();
  private volatile boolean lenient;

  private MockSsh() {}

  /** A strict mock without rules. */
  public static MockSsh create() {
    return new MockSsh();
  }

  /** From now on commands without a rule succeed and print nothing. */
  public MockSsh lenient() {
    lenient = true;
    return this;
  }

  /**
   * Scripts a command.
   *
   * @param host the address, or {@code *} for every host
   * @param commandText exactly what {@link Command#toString()} gives
   */
  public MockRule when(CharSequence host, CharSequence commandText) {
    return rules.add(new MockRule(pattern(host), commandText.toString(), null));
  }

  /**
   * Scripts commands.
   *
   * @param host the address, or {@code *} for every host
   * @param regex what the whole of {@link Command#toString()} must match; a dot also matches a line
   *     break
   */
  public MockRule whenMatching(CharSequence host, CharSequence regex) {
    String text = regex.toString();
    return rules.add(new MockRule(pattern(host), text, Pattern.compile(text, Pattern.DOTALL)));
  }

  /** From now on the host does not answer. */
  public MockSsh unreachable(CharSequence host) {
    return fail(host, SshException.Reason.UNREACHABLE);
  }

  /** From now on nothing listens on the host's port. */
  public MockSsh refuseConnection(CharSequence host) {
    return fail(host, SshException.Reason.REFUSED);
  }

  /** From now on the host refuses every credential. */
  public MockSsh refuseLogin(CharSequence host) {
    return fail(host, SshException.Reason.AUTHENTICATION);
  }

  /** From now on the host shows another key than the known one. */
  public MockSsh changedHostKey(CharSequence host) {
    return fail(host, SshException.Reason.CHANGED_HOST_KEY);
  }

  /**
   * Lets some more commands on the host end, then loses the link once: the command after them has
   * no effect and ends with {@link Exit.Lost}, those after it run again.
   */
  public MockSsh loseLink(CharSequence host, int afterCommands) {
    named(host).faults().loseLink(afterCommands);
    return this;
  }

  /** Takes all faults from the host. */
  public MockSsh heal(CharSequence host) {
    named(host).faults().heal();
    return this;
  }

  private MockSsh fail(CharSequence host, SshException.Reason reason) {
    named(host).faults().fail(reason);
    return this;
  }

  /** The commands of all hosts in the order they ended; those that could not start are not here. */
  public List<RecordedCommand> transcript() {
    synchronized (transcript) {
      return ImmutableList.copyOf(transcript);
    }
  }

  /** The commands of one host in the order they ended. */
  public List<RecordedCommand> transcript(CharSequence host) {
    String address = address(host);
    return transcript().stream().filter(command -> command.host().equals(address)).toList();
  }

  /** The files of a host, to lay out and to look at. */
  public MemoryFiles files(CharSequence host) {
    return named(host).files();
  }

  /** The services of a host by name, without {@code .service}. */
  public Map<String, UnitState> units(CharSequence host) {
    return named(host).units().states();
  }

  /** Sets facts that Hawser finds on a host, over those of a Debian 12 host. */
  public MockSsh facts(CharSequence host, Map<String, ?> values) {
    named(host).facts().set(values);
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

  @Override
  public CommandResult run(Host host, Command command) {
    return run(host, command, (line, isError) -> {});
  }

  @Override
  public CommandResult run(Host host, Command command, OutputListener listener) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancelledException(host.address() + ": interrupted before " + command, null);
    }
    MemoryHost target = named(host.address());
    Answer answer;
    CommandResult result;
    synchronized (target) {
      target.faults().check();
      MockRule rule = rule(target, command);
      boolean lost = target.faults().losesLinkNow();
      Duration delay = rule == null || lost ? Duration.ZERO : rule.delay();
      boolean late = delay.compareTo(command.timeout()) > 0;
      answer = lost ? Answer.lost("") : late ? late(command) : answer(target, rule, command);
      Duration took = late ? command.timeout() : delay;
      result = PrintedText.result(host.address(), command, answer, took);
      record(command, result);
    }
    PrintedText.tell(answer, listener);
    return result;
  }

  private @Nullable MockRule rule(MemoryHost host, Command command) {
    String text = command.toString();
    boolean agent = isAgent(command);
    MockRule rule = rules.find(host.address(), text, agent);
    if (rule == null && !agent && !lenient) {
      throw new UnscriptedCommandException(host.address(), text, rules.closest(text));
    }
    return rule;
  }

  private static boolean isAgent(Command command) {
    return command.script().map(Script::name).filter(MemoryAgent.NAME::equals).isPresent();
  }

  private static Answer late(Command command) {
    return new Answer(new Exit.TimedOut(command.timeout().toString()), "", "");
  }

  private Answer answer(MemoryHost host, @Nullable MockRule rule, Command command) {
    if (rule != null) {
      rule.happen(command, host.files());
      return rule.next();
    }
    return isAgent(command) ? new MemoryAgent(host, this::known).run(command) : Answer.NOTHING;
  }

  private void record(Command command, CommandResult result) {
    synchronized (transcript) {
      transcript.add(
          new RecordedCommand(
              result.host(),
              result.command(),
              command.directory().orElse(""),
              List.copyOf(command.env().keySet()),
              command.asRoot(),
              result.exit(),
              result.took()));
    }
  }

  /** Does nothing: what was recorded and the files stay. */
  @Override
  public void close() {}

  private static String pattern(CharSequence host) {
    return host.toString().equals("*") ? "*" : address(host);
  }

  /** The canonical spelling, so that rules and hosts meet. */
  private static String address(CharSequence host) {
    return Host.at(host).build().address();
  }

  private MemoryHost named(CharSequence host) {
    return hosts.computeIfAbsent(address(host), MemoryHost::new);
  }

  private @Nullable MemoryHost known(String address) {
    return hosts.get(address);
  }
}
