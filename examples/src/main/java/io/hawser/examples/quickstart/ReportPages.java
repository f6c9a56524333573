package io.hawser.examples.quickstart;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.BootstrapException;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageMount;
import io.hawser.filesystem.Filesystem;
import io.hawser.filesystem.FilesystemException;
import io.hawser.filesystem.Filesystems;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.registry.Registries;
import io.hawser.report.HtmlReport;
import io.hawser.report.Report;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import io.hawser.testkit.EmbeddedHosts;
import io.hawser.testkit.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Brings three registries and two nodes up inside this JVM, once with success and once while one
 * node is down and the init script fails on the other, and writes what there is of each run: the
 * page, JUnit XML and JSON.
 */
public final class ReportPages {
  private static final String[] ROLES = {
    "master,registry", "master,registry", "registry", "node", "node"
  };
  private static final int LAYER_BYTES = 1 << 20;
  private static final int BAD_NODE = 3;
  private static final int DOWN_NODE = 4;

  private final EmbeddedHosts hosts;
  private final Cluster cluster;
  private Report report = Report.empty();

  private ReportPages(EmbeddedHosts hosts, Cluster cluster) {
    this.hosts = hosts;
    this.cluster = cluster;
  }

  /** Writes {@code succeeded.*} and {@code failed.*} into the directory that is given. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments.length == 0 ? "target" : arguments[0]);
    write(directory, "succeeded", false);
    write(directory, "failed", true);
    System.exit(0);
  }

  /** One run on hosts of its own. */
  static Report write(Path directory, String name, boolean isToFail) throws IOException {
    Files.createDirectories(directory);
    Path images = Files.createTempDirectory("hawser-report");
    SampleImages samples = SampleImages.of(3).withLayerBytes(LAYER_BYTES);
    try (EmbeddedHosts hosts = EmbeddedHosts.start(ROLES.length)) {
      ImageMount rootfs = samples.writeRootfs(images.resolve("rootfs"));
      samples.writeStorage(images.resolve("rootfs/registry"));
      Cluster cluster = hosts.cluster("demo", ROLES).withMounts(List.of(rootfs));
      ReportPages run = new ReportPages(hosts, cluster);
      if (isToFail) {
        run.spoil();
      }
      try (SshClient ssh =
          SshClients.jsch().hostKeys(HostKeyPolicy.strict(hosts.hostKeys())).build()) {
        run.bringUp(ssh);
      }
      // Who asks whom is known without asking anybody.
      HtmlReport page = HtmlReport.of(run.report, Registries.builder(cluster).build().topology());
      Files.writeString(directory.resolve(name + ".html"), page.toHtml());
      Files.writeString(directory.resolve(name + ".xml"), run.report.toJunitXml());
      Files.writeString(directory.resolve(name + ".json"), run.report.toJson());
      return run.report;
    } finally {
      Trees.delete(images);
    }
  }

  /** A file lies where the init script wants a directory, and a host is down. */
  private void spoil() throws IOException {
    Path wanted = hosts.root(BAD_NODE).resolve("var/lib/sample");
    Files.createDirectories(wanted.resolveSibling(""));
    Files.writeString(wanted, "in the way");
    hosts.stop(DOWN_NODE);
  }

  private void bringUp(SshClient ssh) {
    Bootstrap bootstrap =
        Bootstraps.builder(cluster, ssh).secrets(ClusterSecretStores.inMemory()).build();
    Filesystem filesystem = Filesystems.of(cluster, ssh);
    add(bootstrap::preflight);
    add(() -> filesystem.mountRootfs(able()));
    add(() -> bootstrap.init(able()));
    add(() -> bootstrap.applyExternalDeps(able()));
  }

  /** A failure has its report, too, and what comes after it belongs to the same page. */
  private void add(Supplier<Report> phase) {
    try {
      report = report.then(phase.get());
    } catch (BootstrapException e) {
      report = report.then(e.report());
    } catch (FilesystemException e) {
      report = report.then(e.report());
    }
  }

  /** The hosts that have not failed yet. */
  private List<String> able() {
    List<String> failed = report.failures().stream().map(row -> row.host()).toList();
    return cluster.hosts().stream().map(Host::address).filter(a -> !failed.contains(a)).toList();
  }
}
