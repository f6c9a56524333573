package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Secret;
import io.hawser.cluster.Host;
import io.hawser.report.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Real registries on loopback addresses of their own, all with one image, {@code shop/web:1.0}, and
 * with a password.
 */
final class ServedReplicas implements AutoCloseable {
  /** Nothing resolves it: who asks for the name itself fails. */
  static final String DOMAIN = "registry.invalid";

  static final String IMAGE = "shop/web:1.0";

  private static final String USER = "hawser";
  private static final List<String> ADDRESSES = List.of("127.0.0.31", "127.0.0.32");

  private final Path directory;
  private final List<RegistryProcess> processes = new ArrayList<>();
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final String manifest;
  private final Optional<CertificateAuthority> authority;
  private final ClusterSecrets secrets = ClusterSecretStores.inMemory();

  /** Pushes the image, then starts two registries that serve it. */
  ServedReplicas(Path directory) throws Exception {
    this(directory, false);
  }

  /** The same, with certificates of an authority of their own if so wanted. */
  ServedReplicas(Path directory, boolean tls) throws Exception {
    this.directory = directory;
    authority =
        tls
            ? Optional.of(new CertificateAuthority(secrets, "watch", Clock.systemUTC()))
            : Optional.empty();
    manifest = new OciImage(Files.createDirectories(directory.resolve("oci"))).write("1.0");
    Path htpasswd = directory.resolve("htpasswd");
    Files.writeString(htpasswd, Htpasswd.of(settings(), new byte[Htpasswd.SALT_BYTES]).reveal());
    push();
    for (String address : ADDRESSES) {
      String listen = address + ":" + RegistryProcess.freePort();
      serve(
          address,
          ConfigFile.of(
              listen,
              storage().toString(),
              htpasswd.toString(),
              Secret.of("state"),
              certificate(address)));
      endpoints.add(
          new Endpoint(
              address,
              DOMAIN,
              5000,
              (tls ? "https://" : "http://") + listen,
              TestEndpoints.basic(USER, TestEndpoints.PASSWORD),
              authority.map(one -> one.current().certificatePem()).orElse(null)));
    }
    for (Endpoint endpoint : endpoints) {
      if (tls) {
        awaitTls(endpoint.url(), "ca.pem", endpoint.caCertificate());
      } else {
        awaitServing(endpoint.url());
      }
    }
  }

  /** Where certificate and key of a replica lie. */
  private Optional<String> certificate(String address) throws IOException {
    if (authority.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(certificate(address, secrets, authority.get()).toString());
  }

  private Path certificate(String address, ClusterSecrets store, CertificateAuthority signer)
      throws IOException {
    Secret pem =
        new ServerCertificates(store, "watch", signer, Clock.systemUTC())
            .of(Host.at(address).build(), DOMAIN);
    return Files.writeString(directory.resolve(address + ".pem"), pem.reveal());
  }

  /** Makes a replica serve with a certificate of somebody else's authority. */
  void becomeStranger(int number) throws Exception {
    ClusterSecrets others = ClusterSecretStores.inMemory();
    CertificateAuthority other = new CertificateAuthority(others, "watch", Clock.systemUTC());
    String address = ADDRESSES.get(number);
    certificate(address, others, other);
    processes.get(number).close();
    processes.set(number, started(address));
    awaitTls(endpoints.get(number).url(), "strange.pem", other.current().certificatePem());
  }

  private void awaitTls(String url, String file, String authority) throws Exception {
    Path ca = Files.writeString(directory.resolve(file), authority);
    RegistryProcess.run(
        directory,
        "curl",
        "-q",
        "-sS",
        "--retry",
        "30",
        "--retry-delay",
        "1",
        "--retry-connrefused",
        "--cacert",
        ca.toString(),
        url + "/v2/");
  }

  static RegistrySettings settings() {
    return new RegistrySettings(
        RegistryMode.SAFE, DOMAIN, 5000, USER, Secret.of(TestEndpoints.PASSWORD), "/", "/");
  }

  private Path storage() {
    return directory.resolve("storage");
  }

  private void push() throws Exception {
    String listen = RegistryProcess.ADDRESS + ":" + RegistryProcess.freePort();
    String config =
        "version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: %s\nhttp:\n  addr: %s\n";
    serve("writable", config.formatted(storage(), listen));
    awaitServing("http://" + listen);
    RegistryProcess.run(
        directory,
        "skopeo",
        "copy",
        "--preserve-digests",
        "--dest-tls-verify=false",
        "oci:" + directory.resolve("oci") + ":1.0",
        "docker://" + listen + "/" + IMAGE);
    processes.remove(0).close();
  }

  private void serve(String name, String config) throws Exception {
    Files.writeString(directory.resolve(name + ".yml"), config);
    processes.add(started(name));
  }

  private RegistryProcess started(String name) throws Exception {
    String config = directory.resolve(name + ".yml").toString();
    List<String> command = List.of("docker-registry", "serve", config);
    return RegistryProcess.start(directory.resolve(name + ".log"), command);
  }

  /** Asks until a registry answers there, for half a minute. */
  static void awaitServing(String url) {
    assertThat(
            RegistryProcess.prober()
                .ask(
                    url,
                    probe -> RegistryProcess.probe(probe, settings()),
                    url,
                    settings(),
                    Optional.empty(),
                    "")
                .status())
        .isEqualTo(Status.OK);
  }

  List<Endpoint> endpoints() {
    return List.copyOf(endpoints);
  }

  RegistryProcess process(int number) {
    return processes.get(number);
  }

  /** The image's manifest as it was pushed. */
  Path manifest() {
    return directory.resolve("oci/blobs/sha256").resolve(manifest);
  }

  /** The image's manifest and its smallest blob. */
  KnownArtifact known() throws IOException {
    try (Stream<Path> blobs = Files.list(manifest().getParent())) {
      Path smallest =
          blobs
              .filter(blob -> !blob.equals(manifest()))
              .min(Comparator.comparingLong(blob -> blob.toFile().length()))
              .orElseThrow();
      return new KnownArtifact(
          IMAGE.substring(0, IMAGE.indexOf(':')), manifest, smallest.getFileName().toString());
    }
  }

  @Override
  public void close() {
    processes.forEach(RegistryProcess::close);
  }
}
