package io.hawser.examples.docs;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.Role;
import io.hawser.filesystem.Filesystem;
import io.hawser.filesystem.Filesystems;
import io.hawser.ssh.mock.MockSsh;
import io.hawser.testkit.SampleImages;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The cluster that pages speak of, in memory. Until it is closed the home of the JVM is a directory
 * of the test, so that fragments may
 * take every default that a user's code takes, and the standard output is kept.
 */
final class PageCluster implements AutoCloseable {
  final ImageMount rootfs;
  final Cluster cluster;
  final MockSsh ssh = MockSsh.create();
  private final String home = System.getProperty("user.home");
  private final PrintStream out = System.out;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  PageCluster(Path directory) {
    System.setProperty("user.home", directory.toString());
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    rootfs = SampleImages.of(2).writeRootfs(directory.resolve("rootfs"));
    cluster =
        of(
            host("10.0.0.1", Role.MASTER, Role.REGISTRY),
            host("10.0.0.2", Role.NODE, Role.REGISTRY),
            host("10.0.0.3", Role.NODE, Role.REGISTRY));
    ssh.when("*", "check").answer(0, "", "");
    ssh.when("*", "init").answer(0, "", "").writes("/etc/initialised", "yes");
    ssh.when("*", "undo of init").answer(0, "", "").removes("/etc/initialised");
  }

  static Host host(String address, Role... roles) {
    return Host.at(address).roles(roles).build();
  }

  /** The same cluster with other hosts. */
  Cluster of(Host... hosts) {
    return Cluster.named("prod").hosts(Arrays.asList(hosts)).mount(rootfs).build();
  }

  List<String> addresses() {
    return cluster.hosts().stream().map(Host::address).toList();
  }

  Bootstrap bootstrap() {
    return Bootstraps.of(cluster, ssh);
  }

  Filesystem filesystem() {
    return Filesystems.of(cluster, ssh);
  }

  /** Brings everything up. */
  void bringUp() {
    filesystem().mountRootfs(addresses());
    bootstrap().init();
  }

  /** What went to the standard output. */
  String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setProperty("user.home", home);
  }
}
