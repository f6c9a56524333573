package io.hawser.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.cluster.Role;
import io.hawser.filesystem.Filesystems;
import io.hawser.host.FileChange;
import io.hawser.host.HostAccess;
import io.hawser.host.JournalEntry;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.mock.RecordedCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HooksTest {
  private static final String MASTER = "10.0.0.1";
  private static final String NODE = "10.0.0.4";

  @TempDir Path directory;
  private FiftyHosts hosts;

  @BeforeEach
  void fourHosts() {
    hosts = new FiftyHosts(directory, "hooked", 4);
    hosts.ssh.whenMatching("*", "sh -c .*").answer(0, "", "");
    hosts.ssh.whenMatching("*", "undo of .*").answer(0, "", "");
    hosts.ssh.when("*", "undo of init").answer(0, "", "").removes("/etc/initialised");
  }

  private static Hook hook(String name) {
    return Hook.command(name, "do " + name, "take back " + name);
  }

  private Bootstrap with(Hook... some) {
    Bootstraps.Builder builder = hosts.builder();
    Stream.of(some).forEach(builder::hook);
    return builder.build();
  }

  /** The scripted commands of a host, in their order, without what only looks. */
  private List<String> ran(String host) {
    return hosts.ssh.transcript(host).stream()
        .map(RecordedCommand::command)
        .filter(text -> text.matches("sh -c .*|undo of .*|init"))
        .toList();
  }

  private static List<String> steps(Report report, String host) {
    return report.results(host).stream().map(HostResult::step).toList();
  }

  @Test
  void hooksComeAtTheirPlacesInTheOrderOfTheirRegistration() {
    Report report =
        with(
                hook("after-all").after(Phase.INIT),
                hook("after-script").after(Phase.INIT_SCRIPT),
                hook("first").before(Phase.INIT_SCRIPT),
                hook("second").before(Phase.INIT_SCRIPT),
                hook("told").after(Phase.ENDPOINTS),
                hook("cri").before(Phase.INIT_CRI),
                hook("served").after(Phase.REGISTRIES),
                hook("unserved").before(Phase.REGISTRIES),
                hook("begin").before(Phase.INIT))
            .init();

    assertThat(steps(report, MASTER))
        .containsExactly(
            "begin",
            "unserved",
            "watch",
            "distribute",
            "registry",
            "audit",
            "ready",
            "served",
            "names",
            "cri",
            "init-cri",
            "first",
            "second",
            "init",
            "after-script",
            "endpoints",
            "told",
            "after-all");
    assertThat(ran(MASTER))
        .startsWith("sh -c 'do begin'", "sh -c 'do unserved'", "sh -c 'do served'")
        .containsSubsequence("sh -c 'do second'", "init", "sh -c 'do after-script'");
  }

  @Test
  void dependenciesHaveHooksWhereTheyAreApplied() {
    Bootstrap bootstrap =
        hosts
            .builder()
            .dependency(ExternalDependency.of("proxy", (host, facts) -> List.of()))
            .hook(hook("before-proxy").before(Phase.DEPENDENCIES))
            .hook(hook("last").after(Phase.EXTERNAL_DEPS))
            .build();

    assertThat(steps(bootstrap.init(), NODE)).doesNotContain("before-proxy", "last");
    assertThat(steps(bootstrap.applyExternalDeps(), NODE))
        .containsExactly("watch", "before-proxy", "proxy", "names", "endpoints", "last");
  }

  @Test
  void aHookIsDoneOnceAndAgainWhenItsCommandIsAnother() {
    Bootstrap bootstrap = with(hook("once").before(Phase.INIT));
    bootstrap.init();
    Report second = bootstrap.init();
    assertThat(second.changed()).isFalse();
    assertThat(ran(NODE)).containsOnlyOnce("sh -c 'do once'");

    Report third = with(Hook.command("once", "do more", "undo").before(Phase.INIT)).init();
    assertThat(third.results(NODE))
        .filteredOn(row -> row.step().equals("once"))
        .extracting(HostResult::status)
        .containsExactly(Status.CHANGED);
  }

  @Test
  void scopesSayWhichHostsOfACallAreMeant() {
    Collection<? extends CharSequence> addresses = List.of(new StringBuilder(NODE));
    Bootstrap bootstrap =
        with(
            hook("nodes").before(Phase.INIT).onRole(Role.NODE),
            hook("registries").before(Phase.INIT).onRole(Role.REGISTRY),
            hook("leader").before(Phase.INIT).onFirstMaster(),
            hook("named").before(Phase.INIT).onAddresses(addresses),
            hook("nowhere").before(Phase.INIT).onAddresses(List.of()),
            hook("odd").before(Phase.INIT).onHosts(host -> host.address().endsWith("3")));

    Report report = bootstrap.init(MASTER, "10.0.0.3", NODE);

    assertThat(steps(report, MASTER)).startsWith("registries", "leader").doesNotContain("odd");
    assertThat(steps(report, "10.0.0.3")).startsWith("registries", "odd").doesNotContain("leader");
    assertThat(steps(report, NODE)).startsWith("nodes", "named").doesNotContain("registries");
    assertThat(steps(report, "10.0.0.2"))
        .as("a registry, asked for proof")
        .containsExactly("prove");
    assertThat(ran("10.0.0.2")).as("a call touches the named hosts only").isEmpty();
  }

  @Test
  void plansShowHooksAndChangeNothing() {
    Bootstrap bootstrap =
        with(
            hook("shown").before(Phase.INIT_SCRIPT).onRole(Role.NODE),
            hook("deps").after(Phase.EXTERNAL_DEPS));
    Map<String, List<String>> before = paths();

    Plan plan = bootstrap.plan();

    assertThat(plan.toTable())
        .contains("run sh -c 'do shown' (undo: sh -c 'take back shown')")
        .contains("do deps");
    assertThat(paths()).isEqualTo(before);
    bootstrap.init();
    bootstrap.applyExternalDeps();
    assertThat(bootstrap.plan().hasChanges()).isFalse();
  }

  @Test
  @DisplayName("A hook that fails in the middle: reset undoes the earlier ones in reverse order")
  void whatEarlierHooksDidStaysUntilReset() {
    Map<String, List<String>> before = paths();
    Bootstrap bootstrap =
        with(
            hook("one").before(Phase.INIT),
            hook("two").after(Phase.REGISTRIES),
            hook("three").before(Phase.INIT_SCRIPT),
            hook("four").before(Phase.INIT_SCRIPT));
    hosts.ssh.when(NODE, "sh -c 'do three'").answer(3, "", "three broke\n");

    Report failed = catchThrowableOfType(BootstrapException.class, bootstrap::init).report();

    assertThat(failed.failures())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.host()).isEqualTo(NODE);
              assertThat(row.step()).isEqualTo("three");
              assertThat(row.message()).contains("three broke");
            });
    assertThat(failed.results(NODE))
        .filteredOn(row -> row.step().equals("four"))
        .extracting(HostResult::message)
        .containsExactly("skipped, because three failed");
    assertThat(ran(NODE))
        .as("nothing is undone by itself: the call can be repeated")
        .containsExactly("sh -c 'do one'", "sh -c 'do two'", "sh -c 'do three'");

    bootstrap.reset(NODE);

    assertThat(ran(NODE).subList(3, 6))
        .as("half of the third may have happened, so its undo runs too")
        .containsExactly("undo of three", "undo of two", "undo of one");
    bootstrap.reset();
    Filesystems.of(hosts.cluster, hosts.ssh).unMountRootfs(hosts.addresses());
    assertThat(paths()).allSatisfy((host, all) -> assertThat(before.get(host)).containsAll(all));
  }

  @Test
  void filesOfHooksGoAsTheyCame() {
    Bootstrap bootstrap =
        with(
            Hook.of("banner", (host, facts) -> List.of(FileChange.plain("/etc/banner", "hi\n")))
                .after(Phase.INIT)
                .onRole(Role.NODE));
    bootstrap.init();
    assertThat(hosts.ssh.files(NODE).text("/etc/banner")).isEqualTo("hi\n");
    assertThat(hosts.ssh.files(MASTER).exists("/etc/banner")).isFalse();
    bootstrap.reset();
    assertThat(hosts.ssh.files(NODE).exists("/etc/banner")).isFalse();
  }

  @Test
  void hooksOfAResetEncloseItAndLeaveNothing() {
    Map<String, List<String>> mounted = paths();
    Bootstrap bootstrap =
        with(
            hook("mute").before(Phase.RESET),
            Hook.commandWithoutUndo("notify", "tell all").after(Phase.RESET).onRole(Role.NODE));
    bootstrap.init();
    assertThat(ran(NODE)).containsExactly("init");

    Report report = bootstrap.reset();

    assertThat(steps(report, NODE))
        .containsExactly("mute", "withdraw", "reset", "unhook", "notify");
    assertThat(ran(NODE))
        .containsExactly(
            "init", "sh -c 'do mute'", "undo of init", "undo of mute", "sh -c 'tell all'");
    assertThat(paths()).isEqualTo(mounted);
    assertThat(HostAccess.to(hosts.ssh, hosts.cluster, hosts.cluster.host(NODE)).journal())
        .extracting(JournalEntry::owner)
        .containsOnly("mount");
    bootstrap.reset();
    assertThat(ran(NODE)).as("with each reset").endsWith("undo of mute", "sh -c 'tell all'");
  }

  @Test
  void aHostWhoseHookBeforeResetFailsIsNotReset() {
    Bootstrap bootstrap = with(hook("drain").before(Phase.RESET));
    bootstrap.init();
    hosts.ssh.when(NODE, "sh -c 'do drain'").answer(1, "", "busy\n");

    BootstrapException e = catchThrowableOfType(BootstrapException.class, bootstrap::reset);

    assertThat(e.report().failures()).extracting(HostResult::host).containsExactly(NODE);
    assertThat(hosts.addresses().stream().filter(hosts::isInitialised)).containsExactly(NODE);
    hosts.ssh.when(NODE, "sh -c 'do drain'").answer(0, "", "");
    bootstrap.reset();
    assertThat(hosts.isInitialised(NODE)).isFalse();
  }

  @Test
  void namesAndPlacesAreChecked() {
    Bootstraps.Builder builder = hosts.builder().hook(hook("known").before(Phase.INIT));
    ExternalDependency known = ExternalDependency.of("known", (host, facts) -> List.of());
    List<Runnable> wrong =
        List.of(
            () -> builder.hook(hook("known").after(Phase.INIT)),
            () -> builder.dependency(known),
            () -> builder.hook(hook("endpoints").before(Phase.INIT)),
            () -> builder.hook(hook("withdraw").before(Phase.INIT)),
            () -> builder.hook(hook("homeless")),
            () -> hook("Upper Case"),
            () -> hook("late").after(Phase.RESET),
            () -> Hook.command("empty", " ", "undo"),
            () -> Hook.command("empty", "do", ""));
    assertThat(wrong)
        .allSatisfy(
            call ->
                assertThatThrownBy(call::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching(
                        ".*(known|endpoints|withdraw|homeless|Upper|late|empty).*"));
    Hook elsewhere = hook("elsewhere").before(Phase.INIT).onAddresses("192.0.2.1");
    assertThatThrownBy(() -> hosts.builder().hook(elsewhere).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("192.0.2.1");
  }

  private Map<String, List<String>> paths() {
    Map<String, List<String>> all = new TreeMap<>();
    hosts
        .addresses()
        .forEach(host -> all.put(host, new ArrayList<>(hosts.ssh.files(host).paths())));
    // Marks of the mounted tree are the mount's, and come and go with it.
    all.values().forEach(list -> list.removeIf(path -> path.startsWith("/var/lib/hawser/")));
    return all;
  }
}
