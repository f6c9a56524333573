package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Secret;
import io.hawser.host.FileChange;
import io.hawser.host.HostAccess;
import io.hawser.lab.hosts.InControllerNetwork;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.LabReplicas;
import io.hawser.lab.hosts.LabRootfs;
import io.hawser.lab.hosts.Ran;
import io.hawser.lab.hosts.RealHosts;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.registry.ClusterSecrets;
import io.hawser.registry.RegistryTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three real replicas with TLS, and containerd that is told of their authority. */
@RealHosts(3)
@InControllerNetwork
@Timeout(240)
class TlsOnHostsIT {
  private static final String IMAGE = "lab/app:v1";
  private static final String IDENTITY = "/etc/hawser/lab/registry_tls.pem";
  private static final String CA = "/etc/hawser/registry-ca/sealos.hub-5000.pem";
  private static final String RESTART = "systemctl restart hawser-registry-lab";

  /** Forgets the certificates of servers when it is told to, so that all are due. */
  private static final class ForgetfulSecrets implements ClusterSecrets {
    private final ClusterSecrets kept = ClusterSecretStores.inMemory();
    private boolean forgets;

    @Override
    public synchronized Optional<Secret> get(CharSequence cluster, CharSequence name) {
      return forgets && name.toString().startsWith("registry-server-")
          ? Optional.empty()
          : kept.get(cluster, name);
    }

    @Override
    public void put(CharSequence cluster, CharSequence name, Secret secret) {
      kept.put(cluster, name, secret);
    }

    @Override
    public synchronized Secret putIfAbsent(CharSequence cluster, CharSequence name, Secret secret) {
      if (get(cluster, name).isPresent()) {
        return kept.get(cluster, name).orElseThrow();
      }
      kept.put(cluster, name, secret);
      return secret;
    }

    synchronized void forgetServers(boolean on) {
      forgets = on;
    }
  }

  @Test
  @DisplayName("S6 S7 S8 S9 containerd pulls by TLS, also during a renewal and past a wrong one")
  void containerdPullsByTls(Lab lab, @TempDir Path temp) throws Exception {
    Path rootfs = LabRootfs.make(lab, temp);
    // Without a program in the image the hosts' own is taken, and nothing has to be mounted.
    Files.delete(rootfs.resolve("cri/registry"));
    ForgetfulSecrets secrets = new ForgetfulSecrets();
    try (LabReplicas replicas = replicas(lab, rootfs, secrets);
        LabReplicas strangers = replicas(lab, rootfs, ClusterSecretStores.inMemory())) {
      replicas.fill();
      List<Integer> hosts = IntStream.rangeClosed(1, lab.size()).boxed().toList();
      hosts.forEach(replicas::serve);
      hosts.forEach(host -> pull(lab, host).ok());
      assertThat(lab.on(1, code("http")).output()).as("plain HTTP").isEqualTo("400");
      assertThat(lab.on(1, code("https")).status()).as("no trust of the system").isEqualTo(60);
      assertThat(lab.on(1, "grep -r skip_verify /etc/containerd").status()).isEqualTo(1);
      assertThat(verified(replicas)).isEmpty();

      renewedWhilePulling(lab, replicas, secrets, hosts);
      wrongCertificate(lab, replicas, strangers);
      wrongAuthority(lab, replicas, strangers);
    }
  }

  private static LabReplicas replicas(Lab lab, Path rootfs, ClusterSecrets secrets) {
    return new LabReplicas(
        lab, rootfs, "lab", Map.of(), it -> it.transport(RegistryTransport.TLS).secrets(secrets));
  }

  private static List<String> verified(LabReplicas replicas) {
    return replicas
        .registries()
        .verify(replicas.client(), replicas.cluster().hosts())
        .failures()
        .stream()
        .map(row -> row.host() + " " + row.step())
        .toList();
  }

  /** One replica after the other gets another certificate while all hosts pull. */
  private static void renewedWhilePulling(
      Lab lab, LabReplicas replicas, ForgetfulSecrets secrets, List<Integer> hosts)
      throws Exception {
    String before = lab.on(1, "sha256sum " + IDENTITY).ok().output();
    String authority = lab.on(1, "sha256sum " + CA).ok().output();
    List<CompletableFuture<Ran>> loops =
        hosts.stream()
            .map(host -> CompletableFuture.supplyAsync(() -> lab.on(host, pullLoop())))
            .toList();
    try {
      for (int host : hosts) {
        secrets.forgetServers(true);
        replicas
            .registries()
            .installChanges(replicas.access(host).host(), replicas.access(host).facts());
        secrets.forgetServers(false);
        replicas.serve(host);
      }
    } finally {
      hosts.forEach(host -> lab.on(host, "rm -f /run/looping").ok());
    }
    int pulls = 0;
    for (CompletableFuture<Ran> loop : loops) {
      List<String> answers = loop.get(90, TimeUnit.SECONDS).ok().lines();
      assertThat(answers).hasSizeGreaterThan(2).containsOnly("pulled");
      pulls += answers.size();
    }
    System.out.println(
        "shown: " + pulls + " pulls, none failed, while 3 certificates were renewed");
    assertThat(lab.on(1, "sha256sum " + IDENTITY).ok().output()).isNotEqualTo(before);
    assertThat(lab.on(1, "sha256sum " + CA).ok().output()).isEqualTo(authority);
    assertThat(verified(replicas)).isEmpty();
  }

  /** A replica with a certificate of somebody else's is passed over, and named. */
  private static void wrongCertificate(Lab lab, LabReplicas replicas, LabReplicas strangers) {
    FileChange identity = file(strangers.access(2), strangers, IDENTITY);
    write(lab, 2, IDENTITY, identity.content().reveal());
    lab.on(2, RESTART).ok();
    pull(lab, 2).ok();
    assertThat(verified(replicas))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, lab.size())
                .mapToObj(node -> lab.address(node) + " pull from " + lab.address(2))
                .toList());
    // The unit is as it was, but the service has to read the file that is put back.
    replicas.serve(2);
    assertThat(verified(replicas)).isEmpty();
  }

  /** A node that has somebody else's authority pulls nothing, until the next run. */
  private static void wrongAuthority(Lab lab, LabReplicas replicas, LabReplicas strangers) {
    write(
        lab,
        3,
        CA,
        strangers.registries().settings(replicas.cluster().hosts().get(2)).caCertificate());
    Ran refused = pull(lab, 3);
    assertThat(refused.status()).isNotZero();
    assertThat(refused.output()).contains("x509");
    replicas.serve(3);
    pull(lab, 3).ok();
  }

  private static FileChange file(HostAccess access, LabReplicas of, String path) {
    return of.registries().installChanges(access.host(), access.facts()).stream()
        .filter(change -> change.target().equals(path))
        .map(FileChange.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static void write(Lab lab, int host, String path, String text) {
    lab.on(host, "cat >" + path + " <<'END'\n" + text + "END\n").ok();
  }

  /** The status of the base of the API, without credentials and without our authority. */
  private static String code(String scheme) {
    return "curl -q -sS -o /dev/null -w '%{http_code}' "
        + scheme
        + "://127.0.0.1:5000/v2/ 2>/dev/null";
  }

  private static Ran pull(Lab lab, int host) {
    return lab.on(
        host,
        "ctr images rm --sync $(ctr images ls -q) >/dev/null 2>&1; timeout 60 ctr images pull"
            + " --hosts-dir /etc/containerd/certs.d sealos.hub:5000/"
            + IMAGE
            + " 2>&1");
  }

  /** Pulls all the time while a file is there, in a namespace of its own. */
  private static String pullLoop() {
    return ": >/run/looping; while [ -e /run/looping ]; do ctr -n loop images rm --sync "
        + "$(ctr -n loop images ls -q) >/dev/null 2>&1; ctr -n loop images pull --hosts-dir "
        + "/etc/containerd/certs.d sealos.hub:5000/"
        + IMAGE
        + " >/run/pulled 2>&1 && echo pulled || cat /run/pulled; done";
  }
}
