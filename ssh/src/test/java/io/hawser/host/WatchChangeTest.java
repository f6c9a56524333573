package io.hawser.host;

import static io.hawser.host.HostChange.Outcome.CHANGED;
import static io.hawser.host.HostChange.Outcome.FAILED;
import static io.hawser.host.HostChange.Outcome.KEPT;
import static io.hawser.host.HostChange.Outcome.SAME;
import static io.hawser.host.Watched.Group.PROGRAM;
import static io.hawser.host.Watched.Group.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.ssh.Command;
import io.hawser.ssh.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts change beside Hawser comes back, with the tools of GNU and those of busybox. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class WatchChangeTest {
  private static final WatchChange WATCH =
      new WatchChange(
          "scripts",
          List.of(
              new Watched(SYSTEM, Watched.Kind.BLOCKS, "/etc/hosts"),
              new Watched(SYSTEM, Watched.Kind.FILE, "/etc/sysctl.conf"),
              new Watched(SYSTEM, Watched.Kind.SERVICE, "firewalld.service"),
              new Watched(PROGRAM, Watched.Kind.DIRECTORY, "/etc/containerd"),
              new Watched(PROGRAM, Watched.Kind.FILE, "/etc/crictl.yaml"),
              new Watched(PROGRAM, Watched.Kind.FILE, "/etc/link")));

  private static final String INIT =
      """
      cd "$HAWSER_ROOT/etc" || exit 1
      echo '::1 localhost' >>hosts
      echo 'a = 1 # sealos' >>sysctl.conf
      mkdir -p containerd/certs.d/made
      echo ours >containerd/config.toml
      echo x >containerd/certs.d/made/hosts.toml
      echo x >crictl.yaml
      rm -f link && echo file >link
      systemctl stop firewalld.service
      systemctl disable firewalld.service
      """;

  private static final String CLEAN =
      """
      cd "$HAWSER_ROOT/etc" || exit 1
      sed -i '/# sealos/d' sysctl.conf
      rm -rf containerd/certs.d/made
      rm -f containerd/config.toml
      """;

  private final TestHost host;
  private final Map<String, String> bare;

  WatchChangeTest(boolean busybox, @TempDir Path temp) throws IOException {
    host = new TestHost(temp, "/bin/sh");
    if (busybox) {
      host.withBusybox();
    }
    host.program("systemctl", UnitChangeTest.SYSTEMCTL);
    host.write("/etc/hosts", "127.0.0.1 localhost\n10.0.0.9 no end");
    host.write("/etc/sysctl.conf", "theirs = 1\n");
    host.write("/etc/containerd/config.toml", "theirs");
    Files.setPosixFilePermissions(
        host.path("/etc/containerd/config.toml"), PosixFilePermissions.fromString("rw-------"));
    Files.createSymbolicLink(host.path("/etc/link"), Path.of("nowhere at all"));
    host.write("/etc/systemd/system/firewalld.service", "x");
    Files.createDirectories(host.path("/etc/systemd/system/multi-user.target.wants"));
    Files.createSymbolicLink(
        host.path("/etc/systemd/system/multi-user.target.wants/firewalld.service"),
        host.path("/etc/systemd/system/firewalld.service"));
    host.write("/run/units/firewalld.service", "x");
    bare = host.snapshot();
  }

  private static CommandChange command(String script, String undo) {
    return new CommandChange(
        "init",
        Command.script(Script.of("init", script)),
        Command.script(Script.of("clean", undo)),
        Integer.toString(script.hashCode()));
  }

  private void run(HostChange... more) {
    assertThat(host.apply(WATCH)).containsExactly(CHANGED);
    assertThat(host.apply(more)).allMatch(CHANGED::equals);
    assertThat(host.apply(command(INIT, CLEAN))).containsExactly(CHANGED);
    assertThat(host.apply(WATCH)).containsExactly(SAME);
    assertThat(TestHost.outcomes(host.access.compare(List.of(WATCH)))).containsExactly(SAME);
  }

  private static String message(List<ChangeResult> results) {
    return results.get(results.size() - 1).message();
  }

  @Test
  void whatScriptsChangedComesBackAndIsNamed() throws IOException {
    run(new BlockChange("/etc/hosts", "c1", List.of("10.0.0.7 sealos.hub")));
    List<ChangeResult> results = host.access.undo(entry -> true);
    assertThat(TestHost.outcomes(results)).as(results.toString()).containsOnly(CHANGED);
    assertThat(message(results))
        .startsWith("as before:")
        .contains("/etc/hosts", "/etc/crictl.yaml", "/etc/link", "firewalld.service")
        .contains("/etc/containerd/config.toml")
        .doesNotContain("sysctl");
    assertThat(host.snapshot()).isEqualTo(bare);
    assertThat(host.undo()).isEmpty();
  }

  @Test
  void settingsOfTheSystemStayWhenThatIsAsked() throws IOException {
    run();
    List<ChangeResult> results =
        host.access.undo(entry -> true, Set.of(UndoOption.KEEP_SYSTEM_SETTINGS));
    assertThat(message(results)).contains("left as asked: /etc/hosts firewalld.service");
    assertThat(host.read("/etc/hosts")).endsWith("::1 localhost\n");
    assertThat(host.path("/run/units/firewalld.service")).doesNotExist();
    assertThat(host.path("/etc/crictl.yaml")).doesNotExist();
    assertThat(host.read("/etc/containerd/config.toml")).isEqualTo("theirs");
  }

  @Test
  void whatSomebodyElseChangedSinceStaysAndIsReported() throws IOException {
    run();
    host.write("/etc/crictl.yaml", "mine");
    host.write("/etc/containerd/certs.d/mine/hosts.toml", "mine");
    List<ChangeResult> results = host.access.undo(entry -> true);
    assertThat(results.get(results.size() - 1).outcome()).isEqualTo(KEPT);
    assertThat(message(results))
        .contains("changed by somebody else:")
        .contains("/etc/crictl.yaml", "/etc/containerd/certs.d/mine/hosts.toml")
        .contains("as before:");
    assertThat(host.read("/etc/crictl.yaml")).isEqualTo("mine");
    assertThat(host.read("/etc/containerd/certs.d/mine/hosts.toml")).isEqualTo("mine");
    assertThat(host.read("/etc/containerd/config.toml")).isEqualTo("theirs");
    assertThat(host.access.journal()).isEmpty();
  }

  @Test
  void whatChangedBetweenTwoScriptsAndBeforeTheCleanScriptIsNotTheirs() throws IOException {
    run();
    host.write("/etc/sysctl.conf", "theirs = 2\na = 1 # sealos\n");
    assertThat(host.undo()).endsWith(KEPT);
    assertThat(host.read("/etc/sysctl.conf")).isEqualTo("theirs = 2\n");
  }

  @Test
  void aScriptThatFailedOrDiedIsTakenBackToo() throws IOException {
    host.apply(WATCH);
    assertThat(host.apply(command(INIT + "exit 7\n", CLEAN))).containsExactly(FAILED);
    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  void nothingIsPutBackWhileTheCleanScriptFails() throws IOException {
    host.apply(WATCH);
    host.apply(command(INIT, "[ -e \"$HAWSER_ROOT/etc/now\" ] && " + CLEAN.strip()));
    List<ChangeResult> results = host.access.undo(entry -> true);
    assertThat(TestHost.outcomes(results)).containsExactly(FAILED, KEPT);
    assertThat(message(results)).contains("the undo of scripts comes first");
    assertThat(host.access.journal()).hasSize(2);
    host.write("/etc/now", "");
    assertThat(host.undo()).containsOnly(CHANGED);
    Files.delete(host.path("/etc/now"));
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  @DisplayName("F11 putting back what scripts changed may die at any step, the next undo ends it")
  void anUndoThatDiedIsFinishedByTheNext() throws IOException {
    boolean died = true;
    for (int k = 1; died; k++) {
      run();
      int step = k;
      host.shell.editScripts(
          text ->
              text.replace(
                  "judge() {",
                  "steps=0\njudge() { steps=$((steps + 1)); [ $steps -lt "
                      + step
                      + " ] || kill -9 $$;"));
      died = host.undo().contains(FAILED);
      host.shell.editScripts(text -> text);
      if (died) {
        assertThat(host.undo()).doesNotContain(KEPT, FAILED);
      }
      assertThat(host.snapshot()).as("died at %d", k).isEqualTo(bare);
    }
  }

  @Test
  void filesThatCleanScriptsDeletedWithTheirDirectoryComeBack() throws IOException {
    host.apply(WATCH);
    host.apply(command(INIT, "rm -rf \"$HAWSER_ROOT/etc/containerd\""));
    host.undo();
    assertThat(host.snapshot())
        .containsEntry("etc/containerd", bare.get("etc/containerd"))
        .containsEntry("etc/containerd/config.toml", bare.get("etc/containerd/config.toml"));
  }
}
