package io.hawser.host;

import com.google.common.collect.ImmutableList;
import io.hawser.Secret;
import io.hawser.cluster.SecretNames;
import io.hawser.ssh.Command;
import io.hawser.ssh.Script;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * A command that a run would have a host execute, word for word. Plain data, serialisable; of the
 * environment only the names, and where the value of a variable that is called like a secret stands
 * in the words or the script it is stars. A script's text is shown otherwise: what is secret
 * belongs into the environment.
 *
 * @param command program and arguments as {@link Command#toString()} gives them; of a script its
 *     name and arguments
 * @param script the text of the script; empty for a program
 * @param directory the directory it runs in; empty for that of the login
 * @param envNames the names of its environment variables, sorted
 * @param asRoot whether it runs as root
 */
public record PlannedCommand(
    String command, String script, String directory, List<String> envNames, boolean asRoot)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Shorter values stand in other words by chance. */
  private static final int SHORTEST_HIDDEN = 4;

  /** Copies the names. */
  public PlannedCommand {
    envNames = ImmutableList.copyOf(envNames);
  }

  static PlannedCommand of(Command command) {
    return new PlannedCommand(
        hidden(command.toString(), command),
        hidden(command.script().map(Script::text).orElse(""), command),
        command.directory().orElse(""),
        ImmutableList.sortedCopyOf(command.env().keySet()),
        command.asRoot());
  }

  /** What the agent has systemd do. */
  static PlannedCommand systemctl(String... words) {
    String command = "systemctl " + String.join(" ", words);
    return new PlannedCommand(command, "", "", ImmutableList.of(), true);
  }

  /** A text about a command, with stars for what its environment calls secret. */
  static String hidden(String text, Command command) {
    String shown = text;
    for (Map.Entry<String, Secret> entry : command.env().entrySet()) {
      String value = entry.getValue().reveal();
      if (value.length() >= SHORTEST_HIDDEN && SecretNames.hides(entry.getKey(), value)) {
        shown = shown.replace(value, entry.getValue().toString());
      }
    }
    return shown;
  }
}
