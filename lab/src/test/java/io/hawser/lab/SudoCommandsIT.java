package io.hawser.lab;

import static io.hawser.lab.SudoSteps.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.CancelledException;
import io.hawser.cluster.Host;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.RealHosts;
import io.hawser.lab.hosts.SudoUsers;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Exit;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands of a sudo user read, print and leave behind, on a real host. */
@RealHosts(1)
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SudoCommandsIT {
  private static final String WITH_TERMINAL = "/usr/local/bin/with-terminal";
  private static final String BUSYBOX = "/usr/local/bin/ash";

  /** Ways to run a command, by what stands between the login and it. */
  private enum Way {
    PLAIN("/bin/bash", null),
    SUDO("/bin/bash", "USER ALL=(root) ALL"),
    SUDO_WITHOUT_PASSWORD("/bin/bash", "USER ALL=(root) NOPASSWD: ALL"),
    SUDO_WITH_PTY(WITH_TERMINAL, "Defaults:USER use_pty\nUSER ALL=(root) ALL"),
    SUDO_WITH_LOG(WITH_TERMINAL, "Defaults:USER use_pty, log_output\nUSER ALL=(root) ALL");

    private final String shell;
    private final @Nullable String sudoers;

    Way(String shell, @Nullable String sudoers) {
      this.shell = shell;
      this.sudoers = sudoers;
    }
  }

  private final Lab lab;
  private SudoUsers users;
  private SudoSteps steps;

  SudoCommandsIT(Lab lab) {
    this.lab = lab;
  }

  @BeforeAll
  void openDoors(@TempDir Path directory) throws IOException {
    users = new SudoUsers(lab, directory);
    steps = new SudoSteps(lab, users);
    users.install(Path.of("src/test/resources/with-terminal.py"), WITH_TERMINAL);
    lab.on(1, "ln -s /bin/busybox " + BUSYBOX).ok();
  }

  @AfterAll
  void closeDoors() throws IOException {
    users.close();
  }

  @ParameterizedTest(name = "C12 C8 a sudo user may have the login shell {0}")
  @ValueSource(
      strings = {
        "/bin/bash",
        "/bin/dash",
        "/bin/zsh",
        "/usr/bin/fish",
        "/bin/csh",
        "/bin/ksh",
        BUSYBOX
      })
  void aSudoUserMayHaveTheLoginShell(String shell) {
    String user = users.make(shell, "pw", "USER ALL=(root) ALL");
    steps.assertRunsAsRoot(user, "pw");
    SshException wrong = steps.failure(user, "other");
    assertThat(wrong.reason()).isEqualTo(Reason.SUDO_WRONG_PASSWORD);
  }

  @ParameterizedTest(name = "C12 the login shell {0} is refused with its words, not blamed on sudo")
  @ValueSource(strings = {"/usr/sbin/nologin", "/bin/rbash", "/bin/false"})
  void aShellThatRunsNothingIsRefused(String shell) {
    String user = users.make(shell, "pw", "USER ALL=(root) NOPASSWD: ALL");
    SshException failure = steps.failure(user, "pw");
    assertThat(failure.reason()).isEqualTo(Reason.LINK);
    assertThat(failure).hasMessageContaining("Hawser needs a login shell that can run /bin/sh");
    if (!shell.endsWith("false")) {
      assertThat(failure).hasMessageMatching(".*it printed: .*(not available|restricted).*");
    }
  }

  @ParameterizedTest(name = "C8 C2 C3 bytes, both streams and the status are exact: {0}")
  @EnumSource(Way.class)
  void bytesStreamsAndTheStatusAreExact(Way way) {
    String user = make(way);
    byte[] bytes = new byte[5_000_001];
    new Random(8).nextBytes(bytes);
    Command command = script("cat; head -c 100000 /dev/zero >&2; exit 77");
    CommandResult result =
        run(way, user, command.withInput(out -> out.write(bytes)).withCapture(6_000_000));
    assertThat(result.stdoutBytes()).isEqualTo(bytes);
    assertThat(result.stderrBytes()).isEqualTo(new byte[100_000]);
    assertThat(result.exitCode()).isEqualTo(77);
    // With a terminal of its own there are two sudos, of which one watches the command there.
    String above = "ps -o comm= -p $PPID -p $(ps -o ppid= -p $PPID)";
    long sudos = run(way, user, script(above)).lines().stream().filter("sudo"::equals).count();
    assertThat(sudos).isEqualTo(way == Way.PLAIN ? 0 : way.shell.equals(WITH_TERMINAL) ? 2 : 1);
    assertThat(run(way, user, script("kill -9 $$")).exit())
        .isNotEqualTo(new Exit.Exited(0))
        .isNotInstanceOf(Exit.Lost.class);
  }

  @ParameterizedTest(name = "C9 C6 a script that prints every prompt there is gets nothing: {0}")
  @EnumSource(Way.class)
  void aScriptThatPrintsPromptsGetsNothing(Way way) {
    String user = make(way);
    String prompts =
        """
        ask=$(cat /proc/[0-9]*/cmdline | tr '\\0' '\\n' | grep '^HAWSER-ask' | head -n 1)
        for prompt in '[sudo] password for USER: ' 'Password: ' 'HAWSER-ask-12:' "$ask"; do
          printf '%s' "$prompt"
          printf '%s' "$prompt" >&2
        done
        while IFS= read -r line; do echo "got $line"; done
        """
            .replace("USER", user);
    CommandResult result = run(way, user, script(prompts));
    assertThat(result.stdout()).endsWith(":").doesNotContain("got");
    if (way == Way.SUDO) {
      assertThat(result.stdout()).containsPattern("HAWSER-ask-[0-9a-f]{32}:");
    }
    assertThat(run(way, user, script(prompts).withInput("canary\n")).stdout())
        .endsWith(":got canary\n");
  }

  @Test
  @DisplayName(
      "C9 C11 an rc file that prints every prompt, ours included, before sudo gets nothing")
  void anRcFileThatPrintsPromptsGetsNothing() {
    String user = users.make("/bin/bash", "pw", "USER ALL=(root) ALL");
    String rc =
        """
        ask=$(tr ' \\0' '\\n\\n' </proc/$$/cmdline | grep '^HAWSER-ask' | head -n 1)
        printf '%s' "[sudo] password for $USER: " "Password: " "$ask" >&2
        printf '%s' "[sudo] password for $USER: " "Password: " "$ask"
        echo "$ask" >~/asked
        IFS= read -r -t 1 line
        echo "got <$line>" >>~/asked
        """;
    users.rc(user, ".bashrc", rc);
    steps.assertRunsAsRoot(user, "pw");
    assertThat(lab.on(1, "cat /home/" + user + "/asked").ok().output())
        .matches("HAWSER-ask-[0-9a-f]{32}:\ngot <>\n");
  }

  @Test
  @DisplayName("C10 calls are independent: one goes on while others give the password anew")
  void callsAreIndependent() throws Exception {
    String user =
        users.make("/bin/bash", "pw", "Defaults:USER timestamp_timeout=0", "USER ALL=(root) ALL");
    Command slow = script("echo up; until [ -e /run/go-on ]; do sleep 0.1; done; id -u");
    RunningCommand running = new RunningCommand(users.client(), users.host(user, "pw"), slow);
    steps.assertRunsAsRoot(user, "pw");
    assertThat(steps.failure(user, "other").reason()).isEqualTo(Reason.SUDO_WRONG_PASSWORD);
    steps.assertRunsAsRoot(user, "pw");
    lab.on(1, "touch /run/go-on").ok();
    assertThat(running.result().stdout()).isEqualTo("up\n0\n");
  }

  @ParameterizedTest(name = "C7 F15 an interrupt ends the session, and names what left it: {0}")
  @EnumSource(
      value = Way.class,
      names = {"PLAIN", "SUDO", "SUDO_WITH_PTY", "SUDO_WITH_LOG"})
  void anInterruptEndsTheSession(Way way) throws Exception {
    String user = make(way);
    RunningCommand call =
        new RunningCommand(users.client(), host(way, user), as(way, family(user)));
    long before = System.nanoTime();
    call.interrupt();
    Throwable failure =
        catchThrowableOfType(ExecutionException.class, () -> call.result()).getCause();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    assertThat(failure).isInstanceOf(CancelledException.class);
    assertThat(failure)
        .hasMessageContaining("have left its session")
        .hasMessageContaining(" sleep");
    assertOnlyTheEscapedAreLeft(user);
  }

  @ParameterizedTest(name = "C4 C7 a time limit ends the session: {0}")
  @EnumSource(
      value = Way.class,
      names = {"SUDO_WITHOUT_PASSWORD", "SUDO_WITH_PTY"})
  void aTimeLimitEndsTheSession(Way way) {
    String user = make(way);
    CommandResult result = run(way, user, family(user).withTimeout(Duration.ofSeconds(1)));
    assertThat(result.exit()).isInstanceOf(Exit.TimedOut.class);
    assertThat(result.took()).isLessThan(Duration.ofSeconds(6));
    assertOnlyTheEscapedAreLeft(user);
  }

  /** A family of which one ignores TERM, one is orphaned, and two leave the session. */
  private static Command family(String user) {
    return script(
        "sh -c \"trap '' TERM; while :; do /bin/sleep 61; done\" stubborn-$1 &\n"
            + "(sh -c '/bin/sleep 62; :' orphan-$1 &)\n"
            + "setsid sh -c '/bin/sleep 63; :' escaped-$1 &\n"
            + "(setsid sh -c '/bin/sleep 64; :' escaped-$1 &)\n"
            + "until [ \"$(pgrep -cf \"^sh -c .*-$1\")\" = 4 ]; do /bin/sleep 0.05; done\n"
            + "echo up; /bin/sleep 65; :",
        user);
  }

  private void assertOnlyTheEscapedAreLeft(String user) {
    String left =
        lab.on(
                1,
                "for i in $(seq 40); do"
                    + " pgrep -f '[H]AWSER-|(stubborn|orphan)-"
                    + user
                    + "$|^/bin/sleep 6[125]' >/dev/null || break; sleep 0.05; done\n"
                    + "pgrep -af '[H]AWSER-|(stubborn|orphan)-"
                    + user
                    + "$|^/bin/sleep 6[125]' || true\n"
                    + "pkill -cf '[e]scaped-"
                    + user
                    + "$'; pkill -f '^/bin/sleep 6[34]'")
            .output();
    assertThat(left).isEqualTo("2\n");
  }

  private String make(Way way) {
    return way.sudoers == null
        ? users.make(way.shell, "pw")
        : users.make(way.shell, "pw", way.sudoers);
  }

  private CommandResult run(Way way, String user, Command command) {
    return users.client().run(host(way, user), as(way, command));
  }

  private Host host(Way way, String user) {
    return users.host(user, way == Way.SUDO_WITHOUT_PASSWORD ? null : "pw");
  }

  private static Command as(Way way, Command command) {
    return way == Way.PLAIN ? command.asLoginUser() : command;
  }
}
