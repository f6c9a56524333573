package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedHostsTest {
  private EmbeddedHosts hosts;
  private SshShell shell;

  @BeforeEach
  void start() {
    hosts = EmbeddedHosts.start(2);
    shell = new SshShell(hosts);
  }

  @AfterEach
  void stop() {
    shell.close();
    hosts.close();
  }

  private void unit(int host, String name, String exec) throws IOException {
    Files.writeString(
        hosts.root(host).resolve("etc/systemd/system/" + name + ".service"),
        "[Service]\nExecStart=" + exec + "\n[Install]\nWantedBy=multi-user.target\n");
  }

  private Answer run(String line) throws IOException {
    return shell.run(0, line);
  }

  private void runs(String line) throws IOException {
    Answer answer = run(line);
    assertThat(answer.code()).as(line + ": " + answer).isZero();
  }

  @Test
  void aCommandSeesItsHostAndNotTheMachine() throws IOException {
    Answer answer =
        shell.run(1, "echo $HAWSER_ROOT; hostname; uname -n; pwd; containerd --version");
    String name = hosts.root(1).getParent().getFileName().toString();
    String root = hosts.root(1).toString();
    assertThat(answer.out().lines().toList())
        .startsWith(root, name, name, root)
        .last()
        .asString()
        .startsWith("containerd github.com/containerd/containerd 1.6.20~ds1");
    assertThat(run("uname -s").out()).isNotBlank();
    assertThat(run("sysctl -w net.ipv4.ip_forward=1").code()).isEqualTo(1);
    assertThat(run("cat $HAWSER_ROOT/etc/hostname").out())
        .isNotEqualTo(shell.run(1, "cat $HAWSER_ROOT/etc/hostname").out());
  }

  @Test
  void aServiceIsEnabledStartedShownAndStopped() throws IOException {
    unit(0, "sleeper", "/bin/sh -c 'sleep 1000 & wait'");
    assertThat(run("systemctl is-enabled sleeper").out()).isEqualTo("disabled\n");
    assertThat(run("systemctl is-active sleeper")).isEqualTo(new Answer(3, "inactive\n", ""));
    runs("systemctl daemon-reload && systemctl enable --now sleeper");
    assertThat(hosts.root(0).resolve("etc/systemd/system/multi-user.target.wants/sleeper.service"))
        .isSymbolicLink();
    assertThat(run("systemctl is-enabled sleeper").out()).isEqualTo("enabled\n");
    assertThat(run("systemctl is-active sleeper.service")).isEqualTo(Answer.ok("active\n"));
    assertThat(run("systemctl show -p ActiveState -p SubState sleeper").out())
        .isEqualTo("ActiveState=active\nSubState=running\n");
    assertThat(run("systemctl show -p LoadState --value none").out()).isEqualTo("not-found\n");
    assertThat(run("systemctl status sleeper").out()).contains("Active: active (running)");
    assertThat(hosts.serviceState(0, "sleeper")).isEqualTo("active");
    assertThat(hosts.serviceState(1, "sleeper")).isEqualTo("inactive");
    runs("systemctl restart sleeper");
    runs("systemctl disable --now sleeper");
    assertThat(run("systemctl is-active sleeper").code()).isEqualTo(3);
    assertThat(ProcessSweep.marked("HAWSER_ROOT=" + hosts.root(0))).isEmpty();
  }

  @Test
  void unknownUnitsAreRefusedInTheWordsOfSystemd() throws IOException {
    assertThat(run("systemctl start none").code()).isEqualTo(5);
    assertThat(run("systemctl start none").err()).contains("Unit none.service not found");
    assertThat(run("systemctl enable none").err()).contains("none.service does not exist");
    assertThat(run("systemctl status none").code()).isEqualTo(4);
    assertThat(run("HAWSER_ROOT=/ systemctl start none").err()).contains("Unit none");
    assertThat(run("HAWSER_ROOT=/elsewhere systemctl start none").err())
        .contains("HAWSER_ROOT is /elsewhere");
  }

  @Test
  void aChangedUnitFileNeedsADaemonReload() throws IOException {
    unit(0, "changing", "/bin/sh -c 'exit 0'");
    runs("systemctl start changing");
    unit(0, "changing", "/bin/sh -c 'exit 7'");
    assertThat(run("systemctl start changing").err()).contains("daemon-reload");
    assertThat(run("systemctl show -p NeedDaemonReload changing").out())
        .isEqualTo("NeedDaemonReload=yes\n");
    runs("systemctl daemon-reload");
    runs("systemctl restart changing");
    awaitState("changing", "failed");
    assertThat(run("systemctl show -p ExecMainStatus changing").out())
        .isEqualTo("ExecMainStatus=7\n");
  }

  private void awaitState(String unit, String state) {
    long end = System.nanoTime() + 5_000_000_000L;
    while (!hosts.serviceState(0, unit).equals(state) && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(hosts.serviceState(0, unit)).isEqualTo(state);
  }

  @Test
  void manyAskSystemctlAtOnce() throws Exception {
    unit(0, "sleeper", "/bin/sleep 1000");
    unit(1, "sleeper", "/bin/sleep 1000");
    assertThat(shell.run(1, "systemctl enable sleeper").code()).isZero();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Answer>> calls = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        int host = i % 2;
        calls.add(() -> shell.run(host, "systemctl is-enabled sleeper"));
      }
      for (int i = 0; i < calls.size(); i++) {
        Future<Answer> answer = threads.submit(calls.get(i));
        assertThat(answer.get().out()).isEqualTo(i % 2 == 0 ? "disabled\n" : "enabled\n");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aRootfsIsInstalledServesImagesAndGoesWithoutATrace(@TempDir Path directory)
      throws IOException {
    ImageMount rootfs = SampleImages.of(1).withLayerBytes(2000).writeRootfs(directory);
    HostSnapshot before = hosts.snapshot(0);
    Path tree = hosts.root(0).resolve("var/lib/sealos/data/demo/rootfs");
    runs("mkdir -p " + tree + " && cp -R " + directory + "/. " + tree);
    Files.writeString(
        tree.resolve("etc/registry_htpasswd"),
        "admin:" + StorageRegistryTest.bcrypt("passw0rd") + "\n");
    runs("ln -s /var/lib/sealos/data/demo/rootfs/registry $HAWSER_ROOT/var/lib/registry");
    HostSnapshot mounted = hosts.snapshot(0);
    script(rootfs, tree, "check");
    assertThat(mounted.differences(hosts.snapshot(0))).isEmpty();
    script(rootfs, tree, "init");
    script(rootfs, tree, "init");
    script(rootfs, tree, "init-registry");
    assertThat(hosts.serviceState(0, "registry")).isEqualTo("active");

    Path certs = hosts.root(1).resolve("etc/containerd/certs.d/sealos.hub:5000");
    Files.createDirectories(certs);
    Files.writeString(
        certs.resolve("hosts.toml"),
        "[host.\"http://"
            + hosts.address(0)
            + ":5000\"]\n"
            + "[host.\"http://"
            + hosts.address(0)
            + ":5000\".header]\n"
            + "authorization = \"Basic YWRtaW46cGFzc3cwcmQ=\"\n");
    PulledImage pulled = hosts.pullClient(1).pull("sealos.hub:5000/sample/app-0:v1");
    assertThat(pulled.parts()).hasSize(5);

    script(rootfs, tree, "clean-registry");
    script(rootfs, tree, "clean-registry");
    script(rootfs, tree, "clean");
    assertThatThrownBy(() -> hosts.pullClient(1).pull("sealos.hub:5000/sample/app-0:v1"))
        .isInstanceOf(PullException.class);
    runs("rm -rf $HAWSER_ROOT/var/lib/sealos");
    assertThat(before.differences(hosts.snapshot(0))).isEmpty();
  }

  private void script(ImageMount rootfs, Path tree, String label) throws IOException {
    String line =
        "cd "
            + tree
            + "/scripts && registryData=/var/lib/registry registryConfig=/etc/registry"
            + " && sh "
            + rootfs.script(label).orElseThrow();
    runs(line);
  }

  @Test
  void aHostThatLosesPowerComesBackWithItsEnabledServices() throws IOException {
    unit(0, "enabled", "/bin/sleep 1000");
    unit(0, "started", "/bin/sleep 1000");
    runs("systemctl enable --now enabled; systemctl start started");
    hosts.stop(0);
    assertThatThrownBy(() -> new Socket(hosts.address(0), hosts.access().port()))
        .isInstanceOf(ConnectException.class);
    assertThat(hosts.serviceState(0, "enabled")).isEqualTo("inactive");
    assertThat(ProcessSweep.marked("HAWSER_ROOT=" + hosts.root(0))).isEmpty();
    hosts.boot(0);
    assertThat(run("systemctl is-active enabled").out()).isEqualTo("active\n");
    assertThat(run("systemctl is-active started").out()).isEqualTo("inactive\n");
    hosts.stopService(0, "enabled");
    assertThat(run("systemctl is-active enabled").out()).isEqualTo("inactive\n");
  }

  @Test
  void aClusterKnowsTheRootsOfEmbeddedHostsAndOfNoOthers() {
    Cluster cluster = hosts.cluster("demo", "master,registry", "node");
    assertThat(cluster.hosts(Role.REGISTRY))
        .extracting(Host::address)
        .containsExactly(hosts.address(0));
    assertThat(cluster.hosts().get(1).root()).isEqualTo(hosts.root(1).toString());
    Cluster foreign =
        Cluster.named("demo")
            .hosts(
                Host.at(hosts.address(0)).ssh(hosts.access()).roles(Role.MASTER).build(),
                Host.at(hosts.address(1)).build(),
                Host.at("192.0.2.1").ssh(hosts.access()).build())
            .build();
    assertThat(hosts.withRoots(foreign).hosts())
        .extracting(Host::root)
        .containsExactly(hosts.root(0).toString(), "/", "/");
    assertThatThrownBy(() -> hosts.cluster("demo", "master", "node", "node"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aClusterfileNamesTheHostsAndHowToLogIn() {
    String text = hosts.clusterfileText("demo", List.of(), "master,registry", "node");
    assertThat(text)
        .contains("ips: ['" + hosts.address(1) + "']\n      roles: [node]")
        .contains("passwd: '" + hosts.access().password().orElseThrow().reveal() + "'")
        .contains("roles: [master, registry]")
        .doesNotContain("status:");
  }

  @Test
  void twoRunsTakeDifferentAddressesAndAKeyLogsIn() throws IOException {
    try (EmbeddedHosts others = EmbeddedHosts.builder().keyLogin().start();
        SshShell other = new SshShell(others)) {
      assertThat(hosts.addresses()).doesNotContain(others.address(0));
      assertThat(other.run(0, "echo here").out()).isEqualTo("here\n");
    }
  }

  @Test
  void aHostWithoutCurlGetsOneThatFetchesWhatAProbeAsksFor(@TempDir Path storage)
      throws IOException {
    SampleImage image = SampleImages.of(1).withLayerBytes(3000).writeStorage(storage).get(0);
    String layer = image.blobs().get(0);
    try (EmbeddedHosts others = EmbeddedHosts.builder().ownCurl().start();
        SshShell other = new SshShell(others);
        StorageRegistry registry = StorageRegistry.serving(storage).start()) {
      String url = registry.uri() + "/v2/" + image.repository() + "/blobs/" + layer;
      String curl = " | curl -q -fsS --connect-timeout 5 --max-time 60 -K -";
      assertThat(other.run(0, "echo 'url = \"" + url + "\"'" + curl + " | sha256sum").out())
          .startsWith(layer.substring("sha256:".length()));
      assertThat(other.run(0, "echo 'url = \"" + url + "x\"'" + curl))
          .isEqualTo(Answer.failed(22, "curl: (22) The requested URL returned error: 404"));
      assertThat(other.run(0, "echo 'url = \"http://127.0.0.1:1/\"'" + curl).code()).isEqualTo(7);
    }
  }

  @Test
  void addressesThatCannotBeHadAreExplained() {
    assertThatThrownBy(() -> EmbeddedHosts.start(300))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("300 loopback addresses")
        .hasMessageContaining("sudo ifconfig lo0 alias");
  }

  @Test
  void nothingIsLeftAfterClose() throws Exception {
    unit(0, "stubborn", "/bin/sh -c 'trap \"\" TERM HUP; sleep 1000 & sleep 1000'");
    runs("systemctl start stubborn");
    runs("sleep 1000 >/dev/null 2>&1 &");
    Path home = hosts.root(0).getParent().getParent();
    List<Path> roots = List.of(hosts.root(0), hosts.root(1));
    shell.close();
    hosts.close();
    hosts.close();
    assertThat(home).doesNotExist();
    for (Path root : roots) {
      assertThat(ProcessSweep.marked("HAWSER_ROOT=" + root)).isEmpty();
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("embedded-host")) {
        thread.join(5000);
        assertThat(thread.isAlive())
            .as("%s: %s", thread, List.of(thread.getStackTrace()))
            .isFalse();
      }
    }
    Path temp = Path.of(System.getProperty("java.io.tmpdir"));
    try (Stream<Path> left = Files.list(temp)) {
      assertThat(left.filter(path -> path.equals(home))).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
