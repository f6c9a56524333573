package io.hawser.ssh.runner;

import io.hawser.Secret;
import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.Script;
import io.hawser.ssh.ShellQuote;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A command as it travels: a fixed line for the login shell, and one line for the POSIX shell that
 * this starts, sent over standard input.
 *
 * <p>The fixed line means the same to sh, bash, dash, zsh, csh and fish: one word in single quotes
 * without a quote, backslash, exclamation mark, tab or line end in it. All that varies or is secret
 * (environment, directory, arguments, script) is in the second line, so that it is neither read by
 * a login shell nor stands in an argument list. A {@code read} of a POSIX shell takes exactly one
 * line, so that the command's own input can follow; a line that is cut off is not run.
 */
final class WireCommand {
  /**
   * Tells on both streams that what follows is the command's own, whatever rc files printed before;
   * with its process id, which is also its process group, since sshd makes it a session leader. The
   * umask is the usual one of a server and not 077: the scripts of a rootfs write configuration
   * that other users' processes have to read.
   */
  private static final String WRAPPER =
      "umask 022; echo MARK:$$; echo MARK >&2; IFS=; set -f; read -r _hawser && eval $_hawser";

  private static final SecureRandom RANDOM = new SecureRandom();

  private final String word = nonce();
  private final String marker = "HAWSER-" + word;
  private final String gate = "HAWSER-sudo-" + nonce();
  private final String ask = "HAWSER-ask-" + nonce() + ":";
  private final Command command;
  private final @Nullable Secret sudoPassword;
  private final boolean sudo;

  WireCommand(Host host, Command command) {
    this.command = command;
    this.sudo = command.asRoot() && !host.ssh().user().equals("root");
    this.sudoPassword = sudo ? host.ssh().password().orElse(null) : null;
  }

  /** The line for the login shell. */
  byte[] line() {
    String wrapper = "'" + WRAPPER.replace("MARK", marker) + "'";
    return utf8("exec /bin/sh -c " + (sudo ? "'" + sudoLine() + "' " + wrapper : wrapper));
  }

  /**
   * Starts the shell that is its {@code $0} through sudo. The gate tells what sudo says from what
   * rc files said before; sudo's messages are read, so they must be in a known language. A password
   * that it remembers is not used: the next call could not count on it.
   */
  private String sudoLine() {
    return "LC_ALL=C; export LC_ALL; echo "
        + gate
        + " >&2; exec sudo -k "
        + (sudoPassword == null ? "-n" : "-S -p " + ask)
        + " -- /bin/sh -c \"$0\"";
  }

  /** Whether sudo stands in front; then nothing may be sent before the marker has come. */
  boolean sudo() {
    return sudo;
  }

  /** What sudo is to be told when it asks with {@link #ask()}. */
  @Nullable Secret sudoPassword() {
    return sudoPassword;
  }

  /** What sudo prints when it wants the password. */
  String ask() {
    return ask;
  }

  /**
   * What sudo, or the shell in its place, printed, as part of all that came before the marker.
   *
   * @return empty as long as the login shell has not got as far as sudo
   */
  Optional<String> saidBySudo(String said) {
    int start = said.indexOf(gate);
    return start < 0 ? Optional.empty() : Optional.of(said.substring(start + gate.length()));
  }

  /**
   * The text on each stream after which the command's own output starts; on stdout with its pid.
   */
  String marker() {
    return marker;
  }

  /** What all processes of the command carry, in their arguments or their environment. */
  String word() {
    return word;
  }

  /** The id of the POSIX shell, from the line of the marker. */
  String pid(String markerLine) {
    return markerLine.substring(markerLine.indexOf(':') + 1);
  }

  /** The line for the POSIX shell, with its line end. */
  byte[] prologue() {
    StringBuilder line = new StringBuilder("unset IFS _hawser; set +f; ");
    boolean lineEnds = holdsLineEnds();
    if (lineEnds) {
      // The line may not hold a line end: values do, as a variable. It costs a process.
      line.append("_n=$(printf '\\n_'); _n=${_n%_}; ");
    }
    String forget = lineEnds ? "unset _n;" : "";
    // sudo passes its own locale on; so that all commands see the same, it is set for all.
    line.append("export LC_ALL=C HAWSER_COMMAND=").append(word).append("; ");
    for (Map.Entry<String, Secret> entry : command.env().entrySet()) {
      line.append("export ").append(entry.getKey()).append('=');
      line.append(word(entry.getValue().reveal())).append("; ");
    }
    command
        .directory()
        .ifPresent(path -> line.append("cd ").append(word(path)).append(" || exit 126; "));
    line.append("set --");
    command.words().forEach(word -> line.append(' ').append(word(word)));
    line.append("; ");
    if (command.input().isEmpty()) {
      line.append("exec </dev/null; ");
    }
    if (command.script().isPresent()) {
      String text = command.script().get().text();
      // The word is expanded before it is run, so that the script does not see our variable.
      line.append("eval ").append(word(forget + text));
    } else {
      line.append(forget).append(" exec \"$@\"");
    }
    return utf8(line.append('\n').toString());
  }

  private boolean holdsLineEnds() {
    return Stream.of(
            command.words().stream(),
            command.env().values().stream().map(Secret::reveal),
            command.directory().stream(),
            command.script().stream().map(Script::text))
        .flatMap(texts -> texts)
        .anyMatch(text -> text.indexOf('\n') >= 0);
  }

  private static String word(String text) {
    return ShellQuote.quote(text).replace("\n", "'\"$_n\"'");
  }

  private static String nonce() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
