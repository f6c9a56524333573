package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Secret;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageType;
import io.hawser.cluster.Role;
import io.hawser.host.ChangeResult;
import io.hawser.host.FileChange;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import io.hawser.host.UnitChange;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real registry with TLS from our files, judged by openssl, curl, wget and skopeo. */
class ManagedRegistryTlsIT {
  private static final String DOMAIN = "registry.invalid";

  @TempDir Path directory;
  private final ClusterSecrets secrets = ClusterSecretStores.inMemory();
  private Cluster cluster;
  private Registries registries;
  private LocalShell shell;
  private Host replica;
  private RegistrySettings settings;
  private Path ca;
  private Path installed;

  @BeforeEach
  void oneReplica() throws Exception {
    RegistryProcess.assumeInstalled("docker-registry", "skopeo", "curl", "wget", "openssl");
    Files.createDirectories(directory.resolve("host/var/lib"));
    Files.createDirectories(directory.resolve("host/etc"));
    shell = new LocalShell(directory.resolve("scratch"));
    replica =
        Host.at(RegistryProcess.ADDRESS)
            .roles(Role.MASTER)
            .root(directory.resolve("host").toString())
            .build();
    TestImage image = new TestImage(directory.resolve("image"));
    image.push("shop/web", "1.0", "layer");
    cluster =
        Cluster.named("it")
            .hosts(replica)
            .env(Map.of("registryPort", RegistryProcess.freePort(), "registryDomain", DOMAIN))
            .mount(image.mount("rootfs", ImageType.ROOTFS))
            .build();
    registries =
        Registries.builder(cluster).secrets(secrets).transport(RegistryTransport.TLS).build();
    settings = registries.settings(replica);
    ca = Files.writeString(directory.resolve("ca.pem"), settings.caCertificate());
  }

  /** Distributes, installs all but the service, and gives the service's command. */
  private List<String> install() {
    HostAccess access = HostAccess.to(shell, cluster, replica);
    assertThat(registries.distribute(shell, List.of(replica)).failures()).isEmpty();
    NodeFacts facts = NodeFacts.of(Map.of("tools", "docker-registry"));
    List<HostChange> changes = new ArrayList<>(registries.installChanges(replica, facts));
    UnitChange unit = (UnitChange) changes.remove(changes.size() - 1);
    assertThat(access.apply(Distribution.OWNER, changes))
        .extracting(ChangeResult::outcome)
        .doesNotContain(HostChange.Outcome.FAILED);
    installed = Path.of(replica.resolve(settings.configDirectory() + "/registry_tls.pem"));
    return RegistryProcess.command(unit.content());
  }

  private String url() {
    return Endpoints.of(replica, settings).url();
  }

  private HostResult ready() {
    return registries.ready(HostAccess.to(shell, cluster, replica));
  }

  /** The exit status of curl for the base of the API, without credentials. */
  private int curl(String url, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("curl", "-q", "-sS", "--max-time", "10", "-o", "/dev/null"));
    command.addAll(List.of(more));
    command.add(url + "/v2/");
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("curl.log").toFile())
        .start()
        .waitFor();
  }

  @Test
  @DisplayName("S6 S7 the registry serves by TLS to who trusts its authority, and to nobody else")
  void s6RegistryServesByTlsOnly() throws Exception {
    try (RegistryProcess registry =
        RegistryProcess.start(directory.resolve("registry.log"), install())) {
      assertThat(registry).isNotNull();
      HostResult ready = ready();
      assertThat(ready.status()).as(ready.message()).isEqualTo(Status.OK);
      assertThat(registries.verify(shell, List.of(replica)).failures()).isEmpty();
      assertThat(url()).startsWith("https://");
      assertThat(curl(url(), "--cacert", ca.toString())).isZero();
      assertThat(curl(url())).as("no trust").isEqualTo(60);
      Path other = Files.writeString(directory.resolve("other.pem"), otherAuthority());
      assertThat(curl(url(), "--cacert", other.toString())).as("wrong authority").isEqualTo(60);
      assertThat(curl(url(), "--cacert", ca.toString(), "--tls-max", "1.1")).isEqualTo(35);
      String byName = "https://" + DOMAIN + ":" + settings.port();
      String resolve = DOMAIN + ":" + settings.port() + ":" + replica.address();
      assertThat(curl(byName, "--cacert", ca.toString(), "--resolve", resolve)).isZero();
      String plain = url().replace("https://", "http://");
      assertThat(RegistryProcess.status("GET", plain + "/v2/", Optional.of(settings)))
          .as("plain HTTP")
          .isEqualTo(400);
      copied();
    }
  }

  private String otherAuthority() {
    return Registries.builder(cluster)
        .secrets(ClusterSecretStores.inMemory())
        .transport(RegistryTransport.TLS)
        .build()
        .settings(replica)
        .caCertificate();
  }

  /** By skopeo, which cri-o's library for registries is of, with the directory that we write. */
  private void copied() throws Exception {
    Endpoint endpoint = Endpoints.of(replica, settings);
    HostChange file =
        EndpointStrategies.crio().changes(TestEndpoints.node("crio"), List.of(endpoint)).get(0);
    Path certs = directory.resolve("certs");
    Files.createDirectories(certs);
    Files.writeString(certs.resolve("ca.crt"), ((FileChange) file).content().reveal());
    RegistryProcess.run(
        directory,
        "skopeo",
        "inspect",
        "--raw",
        "--cert-dir",
        certs.toString(),
        "--creds",
        settings.username() + ":" + settings.password().reveal(),
        "docker://" + url().substring("https://".length()) + "/shop/web:1.0");
  }

  @Test
  @DisplayName("S7 openssl takes the certificate for every name, and for a clock a day behind")
  void s7OpensslTakesTheCertificate() throws Exception {
    install();
    for (List<String> name :
        List.of(
            List.of("-verify_ip", replica.address()),
            List.of("-verify_ip", "127.0.0.1"),
            List.of("-verify_hostname", DOMAIN),
            List.of("-verify_hostname", "localhost"))) {
      verified(name);
    }
    long behind = System.currentTimeMillis() / 1000 - 86_400;
    verified(List.of("-attime", String.valueOf(behind)));
    String text =
        RegistryProcess.run(
            directory, "openssl", "x509", "-in", installed.toString(), "-noout", "-text");
    assertThat(text)
        .contains(
            "Version: 3",
            "ecdsa-with-SHA256",
            "NIST CURVE: P-256",
            "CA:FALSE",
            "TLS Web Server Authentication",
            "IP Address:" + replica.address(),
            "DNS:" + DOMAIN);
    assertThat(RegistryProcess.run(directory, "openssl", "x509", "-in", ca + "", "-noout", "-text"))
        .contains("CA:TRUE, pathlen:0", "Certificate Sign");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(installed)))
        .isEqualTo("rw-------");
  }

  private void verified(List<String> more) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("openssl", "verify", "-x509_strict", "-purpose", "sslserver"));
    command.addAll(List.of("-CAfile", ca.toString()));
    command.addAll(more);
    command.add(installed.toString());
    assertThat(RegistryProcess.run(directory, command.toArray(String[]::new))).contains(": OK");
  }

  @Test
  @DisplayName("S7 a renewed certificate is served after a restart to nodes that stay as they are")
  void s7RenewalNeedsNothingOnTheNodes() throws Exception {
    List<String> command = install();
    String first = Files.readString(installed);
    secrets.put("it", ServerCertificates.secretName(replica), Secret.of("due"));
    assertThat(install()).isEqualTo(command);
    assertThat(Files.readString(installed)).isNotEqualTo(first);
    try (RegistryProcess registry =
        RegistryProcess.start(directory.resolve("registry.log"), command)) {
      assertThat(registry).isNotNull();
      assertThat(ready().status()).isEqualTo(Status.OK);
      assertThat(curl(url(), "--cacert", ca.toString())).isZero();
    }
  }
}
