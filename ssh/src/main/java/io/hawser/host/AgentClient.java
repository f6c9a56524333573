package io.hawser.host;

import com.google.common.collect.ImmutableMap;
import io.hawser.HawserException;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandException;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Input;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.runner.OutputRefusedException;
import io.hawser.ssh.runner.Words;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calls the verbs of the agent on one host; {@code docs/design/host-agent.md} describes them. */
final class AgentClient {
  static final Input NOTHING = stream -> {};

  private static final String COMPLAINT = AgentScript.NAME + ": ";
  private static final int ERRORS_KEPT = 1 << 16;
  private static final int SHOWN = 200;

  private final SshClient ssh;
  private final Host host;
  private final String root;
  private final String state;
  private final @Nullable String generation;

  AgentClient(SshClient ssh, Cluster cluster, Host host) {
    this(ssh, cluster, host, null);
  }

  /** One whose changes the host accepts only as long as this generation of its lock is the last. */
  AgentClient(SshClient ssh, Cluster cluster, Host host, @Nullable String generation) {
    this.ssh = ssh;
    this.host = host;
    this.root = host.root().equals("/") ? "" : host.root();
    this.state = "/var/lib/hawser/" + cluster.name();
    this.generation = generation;
  }

  /** What runs other commands that change the host, only as long as the same holds. */
  SshClient commands() {
    return generation == null
        ? ssh
        : new FencedCommands(ssh, AgentScript.fence(root, state), generation);
  }

  Host host() {
    return host;
  }

  /** The answer of a verb, line by line, without the closing {@code end}. */
  List<String> call(Input input, String verb, String... arguments) {
    KeptAnswer kept = new KeptAnswer(this, verb);
    call(kept, Command.DEFAULT_TIMEOUT, input, verb, arguments);
    return kept.lines();
  }

  /**
   * Hands the answer of a verb to a consumer while it comes; of any length, since nothing is kept.
   *
   * @throws CommandException if the agent failed
   * @throws HostStateException if its answer is not whole
   */
  void call(
      Consumer<String> answer, Duration limit, Input input, String verb, String... arguments) {
    Command command =
        command(verb, arguments).withInput(input).withTimeout(limit).withCapture(ERRORS_KEPT);
    call(answer, verb, command);
  }

  /** A verb as a command, without input. */
  Command command(String verb, String... arguments) {
    String[] words =
        Stream.concat(Stream.of(verb, root, state), Arrays.stream(arguments).map(WireField::encode))
            .toArray(String[]::new);
    Command command = Command.script(AgentScript.of(verb), words);
    return generation != null && AgentScript.CHANGING.contains(verb)
        ? command.withEnv(ImmutableMap.of(FencedCommands.GENERATION, generation))
        : command;
  }

  /** Runs a command of {@link #command} like {@link #call}. */
  void call(Consumer<String> answer, String verb, Command command) {
    call(answer, line -> {}, verb, command);
  }

  /** The verb that takes long and says on stderr how it goes. */
  void relay(
      Consumer<String> answer,
      Consumer<String> errors,
      Duration limit,
      Input input,
      String... arguments) {
    Command command =
        command("relay", arguments).withInput(input).withTimeout(limit).withCapture(ERRORS_KEPT);
    call(answer, errors, "relay", command);
  }

  private void call(
      Consumer<String> answer, Consumer<String> errors, String verb, Command command) {
    AnswerListener listener = new AnswerListener(this, verb, answer, errors);
    CommandResult result;
    try {
      result = ssh.run(host, command, listener);
    } catch (OutputRefusedException e) {
      throw listener.refusal().orElse(e);
    }
    // A client of somebody else may have gone on all the same.
    if (listener.refusal().isPresent()) {
      throw listener.refusal().get();
    }
    if (!result.succeeded()) {
      throw failure(result);
    }
    if (!listener.isWhole()) {
      throw fault(
          "the agent's answer to " + verb + " is cut: it ends with \"" + listener.last() + "\"");
    }
  }

  /** The agent's own words when it gave up by itself; else how it was ended. */
  private HawserException failure(CommandResult result) {
    List<String> errors = result.stderr().lines().toList();
    Optional<String> words =
        errors.stream()
            .filter(line -> line.startsWith(COMPLAINT))
            .reduce((first, second) -> second);
    if (result.exitCode() == 1 && words.isPresent()) {
      return fault(withCause(words.get().substring(COMPLAINT.length()), errors));
    }
    return new CommandException(withoutOutput(result));
  }

  /** What a tool of the host said right before, when that says why and the agent does not. */
  private static String withCause(String words, List<String> errors) {
    if (WriteProblem.of(words) != WriteProblem.OTHER) {
      return words;
    }
    return errors.stream()
        .filter(line -> !line.startsWith(COMPLAINT))
        .filter(line -> WriteProblem.of(line) != WriteProblem.OTHER)
        .reduce((first, second) -> second)
        .map(cause -> words + ": " + cause.strip())
        .orElse(words);
  }

  // Answers may hold what a stored script was given; errors never do.
  private static CommandResult withoutOutput(CommandResult result) {
    return CommandResult.of(
        result.host(), result.command(), result.exit(), "", result.stderr(), result.took());
  }

  /** What is wrong with this host; words of the host in it are made fit to be printed. */
  HostStateException fault(String message) {
    return new HostStateException(host.address(), Words.printable(message));
  }

  /** An answer that the agent, as Hawser sends it, does not give. */
  HostStateException unexpected(String line, String verb) {
    String start = line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
    return fault(
        "the agent answered \""
            + start
            + "\" to "
            + verb
            + ", which Hawser's own never does: do not trust this host before you know why");
  }

  /** The bytes that follow a {@code data} line of an answer. */
  byte[] data(List<String> answer, String verb) {
    StringBuilder text = new StringBuilder();
    boolean inside = false;
    for (String line : answer) {
      if (inside) {
        text.append(line);
      } else if (line.equals("data") || line.startsWith("data ")) {
        inside = true;
        text.append(line.substring(4).strip());
      }
    }
    try {
      return Base64.getDecoder().decode(text.toString());
    } catch (IllegalArgumentException e) {
      throw unexpected(text.toString(), verb);
    }
  }

  /** A text as input. */
  static Input text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return stream -> stream.write(bytes);
  }

  /** Lines of text as input. */
  static Input lines(Iterable<String> lines) {
    return stream -> {
      for (String line : lines) {
        stream.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
    };
  }
}
