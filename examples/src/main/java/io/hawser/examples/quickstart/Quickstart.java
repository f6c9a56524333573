package io.hawser.examples.quickstart;

import io.hawser.HawserException;
import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.ImageMount;
import io.hawser.clusterfile.Clusterfiles;
import io.hawser.filesystem.Filesystem;
import io.hawser.filesystem.Filesystems;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.registry.Registries;
import io.hawser.report.HtmlReport;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import io.hawser.testkit.EmbeddedHosts;
import io.hawser.testkit.HostSnapshot;
import io.hawser.testkit.PulledImage;
import io.hawser.testkit.SampleImage;
import io.hawser.testkit.SampleImages;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The main job on five hosts inside this JVM: three registries and two nodes come up, one registry
 * is lost, a node still pulls, and everything is taken back.
 */
public final class Quickstart {
  private static final List<String> ROLES =
      List.of("master,registry", "master,registry", "registry", "node", "node");
  private static final int REPLICAS = 3;
  private static final int FIRST_NODE = 3;
  private static final String REGISTRY = "sealos.hub:5000";

  private final PrintStream out;
  private final EmbeddedHosts hosts;
  private final Cluster cluster;
  private final SshClient ssh;
  private final SampleImage image;

  private Quickstart(
      PrintStream out, EmbeddedHosts hosts, Cluster cluster, SshClient ssh, SampleImage image) {
    this.out = out;
    this.hosts = hosts;
    this.cluster = cluster;
    this.ssh = ssh;
    this.image = image;
  }

  /** Runs it; the exit status is 0 when everything that it promises was shown. */
  public static void main(String[] arguments) throws IOException {
    int status = run(System.out);
    System.exit(status);
  }

  static int run(PrintStream out) throws IOException {
    Path directory = Files.createTempDirectory("hawser-quickstart");
    try (EmbeddedHosts hosts = EmbeddedHosts.start(ROLES.size())) {
      SampleImages images = SampleImages.of(3);
      ImageMount rootfs = images.writeRootfs(directory.resolve("rootfs"));
      SampleImage image = images.writeStorage(directory.resolve("rootfs/registry")).get(0);
      Path file = directory.resolve("Clusterfile");
      Files.writeString(
          file, hosts.clusterfileText("quickstart", List.of(rootfs), ROLES.toArray(String[]::new)));
      out.println("== the Clusterfile, " + file);
      out.println(Files.readString(file).replaceAll("(?m)^(\\s*passwd:).*$", "$1 ******"));
      // The hosts lie in directories of this machine; a real host's root is "/".
      Cluster cluster = hosts.withRoots(Clusterfiles.read(file));
      try (SshClient ssh =
          SshClients.jsch().hostKeys(HostKeyPolicy.strict(hosts.hostKeys())).build()) {
        return new Quickstart(out, hosts, cluster, ssh, image).show();
      }
    } catch (HawserException e) {
      out.println(e.getMessage());
      return 1;
    } finally {
      Trees.delete(directory);
    }
  }

  private int show() throws IOException {
    List<HostSnapshot> before = snapshots();
    List<String> addresses =
        cluster.hosts().stream().map(host -> host.address() + ":" + host.ssh().port()).toList();
    Bootstrap bootstrap =
        Bootstraps.builder(cluster, ssh).secrets(ClusterSecretStores.inMemory()).build();
    Filesystem filesystem = Filesystems.of(cluster, ssh);

    Report up = print("preflight", bootstrap.preflight());
    up = up.then(print("mount the rootfs", filesystem.mountRootfs(addresses)));
    Report init = print("init: registries, names, scripts, endpoints", bootstrap.init());
    up = up.then(init);
    up =
        up.then(
            print("external dependencies (nothing is left to do)", bootstrap.applyExternalDeps()));
    out.println("== in all");
    out.println(up.recap());
    writePage(up);

    PulledImage first = pull();
    int lost = replicaOf(first);
    out.println("== registry " + hosts.address(lost) + ", which served that pull, is lost");
    hosts.stop(lost);
    PulledImage second = pull();
    hosts.boot(lost);

    print("reset", bootstrap.reset());
    print("unmount", filesystem.unMountRootfs(addresses));
    return conclude(init, first, second, hosts.address(lost), before);
  }

  /** The same for a browser, with a drawing; docs/reports.md says what is on it. */
  private void writePage(Report report) throws IOException {
    Path page = Path.of("target", "report.html");
    Files.createDirectories(page.resolveSibling(""));
    Registries registries = Registries.builder(cluster).build();
    Files.writeString(page, HtmlReport.of(report, registries.topology()).toHtml());
    out.println("== as a page: " + page.toAbsolutePath());
    out.println();
  }

  private PulledImage pull() {
    PulledImage pulled = hosts.pullClient(FIRST_NODE).pull(image.in(REGISTRY));
    out.println("== node " + hosts.address(FIRST_NODE) + " pulls " + pulled.reference());
    out.println(pulled.digest() + " from " + String.join(", ", pulled.endpoints()));
    pulled.failures().stream()
        .distinct()
        .forEach(failure -> out.println("tried before: " + failure));
    out.println();
    return pulled;
  }

  /** The replica that a pull came from. */
  private int replicaOf(PulledImage pulled) {
    for (int i = 0; i < REPLICAS; i++) {
      if (pulled.endpoints().get(0).contains(hosts.address(i) + ":")) {
        return i;
      }
    }
    throw new IllegalStateException("pulled from " + pulled.endpoints() + ", which is no replica");
  }

  private int conclude(
      Report init, PulledImage first, PulledImage second, String lost, List<HostSnapshot> before) {
    long audited =
        init.results().stream()
            .filter(row -> row.step().equals("audit") && row.status() == Status.OK)
            .count();
    List<String> differences = new ArrayList<>();
    List<HostSnapshot> after = snapshots();
    for (int i = 0; i < before.size(); i++) {
      differences.addAll(before.get(i).differences(after.get(i)));
    }
    boolean survived =
        second.digest().equals(first.digest())
            && second.endpoints().stream().noneMatch(url -> url.contains(lost + ":"));
    out.println("== shown");
    out.println(audited + " of " + REPLICAS + " replicas audited");
    out.println("pull before: " + first.parts().size() + " digests verified");
    out.println(
        "pull after the loss of one: "
            + (survived
                ? second.parts().size() + " digests verified"
                : "NOT from another replica"));
    out.println(
        differences.isEmpty()
            ? hosts.count() + " hosts restored byte for byte"
            : "hosts NOT restored: " + differences);
    return audited == REPLICAS && survived && differences.isEmpty() ? 0 : 1;
  }

  private List<HostSnapshot> snapshots() {
    List<HostSnapshot> snapshots = new ArrayList<>();
    for (int i = 0; i < hosts.count(); i++) {
      snapshots.add(hosts.snapshot(i));
    }
    return snapshots;
  }

  private Report print(String phase, Report report) {
    out.println("== " + phase);
    out.println(report.toTable());
    return report;
  }
}
