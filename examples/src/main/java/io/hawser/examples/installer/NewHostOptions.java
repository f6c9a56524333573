package io.hawser.examples.installer;

import io.hawser.cluster.SshAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which hosts are meant, and how those are reached that no Clusterfile has yet. */
final class NewHostOptions {
  @Mixin private RoleLists lists = new RoleLists();

  @Option(
      names = {"-u", "--user"},
      paramLabel = "NAME",
      description = "the user to log in as; root by default, another one needs sudo")
  private @Nullable String user;

  @Option(names = "--port", paramLabel = "PORT", description = "the port of sshd; 22 by default")
  private @Nullable Integer port;

  @Option(
      names = {"-i", "--pk"},
      paramLabel = "FILE",
      description = "the private key; its path is saved, not the key")
  private @Nullable Path key;

  @Option(names = "--agent", description = "offer the keys of the ssh-agent, too")
  private boolean agent;

  @Option(
      names = "--save-password",
      description = "write password and passphrase to the Clusterfile; otherwise nobody keeps them")
  private boolean savePassword;

  NewHostOptions() {}

  RoleLists lists() {
    return lists;
  }

  boolean savesPassword() {
    return savePassword;
  }

  /**
   * How a host is reached, as the Clusterfile shall have it.
   *
   * @param common what holds where no option says otherwise
   */
  SshAccess saved(SshAccess common, LoginOptions login) {
    SshAccess.Builder access = common.toBuilder();
    if (user != null) {
      access.user(user);
    }
    if (port != null) {
      access.port(port);
    }
    if (key != null) {
      access.keyData(null).keyFile(key.toAbsolutePath().normalize().toString());
    }
    if (agent) {
      access.agent(true);
    }
    if (savePassword) {
      login.password().ifPresent(access::password);
      login.passphrase().ifPresent(access::passphrase);
    }
    return access.build();
  }

  /** Finds that there is nothing to log in with, before the first host says so. */
  static void check(SshAccess saved, LoginOptions login) {
    boolean some =
        saved.keyFile().isPresent()
            || saved.keyData().isPresent()
            || saved.agent()
            || saved.password().isPresent()
            || login.password().isPresent();
    if (!some) {
      throw new IllegalArgumentException(
          "nothing to log in with: give --pk FILE, --agent, --password-file FILE, --password-stdin"
              + " or --ask-password");
    }
    saved
        .keyFile()
        .filter(file -> !Files.isReadable(Path.of(file)))
        .ifPresent(
            file -> {
              throw new IllegalArgumentException(
                  "--pk " + file + ": there is no such file, or it may not be read");
            });
  }
}
