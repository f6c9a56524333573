package io.hawser.host;

import static io.hawser.host.HostChange.Outcome.CHANGED;
import static io.hawser.host.HostChange.Outcome.FAILED;
import static io.hawser.host.HostChange.Outcome.SAME;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * In /bin/sh; with {@code -Dhawser.long=true} in all shells of this machine. In every build {@link
 * EveryShellTest} runs a part of it in the others.
 */
@ParameterizedClass
@MethodSource("io.hawser.host.LocalShell#shells")
class UnitChangeTest {
  // Keeps the state of units as files below the host's root, as strict as the real one with units
  // that it does not know.
  static final String SYSTEMCTL =
      """
      #!/bin/sh
      dir=$HAWSER_ROOT/etc/systemd/system run=$HAWSER_ROOT/run/units
      echo "$*" >>"$HAWSER_ROOT/../systemctl.log"
      wants=$dir/multi-user.target.wants
      [ "$1" = daemon-reload ] && exit 0
      case $1 in
        is-enabled) [ -L "$wants/$2" ] && exit 0; exit 1 ;;
        is-active) [ -e "$run/$2" ] && exit 0; exit 3 ;;
      esac
      [ -e "$dir/$2" ] || { echo "Unit $2 not found." >&2; exit 1; }
      case $1 in
        enable) mkdir -p "$wants"; ln -sf "$dir/$2" "$wants/$2" ;;
        disable) rm -f "$wants/$2" ;;
        start | restart) grep -q broken "$dir/$2" && { echo "cannot start" >&2; exit 1; }
          mkdir -p "$run"; cp "$dir/$2" "$run/$2" ;;
        stop) rm -f "$run/$2" ;;
      esac
      """;

  private static final String UNIT = "/etc/systemd/system/registry.service";

  private final TestHost host;
  private final Path temp;

  UnitChangeTest(String shell, @TempDir Path temp) throws IOException {
    this.temp = temp;
    host = new TestHost(temp, shell);
    host.program("systemctl", SYSTEMCTL);
    Files.createDirectories(host.path("/run/units"));
    Files.createDirectories(host.path("/etc"));
  }

  private List<String> calls() throws IOException {
    Path log = temp.resolve("systemctl.log");
    List<String> calls = Files.exists(log) ? Files.readAllLines(log) : List.of();
    Files.deleteIfExists(log);
    return calls;
  }

  @Test
  void aNewServiceRunsAndNothingOfItIsLeftAfterUndo() throws IOException {
    Map<String, String> bare = host.snapshot();
    UnitChange unit = new UnitChange("registry", "[Service]\n");
    assertThat(host.apply(unit)).containsExactly(CHANGED);
    assertThat(calls()).contains("daemon-reload", "enable registry.service");
    assertThat(host.read("/run/units/registry.service")).isEqualTo("[Service]\n");
    assertThat(host.apply(unit)).containsExactly(SAME);
    assertThat(calls()).containsOnly("is-enabled registry.service", "is-active registry.service");
    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  void aChangedUnitIsRestartedAndAStoppedOneStarted() throws IOException {
    host.apply(new UnitChange("registry", "one\n"));
    assertThat(host.apply(new UnitChange("registry", "two\n"))).containsExactly(CHANGED);
    assertThat(host.read("/run/units/registry.service")).isEqualTo("two\n");
    int entries = host.access.journal().size();
    Files.delete(host.path("/run/units/registry.service"));
    assertThat(host.apply(new UnitChange("registry", "two\n"))).containsExactly(CHANGED);
    assertThat(host.path("/run/units/registry.service")).exists();
    assertThat(host.access.journal()).hasSize(entries);
  }

  @Test
  @DisplayName("D1 undo starts no earlier service of ours, whose configuration may be gone")
  void undoStartsNoEarlierServiceOfOurs() throws IOException {
    Map<String, String> bare = host.snapshot();
    for (String text : List.of("one\n", "two\n", "one\n")) {
      host.apply(FileChange.plain("/etc/registry.yml", text), new UnitChange("registry", text));
    }
    calls();
    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(calls()).doesNotContain("start registry.service", "enable registry.service");
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  void aForeignServiceOfThatNameComesBackAsItWas() throws IOException {
    host.write(UNIT, "theirs\n");
    Files.createDirectories(host.path("/etc/systemd/system/multi-user.target.wants"));
    Files.createSymbolicLink(
        host.path("/etc/systemd/system/multi-user.target.wants/registry.service"), host.path(UNIT));
    host.write("/run/units/registry.service", "theirs\n");
    Map<String, String> before = host.snapshot();
    host.apply(new UnitChange("registry", "ours\n"), new UnitChange("registry", "ours 2\n"));
    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(host.snapshot()).isEqualTo(before);
  }

  @Test
  void aServiceThatDoesNotStartIsAFailureAndIsUndone() throws IOException {
    Map<String, String> bare = host.snapshot();
    ChangeResult result =
        host.access.apply("test", List.of(new UnitChange("registry", "broken\n"))).get(0);
    assertThat(result.outcome()).isEqualTo(FAILED);
    assertThat(result.message()).contains("cannot start");
    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  void aHostWithoutSystemctlSaysSo() throws IOException {
    host.shell.editScripts(text -> text.replace("systemctl", "no-such-systemctl"));
    ChangeResult result = host.access.apply("t", List.of(new UnitChange("registry", "x"))).get(0);
    assertThat(result.outcome()).isEqualTo(FAILED);
    assertThat(result.message()).contains("is not on this host");
  }
}
