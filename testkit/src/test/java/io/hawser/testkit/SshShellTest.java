package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.Secret;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Exit;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.Script;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import io.hawser.ssh.jsch.SshClients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands between the login and the command: login shells, their rc files, and sudo. */
@Timeout(60)
class SshShellTest {
  @TempDir Path temp;

  @ParameterizedTest(name = "C12 the command line means the same to {0}")
  @ValueSource(
      strings = {
        "/bin/sh",
        "/bin/bash",
        "/bin/dash",
        "/bin/zsh",
        "/usr/bin/fish",
        "/bin/csh",
        "/bin/ksh"
      })
  void theCommandLineMeansTheSameToEveryLoginShell(String shell) {
    assumeTrue(Files.isExecutable(Path.of(shell)), shell + " is not installed");
    try (EmbeddedSshServer server = server("root", shell);
        SshClient client = client(server)) {
      List<String> words = new ArrayList<>(List.of("printf", "<%s>"));
      words.addAll(Nasty.TEXTS.subList(0, 34));
      CommandResult result =
          client.run(host(server, "root", "pw"), Command.of(words).withEnv(Map.of("A", "'")));
      assertThat(result.stdout()).isEqualTo("<" + String.join("><", words.subList(2, 36)) + ">");
      assertThat(result.stderr()).isEmpty();
    }
  }

  @ParameterizedTest(name = "C11 {0} bytes of noise from rc files are not the command''s output")
  @ValueSource(ints = {0, 10, 1_000_000})
  void noiseOfRcFilesIsNotTheCommandsOutput(int bytes) throws Exception {
    String noise = "head -c " + bytes + " /dev/zero | tr '\\0' n\n";
    Path shell = program("noisy", noise + noise.strip() + " >&2\nexec /bin/sh \"$@\"\n");
    try (EmbeddedSshServer server = server("root", shell.toString());
        SshClient client = client(server)) {
      CommandResult result =
          client.run(host(server, "root", "pw"), script("echo out; echo err >&2"));
      assertThat(result.stdout()).isEqualTo("out\n");
      assertThat(result.stderr()).isEqualTo("err\n");
    }
  }

  @Test
  @DisplayName("C11 C12 a login shell that ends is an error with its words, not an exit status")
  void aLoginShellThatEndsIsAnError() throws Exception {
    Path shell = program("nologin", "echo This account is not available.\nexit 1\n");
    try (EmbeddedSshServer server = server("root", shell.toString());
        SshClient client = client(server)) {
      SshException failure = SshSteps.fail(client, host(server, "root", "pw"));
      assertThat(failure.reason()).isEqualTo(Reason.LINK);
      assertThat(failure).hasMessageContaining("This account is not available.");
    }
  }

  @Test
  @DisplayName("C8 sudo gets the password once, at its prompt, and the command keeps its input")
  void sudoGetsThePasswordOnceAtItsPrompt() throws Exception {
    try (EmbeddedSshServer server = serverWithSudo("pw");
        SshClient client = client(server)) {
      CommandResult result =
          client.run(
              host(server, "deploy", "pw"),
              script("cat; echo $A").withInput("in\n").withEnv(Map.of("A", "b c")));
      assertThat(result.stdout()).isEqualTo("in\nb c\n");
      assertThat(result.stderr()).isEmpty();
      assertThat(temp.resolve("asked")).hasContent("1");
      assertThat(client.run(host(server, "deploy", "pw"), script("echo x").asLoginUser()).stdout())
          .isEqualTo("x\n");
      assertThat(temp.resolve("asked")).hasContent("1");
    }
  }

  @Test
  @DisplayName("C8 a wrong sudo password is typed, offered once, and nothing runs")
  void aWrongSudoPasswordIsTyped() throws Exception {
    try (EmbeddedSshServer server = serverWithSudo("other");
        SshClient client = client(server)) {
      SshException failure = failure(client, host(server, "deploy", "pw"));
      assertThat(failure.reason()).isEqualTo(Reason.SUDO_WRONG_PASSWORD);
      assertThat(failure).hasMessageContaining("did not take the password of user deploy");
      assertThat(temp.resolve("ran")).doesNotExist();
    }
  }

  @Test
  @DisplayName("C8 a missing sudo is typed")
  void aMissingSudoIsTyped() throws Exception {
    program("sudo", "echo sudo: command not found >&2; exit 127\n");
    try (EmbeddedSshServer server = server("deploy", "/bin/sh");
        SshClient client = client(server)) {
      SshException failure = failure(client, host(server, "deploy", "pw"));
      assertThat(failure.reason()).isEqualTo(Reason.SUDO_MISSING);
      assertThat(failure).hasMessageContaining("command not found");
    }
  }

  @Test
  @DisplayName("C8 C4 with the machine's own sudo a command runs, and is ended at its limit")
  void withRealSudoACommandIsEndedAtItsLimit() throws Exception {
    boolean works =
        Files.isExecutable(Path.of("/usr/bin/sudo"))
            && new ProcessBuilder("/usr/bin/sudo", "-n", "true").start().waitFor() == 0;
    assumeTrue(works, "sudo without a password does not work here");
    TestKey key = new TestKey();
    Path pid = temp.resolve("pid");
    try (EmbeddedSshServer server =
            EmbeddedSshServer.builder()
                .address("127.0.0.14")
                .user("deploy")
                .authorizedKey(key.publicKey())
                .start();
        SshClient client = client(server)) {
      SshAccess access =
          SshAccess.builder().user("deploy").port(server.port()).keyData(key.privateText()).build();
      Host host = Host.at(server.address()).ssh(access).build();
      assertThat(client.run(host, script("echo $SUDO_USER$1; cat", "!").withInput("in")).stdout())
          .endsWith("!\nin")
          .hasSizeGreaterThan(4);
      Command hangs = script("echo $$ >\"$1\"; sleep 60 & sleep 60", pid.toString());
      CommandResult result = client.run(host, hangs.withTimeout(Duration.ofSeconds(1)));
      assertThat(result.exit()).isInstanceOf(Exit.TimedOut.class);
      assertThat(Path.of("/proc", Files.readString(pid).strip())).doesNotExist();
    }
  }

  @Test
  @DisplayName("C9 a script that prints a prompt of sudo's is sent nothing")
  void aScriptThatPrintsAPromptIsSentNothing() {
    try (EmbeddedSshServer server = server("root", "/bin/sh");
        SshClient client = client(server)) {
      CommandResult result =
          client.run(
              host(server, "root", "pw"),
              script("echo '[sudo] password for root: ' >&2; read -r x; echo \"got $x\""));
      assertThat(result.stdout()).isEqualTo("got \n");
    }
  }

  @Test
  @DisplayName("F16 a listener that throws does not break the run")
  void aListenerThatThrowsDoesNotBreakTheRun() {
    try (EmbeddedSshServer server = server("root", "/bin/sh");
        SshClient client = client(server)) {
      List<String> heard = new ArrayList<>();
      CommandResult result =
          client.run(
              host(server, "root", "pw"),
              script("echo one; echo two >&2; printf three"),
              (line, error) -> {
                heard.add(line);
                throw new AssertionError("from the listener");
              });
      assertThat(result.exitCode()).isZero();
      assertThat(heard).containsExactlyInAnyOrder("one", "two", "three");
    }
  }

  private SshException failure(SshClient client, Host host) {
    return catchThrowableOfType(
        SshException.class,
        () -> client.run(host, script("touch \"$1\"", temp.resolve("ran").toString())));
  }

  private EmbeddedSshServer serverWithSudo(String password) throws Exception {
    program(
        "sudo",
        """
        while [ $# -gt 0 ]; do
          case $1 in
            -k | -S) shift ;;
            -p) prompt=$2; shift 2 ;;
            --) shift; break ;;
            *) echo "sudo: $1?" >&2; exit 1 ;;
          esac
        done
        echo 'We trust you have received the usual lecture.' >&2
        for try in 1 2 3; do
          printf %%s "$prompt" >&2
          IFS= read -r word || exit 1
          printf 1 >>'%s/asked'
          [ "$word" = '%s' ] && exec "$@"
          echo 'Sorry, try again.' >&2
        done
        exit 1
        """
            .formatted(temp, password));
    return server("deploy", "/bin/sh");
  }

  private EmbeddedSshServer server(String user, String shell) {
    return EmbeddedSshServer.builder()
        .address("127.0.0.14")
        .user(user)
        .password(Secret.of("pw"))
        .path(temp)
        .shell(shell)
        .directory(temp)
        .start();
  }

  private SshClient client(EmbeddedSshServer server) {
    return SshClients.jsch()
        .hostKeys(HostKeyPolicy.acceptNew(temp.resolve("known_hosts" + server.port())))
        .build();
  }

  private static Host host(EmbeddedSshServer server, String user, String password) {
    SshAccess access =
        SshAccess.builder().user(user).port(server.port()).password(Secret.of(password)).build();
    return Host.at(server.address()).ssh(access).build();
  }

  private static Command script(String text, String... arguments) {
    return Command.script(Script.of("test", text), arguments);
  }

  private Path program(String name, String text) throws Exception {
    Path file = Files.writeString(temp.resolve(name), "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }
}
