package io.hawser.examples.installer;

import io.hawser.Secret;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The secrets with which to log in where the Clusterfile has none. They are read from files, from
 * stdin or from a person, never from the arguments, which every user of the machine can see.
 */
final class LoginOptions {
  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "a file with the password, for hosts for which the Clusterfile has none")
  private @Nullable Path passwordFile;

  @Option(names = "--password-stdin", description = "the password comes from stdin")
  private boolean passwordStdin;

  @Option(names = "--ask-password", description = "ask for the password on the terminal")
  private boolean askPassword;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "a file with the passphrase of the private key")
  private @Nullable Path passphraseFile;

  @Option(
      names = {"-p", "--passwd"},
      paramLabel = "PASSWORD",
      hidden = true,
      description = "refused: use --password-file, --password-stdin or --ask-password")
  private @Nullable String passwd;

  private @Nullable Secret password;
  private @Nullable Secret passphrase;

  LoginOptions() {}

  /**
   * Reads the secrets that were asked for.
   *
   * @throws IllegalArgumentException if one cannot be had
   */
  void read(Terminal terminal, PrintWriter err) {
    if (passwd != null) {
      throw new IllegalArgumentException(
          "a password in the arguments can be seen by every user of this machine: give"
              + " --password-file, --password-stdin or --ask-password, and change that one");
    }
    int ways = (passwordFile != null ? 1 : 0) + (passwordStdin ? 1 : 0) + (askPassword ? 1 : 0);
    if (ways > 1) {
      throw new IllegalArgumentException(
          "give one of --password-file, --password-stdin and --ask-password");
    }
    if (passwordFile != null) {
      password = fromFile("--password-file", passwordFile);
    } else if (passwordStdin) {
      password = fromStdin(terminal);
    } else if (askPassword) {
      password = ask(terminal, err);
    }
    if (passphraseFile != null) {
      passphrase = fromFile("--passphrase-file", passphraseFile);
    }
  }

  private static Secret fromFile(String option, Path file) {
    try {
      return firstLine(option, Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalArgumentException(option + ": " + file + " cannot be read as text", e);
    }
  }

  private static Secret fromStdin(Terminal terminal) {
    try {
      return firstLine("--password-stdin", terminal.input());
    } catch (IOException e) {
      throw new IllegalArgumentException("--password-stdin: stdin cannot be read", e);
    }
  }

  private static Secret ask(Terminal terminal, PrintWriter err) {
    if (!terminal.isInteractive()) {
      throw new IllegalArgumentException(
          "--ask-password needs a terminal; give --password-file or --password-stdin");
    }
    err.print("password of the hosts: ");
    err.flush();
    return terminal.hiddenLine();
  }

  /** An editor ends the line; what comes then is no password. */
  private static Secret firstLine(String option, String text) {
    String line = text.lines().findFirst().orElse("");
    if (line.isEmpty() || text.lines().count() > 1) {
      throw new IllegalArgumentException(
          option + ": there is not exactly one line with a password");
    }
    return Secret.of(line);
  }

  /** The password that was given. */
  Optional<Secret> password() {
    return Optional.ofNullable(password);
  }

  /** The passphrase that was given. */
  Optional<Secret> passphrase() {
    return Optional.ofNullable(passphrase);
  }

  /** The cluster with these secrets for every host that has none of its own. */
  Cluster into(Cluster cluster) {
    return password == null && passphrase == null ? cluster : cluster.withHosts(this::into);
  }

  private Host into(Host host) {
    SshAccess own = host.ssh();
    SshAccess.Builder access = own.toBuilder();
    if (own.password().isEmpty()) {
      access.password(password);
    }
    if (own.passphrase().isEmpty()) {
      access.passphrase(passphrase);
    }
    return host.toBuilder().ssh(access.build()).build();
  }
}
