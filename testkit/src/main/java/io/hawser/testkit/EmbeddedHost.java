package io.hawser.testkit;

import com.google.common.collect.ImmutableMap;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.cluster.SshAccess;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One host: an SSH server, a tree of files and the services that run from it. */
final class EmbeddedHost implements Closeable {
  private final LoopbackAddresses.Claim claim;
  private final Path root;
  private final HostServices services;
  private final EmbeddedSshServer server;

  private EmbeddedHost(
      LoopbackAddresses.Claim claim, Path root, HostServices services, EmbeddedSshServer server) {
    this.claim = claim;
    this.root = root;
    this.services = services;
    this.server = server;
  }

  /**
   * Makes a host and boots it.
   *
   * @param home gets the host's root and its programs
   * @param login who is let in
   * @param fetches whether the host gets a curl of its own
   */
  static EmbeddedHost boot(
      LoopbackAddresses.Claim claim,
      Path home,
      Path mailDirectory,
      Mailbox mailbox,
      HostLogin login,
      boolean fetches)
      throws IOException {
    String address = claim.address();
    String box = "host-" + address.substring(address.lastIndexOf('.') + 1);
    Path root = Files.createDirectories(home.resolve(box).resolve("root"));
    Path programs = home.resolve(box).resolve("programs");
    HostTree.write(root, box, address);
    HostPrograms.write(programs, mailDirectory, box, box, fetches);
    Map<String, String> environment = ImmutableMap.of("HAWSER_ROOT", root.toString());
    HostServices services =
        new HostServices(root, address, serviceEnvironment(environment, programs));
    Systemctl systemctl = new Systemctl(services);
    mailbox.box(
        box,
        (program, words) ->
            program.equals("curl") ? FetchProgram.run(words) : systemctl(systemctl, root, words));
    EmbeddedSshServer server =
        login
            .server()
            .address(address)
            .path(programs)
            .environment(environment)
            .directory(root)
            .start();
    EmbeddedHost host = new EmbeddedHost(claim, root, services, server);
    try {
      services.boot();
    } catch (IOException | RuntimeException e) {
      host.close();
      throw e;
    }
    return host;
  }

  private static Map<String, String> serviceEnvironment(Map<String, String> base, Path programs) {
    return ImmutableMap.<String, String>builder()
        .putAll(base)
        .put("PATH", programs + ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
        .put("LANG", "C.UTF-8")
        .buildOrThrow();
  }

  /** Refuses another root than the host's own: what lies elsewhere is not this host's to change. */
  private static Answer systemctl(Systemctl systemctl, Path root, List<String> words) {
    String asked = words.get(0).replaceFirst("/+$", "");
    if (!asked.isEmpty() && !asked.equals(root.toString())) {
      return Answer.failed(1, "systemctl: HAWSER_ROOT is " + asked + ", this host's is " + root);
    }
    return systemctl.run(words.subList(1, words.size()));
  }

  String address() {
    return claim.address();
  }

  Path root() {
    return root;
  }

  HostServices services() {
    return services;
  }

  EmbeddedSshServer server() {
    return server;
  }

  /** The host loses power: connections are cut and everything that runs dies. */
  void powerOff() {
    server.stop();
    services.powerOff();
  }

  void powerOn() {
    server.start();
    try {
      services.boot();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
    services.powerOff();
    claim.release();
  }

  /** This host in a cluster, with the roles of these words with commas between. */
  Host member(SshAccess access, String words) {
    List<String> wanted = List.of(words.split(" *, *", -1));
    List<Role> roles =
        Stream.of(Role.values()).filter(role -> wanted.contains(role.word())).toList();
    return Host.at(address()).ssh(access).root(root().toString()).roles(roles).build();
  }
}
