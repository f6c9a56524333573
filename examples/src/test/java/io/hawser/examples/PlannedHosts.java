package io.hawser.examples;

import com.google.common.hash.Hashing;
import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.bootstrap.Plan;
import io.hawser.bootstrap.PlannedRun;
import io.hawser.filesystem.Filesystem;
import io.hawser.filesystem.Filesystems;
import io.hawser.host.PlannedChange;
import io.hawser.host.PlannedFile;
import io.hawser.registry.RegistryMode;
import io.hawser.registry.RegistryTransport;
import io.hawser.report.Report;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.mock.MemoryFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Hosts in memory on which plans are made and carried out, with all that is executed written down.
 */
final class PlannedHosts {
  final MockedCluster mocked;
  final RecordingClient ssh;

  PlannedHosts(Path directory) {
    mocked = new MockedCluster(directory);
    ssh = new RecordingClient(mocked.ssh);
    mocked.ssh.when("*", "init-registry").answer(0, "", "");
    for (String host : MockedCluster.HOSTS) {
      mocked.ssh.files(host).write("/etc/hosts", "127.0.0.1 localhost\n::1 localhost");
    }
    mocked.ssh.files("10.0.0.4").write("/etc/containerd/certs.d/sealos.hub:5000/hosts.toml", "#\n");
  }

  Bootstrap bootstrap(RegistryMode mode, SshClient client) {
    return Bootstraps.builder(mocked.cluster, client)
        .mode(mode)
        .transport(mode == RegistryMode.SAFE ? RegistryTransport.TLS : RegistryTransport.PLAIN_HTTP)
        .secrets(mocked.secrets)
        .build();
  }

  Report run(RegistryMode mode, Plan plan) {
    if (mode == RegistryMode.SEALOS) {
      for (String host : MockedCluster.HOSTS.subList(0, 3)) {
        mocked.ssh.runningRegistry(host, "/var/lib/registry");
      }
    }
    Filesystem filesystem = Filesystems.of(mocked.cluster, ssh);
    return PlannedRun.of(plan, bootstrap(mode, ssh), filesystem).apply();
  }

  static <T> List<T> all(Plan plan, String host, Function<PlannedChange, List<T>> what) {
    return plan.items().stream()
        .filter(item -> item.host().equals(host))
        .flatMap(item -> item.changes().stream())
        .flatMap(change -> what.apply(change).stream())
        .toList();
  }

  /** The texts that the differences of a plan make of what is on the hosts. */
  Map<String, Map<String, String>> texts(Plan plan) {
    Map<String, Map<String, String>> texts = new TreeMap<>();
    for (String host : MockedCluster.HOSTS) {
      Map<String, String> there = texts.computeIfAbsent(host, any -> new TreeMap<>());
      MemoryFiles files = mocked.ssh.files(host);
      for (PlannedFile file : all(plan, host, PlannedChange::files)) {
        String path = file.path();
        String old = there.getOrDefault(path, files.exists(path) ? files.text(path) : "");
        if (!file.hunks().isEmpty()) {
          there.put(path, Hunks.applied(old, file.hunks()));
        }
      }
    }
    return texts;
  }

  Map<String, Map<String, String>> states() {
    Map<String, Map<String, String>> states = new TreeMap<>();
    for (String host : MockedCluster.HOSTS) {
      MemoryFiles files = mocked.ssh.files(host);
      Map<String, String> own = states.computeIfAbsent(host, any -> new TreeMap<>());
      files.paths().stream()
          .filter(path -> !files.isDirectory(path))
          .forEach(path -> own.put(path, state(files, path)));
    }
    return states;
  }

  static String state(MemoryFiles files, String path) {
    try {
      byte[] bytes = files.bytes(path);
      String digest = Hashing.sha256().hashBytes(bytes).toString();
      return String.format("%04o %d bytes sha256:%s", files.mode(path), bytes.length, digest);
    } catch (IllegalArgumentException e) {
      return "link to " + files.linkTarget(path);
    }
  }
}
