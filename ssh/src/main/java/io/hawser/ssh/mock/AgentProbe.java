package io.hawser.ssh.mock;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The verb {@code probe}: fetches manifests and blobs from registries of hosts in memory. */
final class AgentProbe {
  private final AgentCall call;
  private final MemoryHosts neighbours;
  private final HostFaults faults;

  AgentProbe(AgentCall call, MemoryHosts neighbours, HostFaults faults) {
    this.call = call;
    this.neighbours = neighbours;
    this.faults = faults;
  }

  void probe() {
    for (List<String> fields : call.lines()) {
      List<String> texts = fields.stream().map(AgentFields::text).toList();
      if (texts.size() < 5) {
        throw new AgentFailure("probe: expected url user password accept sha256 [ca]");
      }
      String ca = texts.size() > 5 ? texts.get(5) : "";
      call.say(answer(URI.create(texts.get(0)), texts.get(1), texts.get(4), ca));
    }
  }

  private String answer(URI url, String user, String sha256, String ca) {
    List<MemoryHost> found = hosts(url.getHost());
    if (found.isEmpty()) {
      return "failed could not resolve " + url.getHost();
    }
    if (found.stream().noneMatch(this::answers)) {
      return "failed no answer from " + url.getHost();
    }
    MemoryRegistry registry = registry(found, url.getPort());
    if (registry == null) {
      return "failed connection refused";
    }
    String refusal = refusal(url, registry, ca);
    if (refusal != null) {
      return "failed " + refusal;
    }
    if (registry.wantsLogin() && user.isEmpty()) {
      return "failed HTTP 401";
    }
    MemoryNode body = registry.find(url.getPath());
    if (body == null) {
      return "failed HTTP 404";
    }
    String digest = body.sha256();
    return digest.equals(sha256) ? "passed 1" : "failed the digest of the body is " + digest;
  }

  /** No host in memory has authorities of its own. */
  private static @Nullable String refusal(URI url, MemoryRegistry registry, String ca) {
    String shown = registry.certificate();
    if (url.getScheme().equals("https")) {
      String name = url.getHost().replaceAll("^\\[|\\]$", "");
      return shown.isEmpty() ? "no TLS there" : MemoryTrust.refusal(shown, ca, name);
    }
    return shown.isEmpty() ? null : "HTTP 400";
  }

  /** A host reaches itself whatever is wrong with it. */
  private boolean answers(MemoryHost host) {
    return host == call.host() || !faults.isDown(host.address());
  }

  /** Several hosts may share an address, told apart by the port of their sshd only. */
  private static @Nullable MemoryRegistry registry(List<MemoryHost> hosts, int port) {
    for (MemoryHost host : hosts) {
      MemoryRegistry found = MemoryRegistry.on(host, port);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private List<MemoryHost> hosts(String name) {
    String bare = name.replaceAll("^\\[|\\]$", "");
    if (bare.equals("localhost") || bare.startsWith("127.") || bare.equals("::1")) {
      return List.of(call.host());
    }
    List<MemoryHost> named = neighbours.at(bare);
    String address = named.isEmpty() ? addressOf(bare) : "";
    return address.isEmpty() ? named : hosts(address);
  }

  /** What the host's own hosts file says. */
  private String addressOf(String name) {
    String hosts = call.below("/etc/hosts");
    if (!call.files().exists(hosts)) {
      return "";
    }
    return call.files()
        .text(hosts)
        .lines()
        .map(line -> List.of(line.replaceFirst("#.*", "").strip().split("\\s+")))
        .filter(words -> words.subList(1, words.size()).contains(name))
        .map(words -> words.get(0))
        .filter(address -> !address.equals(name))
        .findFirst()
        .orElse("");
  }
}
