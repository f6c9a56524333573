package io.hawser.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The contract against the embedded server. */
class EmbeddedSshContractTest extends SshContract implements SshSudoContract {
  /** Does as much of sudo as a client asks for. */
  private static final String SUDO =
      """
      #!/bin/sh
      while [ $# -gt 0 ]; do
        case $1 in
          --) shift; break ;;
          -p) shift 2 ;;
          -*) shift ;;
          *) break ;;
        esac
      done
      SUDO=sudo exec "$@"
      """;

  @Override
  SshTarget startTarget() {
    return new EmbeddedTarget("root", programs());
  }

  private Path programs() {
    return temp.resolve("programs");
  }

  @Override
  public SshSubject sudoSubject() throws IOException {
    Files.createDirectories(programs());
    sudo(SUDO);
    return new NetworkSubject(
        new EmbeddedTarget("deploy", programs()), Files.createDirectories(temp.resolve("sudo")));
  }

  @Override
  public void refuseSudo(SshSubject refused) throws IOException {
    sudo("#!/bin/sh\necho 'deploy is not in the sudoers file.' >&2\nexit 1\n");
  }

  private void sudo(String text) throws IOException {
    Path file = Files.writeString(programs().resolve("sudo"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
