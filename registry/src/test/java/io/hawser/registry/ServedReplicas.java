package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Secret;
import io.hawser.report.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  /** Pushes the image, then starts two registries that serve it. */
  ServedReplicas(Path directory) throws Exception {
    this.directory = directory;
    manifest = new OciImage(Files.createDirectories(directory.resolve("oci"))).write("1.0");
    Path htpasswd = directory.resolve("htpasswd");
    Files.writeString(htpasswd, Htpasswd.of(settings(), new byte[Htpasswd.SALT_BYTES]).reveal());
    push();
    for (String address : ADDRESSES) {
      String listen = address + ":" + RegistryProcess.freePort();
      serve(
          address,
          ConfigFile.of(listen, storage().toString(), htpasswd.toString(), Secret.of("state")));
      endpoints.add(
          new Endpoint(
              address,
              DOMAIN,
              5000,
              "http://" + listen,
              TestEndpoints.basic(USER, TestEndpoints.PASSWORD)));
    }
    for (Endpoint endpoint : endpoints) {
      awaitServing(endpoint.url());
    }
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
    Path file = Files.writeString(directory.resolve(name + ".yml"), config);
    Path log = directory.resolve(name + ".log");
    List<String> command = List.of("docker-registry", "serve", file.toString());
    processes.add(RegistryProcess.start(log, command));
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

  @Override
  public void close() {
    processes.forEach(RegistryProcess::close);
  }
}
