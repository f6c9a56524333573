package io.hawser.host;

import com.google.common.collect.ImmutableMap;
import io.hawser.Secret;
import io.hawser.ssh.Command;
import io.hawser.ssh.Script;
import io.hawser.ssh.ShellQuote;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A command as a text that can be kept on a host and run much later by any controller: with its
 * environment, its directory, who runs it and for how long.
 */
final class UndoScript {
  private static final Pattern HEAD = Pattern.compile("# hawser-undo 1 (root|login) ([0-9]+)\n");

  private UndoScript() {}

  /**
   * The text.
   *
   * @throws IllegalArgumentException if the command reads from standard input
   */
  static String of(Command command) {
    if (command.input().isPresent()) {
      throw new IllegalArgumentException(
          "the undo \"" + command + "\" reads input, which is not kept on a host");
    }
    StringBuilder text = new StringBuilder("# hawser-undo 1 ");
    text.append(command.asRoot() ? "root " : "login ");
    text.append(command.timeout().toSeconds()).append('\n');
    // One compound command: a shell that finds it cut runs nothing of it.
    text.append("{\n");
    for (Map.Entry<String, Secret> entry : command.env().entrySet()) {
      text.append(entry.getKey()).append('=').append(ShellQuote.quote(entry.getValue().reveal()));
      text.append("; export ").append(entry.getKey()).append('\n');
    }
    command
        .directory()
        .ifPresent(
            path -> text.append("cd -- ").append(ShellQuote.quote(path)).append(" || exit 126\n"));
    String words = command.words().stream().map(ShellQuote::quote).collect(Collectors.joining(" "));
    if (command.script().isPresent()) {
      text.append("set -- ").append(words).append('\n');
      text.append("eval ").append(ShellQuote.quote(command.script().get().text())).append('\n');
    } else {
      text.append("exec ").append(words).append('\n');
    }
    return text.append("}\n").toString();
  }

  /** A stored text as a command. */
  static Command command(String name, String text) {
    Command command = Command.script(Script.of(name, text));
    Matcher head = HEAD.matcher(text);
    if (!head.lookingAt()) {
      return command;
    }
    Command timed = command.withTimeout(Duration.ofSeconds(Long.parseLong(head.group(2))));
    return head.group(1).equals("root") ? timed : timed.asLoginUser();
  }

  /** A command that also sees the host's root, so that scripts can honour it. */
  static Command withRoot(Command command, String root) {
    if (root.equals("/") || command.env().containsKey("HAWSER_ROOT")) {
      return command;
    }
    return command.withEnv(ImmutableMap.of("HAWSER_ROOT", root));
  }
}
