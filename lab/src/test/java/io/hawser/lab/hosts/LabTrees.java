package io.hawser.lab.hosts;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.HostPaths;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import io.hawser.cluster.Role;
import io.hawser.cluster.SshAccess;
import io.hawser.filesystem.FilesystemException;
import io.hawser.filesystem.Filesystems;
import io.hawser.host.HostAccess;
import io.hawser.host.TransferListener;
import io.hawser.report.Report;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** The lab's hosts as a cluster that gets trees, from a JVM in their network. */
public final class LabTrees implements AutoCloseable {
  private static final int BLOCK = 1 << 20;

  private final Lab lab;
  private final SshClient client;

  /** All hosts of a lab, with its key. */
  public LabTrees(Lab lab) {
    this.lab = lab;
    this.client =
        SshClients.jsch()
            .hostKeys(HostKeyPolicy.strict(lab.knownHosts()))
            .connectTimeout(Duration.ofSeconds(5))
            .build();
  }

  /** Writes a file of so many MiB in which no two are the same. */
  public static void write(Path file, int mebibytes, long seed) throws IOException {
    Files.createDirectories(file.getParent());
    byte[] block = new byte[BLOCK];
    new Random(seed).nextBytes(block);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < mebibytes; i++) {
        ByteBuffer.wrap(block).putInt(i);
        out.write(block);
      }
    }
  }

  /** The SHA-256 of a file of this machine. */
  public static String digest(Path file) throws IOException {
    return MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
  }

  /** The cluster, with a rootfs that lies in a directory. */
  public Cluster cluster(Path tree) {
    SshAccess access = SshAccess.builder().keyFile(lab.key().toString()).build();
    List<Host> hosts =
        IntStream.rangeClosed(1, lab.size())
            .mapToObj(i -> Host.at(lab.address(i)).ssh(access).roles(Role.MASTER).build())
            .toList();
    ImageMount rootfs =
        new ImageMount("rootfs", ImageType.ROOTFS, "lab/rootfs:v1", tree, Map.of(), Map.of());
    return Cluster.named("lab").hosts(hosts).mount(rootfs).build();
  }

  /** The client to all hosts. */
  public SshClient client() {
    return client;
  }

  /** Access to a host without the lock. */
  public HostAccess access(int host) {
    Cluster cluster = cluster(Path.of("/"));
    return HostAccess.to(client, cluster, cluster.hosts().get(host - 1));
  }

  /** Where the tree lies on each host. */
  public String place() {
    return HostPaths.of(cluster(Path.of("/"))).rootfs();
  }

  /** Puts a tree on some hosts, counted from 1; the report tells of failures, too. */
  public Report mount(Path tree, TransferListener listener, int... hosts) {
    Cluster cluster = cluster(tree);
    List<String> addresses = IntStream.of(hosts).mapToObj(lab::address).toList();
    try {
      return Filesystems.builder(cluster, client)
          .onProgress(listener)
          .build()
          .mountRootfs(addresses);
    } catch (FilesystemException e) {
      return e.report();
    }
  }

  /** Takes the tree off some hosts again. */
  public Report unmount(int... hosts) {
    List<String> addresses = IntStream.of(hosts).mapToObj(lab::address).toList();
    return Filesystems.of(cluster(Path.of("/")), client).unMountRootfs(addresses);
  }

  /** The SHA-256 of a file of the tree on a host, by the host's own tool. */
  public String digest(int host, String file) {
    return lab.on(host, "sha256sum <" + place() + "/" + file).ok().output().split(" ")[0];
  }

  /** How many bytes came over a host's link since it is up. */
  public long received(int host) {
    String file = "/sys/class/net/eth0/statistics/rx_bytes";
    return Long.parseLong(lab.on(host, "cat " + file).ok().output().strip());
  }

  @Override
  public void close() {
    client.close();
  }
}
