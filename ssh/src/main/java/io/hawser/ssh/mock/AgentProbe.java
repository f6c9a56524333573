package io.hawser.ssh.mock;

import java.net.URI;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The verb {@code probe}: fetches manifests and blobs from registries of hosts in memory. */
final class AgentProbe {
  private final AgentCall call;
  private final Function<String, @Nullable MemoryHost> neighbours;

  AgentProbe(AgentCall call, Function<String, @Nullable MemoryHost> neighbours) {
    this.call = call;
    this.neighbours = neighbours;
  }

  void probe() {
    for (List<String> fields : call.lines()) {
      List<String> texts = fields.stream().map(AgentFields::text).toList();
      if (texts.size() < 5) {
        throw new AgentFailure("probe: expected url user password accept sha256");
      }
      call.say(answer(URI.create(texts.get(0)), texts.get(1), texts.get(4)));
    }
  }

  private String answer(URI url, String user, String sha256) {
    MemoryHost host = host(url.getHost());
    if (host == null) {
      return "failed could not resolve " + url.getHost();
    }
    if (!host.faults().answers()) {
      return "failed no answer from " + url.getHost();
    }
    MemoryRegistry registry = MemoryRegistry.on(host, url.getPort());
    if (registry == null) {
      return "failed connection refused";
    }
    if (registry.wantsLogin() && user.isEmpty()) {
      return "failed HTTP 401";
    }
    MemoryNode found = registry.find(url.getPath());
    if (found == null) {
      return "failed HTTP 404";
    }
    String digest = found.sha256();
    return digest.equals(sha256) ? "passed 1" : "failed the digest of the body is " + digest;
  }

  private @Nullable MemoryHost host(String name) {
    String bare = name.replaceAll("^\\[|\\]$", "");
    if (bare.equals("localhost") || bare.startsWith("127.") || bare.equals("::1")) {
      return call.host();
    }
    MemoryHost named = neighbours.apply(bare);
    String address = named == null ? addressOf(bare) : "";
    return address.isEmpty() ? named : host(address);
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
