package io.hawser.ssh.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Secret;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.Command;
import io.hawser.ssh.Script;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The wire form run by this machine's own shell, with a sudo that shows how it was called. */
@Timeout(20)
class WireCommandTest {
  @TempDir Path directory;

  @Test
  @DisplayName("C8 root and the login user need no sudo")
  void rootAndTheLoginUserNeedNoSudo() {
    WireCommand root = new WireCommand(host("root", "pw"), Command.of("id"));
    WireCommand same = new WireCommand(host("deploy", "pw"), Command.of("id").asLoginUser());
    for (WireCommand wire : new WireCommand[] {root, same}) {
      assertThat(wire.sudo()).isFalse();
      assertThat(wire.sudoPassword()).isNull();
      assertThat(line(wire)).startsWith("exec /bin/sh -c '").doesNotContain("sudo");
    }
  }

  @Test
  @DisplayName("C8 sudo with a password gets its own random prompt, without one it must not ask")
  void sudoGetsItsOwnRandomPrompt() {
    WireCommand with = new WireCommand(host("deploy", "pw"), Command.of("id"));
    assertThat(with.sudo()).isTrue();
    assertThat(with.sudoPassword()).isEqualTo(Secret.of("pw"));
    assertThat(with.ask()).matches("HAWSER-ask-[0-9a-f]{32}:");
    assertThat(line(with))
        .contains("; exec sudo -k -S -p " + with.ask() + " -- /bin/sh -c ")
        .doesNotContain("pw");
    WireCommand without = new WireCommand(host("deploy", null), Command.of("id"));
    assertThat(without.sudo()).isTrue();
    assertThat(without.sudoPassword()).isNull();
    assertThat(line(without)).contains("; exec sudo -k -n -- /bin/sh -c ").doesNotContain("-S");
    assertThat(with.ask()).isNotEqualTo(without.ask());
    assertThat(with.marker()).isNotEqualTo(without.marker());
  }

  @Test
  @DisplayName("C12 the line means the same to every shell: it has no word that one could expand")
  void theLineHasNothingThatAShellCouldExpand() {
    for (String password : new String[] {"pw", null}) {
      String line = line(new WireCommand(host("deploy", password), Command.of("it's")));
      assertThat(line).doesNotContain("\n", "\t", "\\", "!", "it's");
      assertThat(line.chars().filter(c -> c == '\'').count()).isEqualTo(4);
      assertThat(line.replaceAll("'[^']*'", "")).isEqualTo("exec /bin/sh -c  ");
    }
  }

  @Test
  @DisplayName("C9 what was printed before sudo was started is not sudo's, our prompt included")
  void whatWasPrintedBeforeIsNotSudos() throws Exception {
    WireCommand wire = new WireCommand(host("deploy", "pw"), Command.of("id"));
    assertThat(wire.saidBySudo("[sudo] password for deploy: " + wire.ask())).isEmpty();
    String said = run(wire, "echo a message >&2; exit 1", "").err();
    assertThat(wire.saidBySudo("motd " + wire.ask() + said)).hasValue("\na message\n");
  }

  @Test
  @DisplayName("C8 C10 sudo speaks the locale C; the command's environment does not come from it")
  void sudoSpeaksTheLocaleC() throws Exception {
    Command command =
        Command.script(Script.of("t", "echo \"$LC_ALL|$A|$1|$_n|$PWD\"; cat; echo e >&2"), "x\ny")
            .withEnv(Map.of("A", "'\n$B"))
            .withDirectory(directory.toString())
            .withInput("in");
    WireCommand wire = new WireCommand(host("deploy", "pw"), command);
    String sudo =
        "printf %s \"$LC_ALL\" >lc; printf '%s\\n' \"$@\" >args; unset LC_ALL\n"
            + "while [ \"$1\" != -- ]; do shift; done; shift; exec \"$@\"";
    Outcome outcome = run(wire, sudo, "in");
    assertThat(Files.readString(directory.resolve("lc"))).isEqualTo("C");
    assertThat(Files.readString(directory.resolve("args")))
        .startsWith("-k\n-S\n-p\n" + wire.ask() + "\n--\n/bin/sh\n-c\numask 022; ");
    String[] parts = outcome.out().split("\n", 2);
    assertThat(parts[0]).matches(wire.marker() + ":[0-9]+");
    assertThat(wire.pid(parts[0])).matches("[0-9]+");
    assertThat(parts[1]).isEqualTo("C|'\n$B|x\ny||" + directory.toRealPath() + "\nin");
    assertThat(outcome.err()).endsWith("\n" + wire.marker() + "\ne\n");
  }

  @Test
  @DisplayName("C6 C14 without input the command reads an end; without its directory it is not run")
  void withoutInputTheCommandReadsAnEnd() throws Exception {
    WireCommand reads = new WireCommand(host("root", null), Command.of("cat"));
    Outcome read = run(reads, "", "not for the command\n");
    assertThat(read.out()).matches(reads.marker() + ":[0-9]+\n");
    assertThat(read.status()).isZero();
    Command elsewhere = Command.of("echo", "ran").withDirectory(directory.resolve("none") + "");
    Outcome refused = run(new WireCommand(host("root", null), elsewhere), "", "");
    assertThat(refused.status()).isEqualTo(126);
    assertThat(refused.out()).doesNotContain("ran");
  }

  @Test
  @DisplayName("C7 what the command starts carries the word in its environment")
  void whatTheCommandStartsCarriesTheWord() throws Exception {
    WireCommand wire =
        new WireCommand(host("root", null), Command.of("printenv", "HAWSER_COMMAND"));
    assertThat(run(wire, "", "").out()).endsWith("\n" + wire.word() + "\n");
    assertThat(line(wire)).contains(wire.word());
  }

  /** What came of a line. */
  private record Outcome(int status, String out, String err) {}

  private Outcome run(WireCommand wire, String sudo, String input) throws Exception {
    Path program = Files.writeString(directory.resolve("sudo"), "#!/bin/sh\n" + sudo);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", line(wire));
    builder.environment().put("PATH", directory + ":" + System.getenv("PATH"));
    builder.environment().put("LC_ALL", "de_DE.UTF-8");
    builder.directory(directory.toFile());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    Process process = builder.start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(wire.prologue());
      stdin.write(input.getBytes(UTF_8));
    } catch (IOException e) {
      // A command need not read its input.
    }
    assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private static String line(WireCommand wire) {
    return new String(wire.line(), UTF_8);
  }

  private static Host host(String user, @Nullable String password) {
    SshAccess access =
        SshAccess.builder()
            .user(user)
            .password(password == null ? null : Secret.of(password))
            .build();
    return Host.at("10.0.0.7").ssh(access).build();
  }
}
