package io.hawser.registry;

import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import io.hawser.host.UnitChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A proxy on the node before all replicas, and lists that name it first and the replicas after it,
 * so that pulls go on when the proxy itself is dead. The proxy speaks TLS to replicas that do, and
 * plain HTTP to the node alone.
 */
final class ProxiedEndpoints implements EndpointStrategy, EndpointShortfall {
  private static final String DIRECTORY = "/etc/hawser/registry-proxy/";
  private static final String LOOPBACK = "127.0.0.1";

  private final EndpointStrategy lists;

  /** A proxy beside these lists. */
  ProxiedEndpoints(EndpointStrategy lists) {
    this.lists = lists;
  }

  @Override
  public List<HostChange> changes(NodeFacts node, List<Endpoint> replicas) {
    List<Endpoint> order = EndpointOrder.of(node, replicas);
    // The port is taken where a replica listens on it, and there the own replica is first anyway.
    boolean runsReplica = order.get(0).address().equals(node.get("address"));
    if (runsReplica || !node.has("haproxy") || !node.has("systemctl")) {
      return lists.changes(node, replicas);
    }
    Endpoint first = order.get(0);
    String name = EndpointUrl.label(first);
    String config = DIRECTORY + name + ".cfg";
    String listen = LOOPBACK + ":" + first.port();
    String ca = node.get("root") + CaFile.path(first);
    String text = HaproxyConfig.of(listen, order, ca, WatchedList.manifestPath(node));
    // What it reads when it starts comes before it, and is part of what it is restarted for.
    List<HostChange> changes = new ArrayList<>(CaFile.changes(order));
    changes.add(ConfidentialFile.of(config, text, order));
    String read = text + CaFile.text(order);
    changes.add(
        new UnitChange(
            "hawser-registry-proxy-" + name, unit(name, node.get("root") + config, read)));
    changes.addAll(listed(node, order, listen));
    return changes;
  }

  @Override
  public Optional<String> shortfall(NodeFacts node, List<Endpoint> replicas) {
    Endpoint first = EndpointOrder.of(node, replicas).get(0);
    if (first.address().equals(node.get("address"))) {
      return Optional.empty();
    }
    List<String> missing =
        Stream.of("haproxy", "systemctl").filter(program -> !node.has(program)).toList();
    if (!missing.isEmpty()) {
      return Optional.of(
          "no "
              + String.join(", no ", missing)
              + ", so no proxy: a replica that hangs is waited for, 30 s and more");
    }
    String port = "port." + first.port();
    return Stream.of(node.get(port).split(" ", -1))
        .map(word -> word.split(",", 2))
        .filter(words -> words.length == 2 && !words[1].equals("haproxy"))
        .map(words -> words[1].equals("-") ? "a program that hides" : words[1])
        .map(who -> "port " + first.port() + ", which the proxy needs, is taken by " + who)
        .findFirst();
  }

  /** The lists of the node's own order with the proxy before it. */
  private static List<HostChange> listed(NodeFacts node, List<Endpoint> order, String listen) {
    Endpoint first = order.get(0);
    List<Endpoint> all = new ArrayList<>();
    all.add(
        new Endpoint(
            LOOPBACK, first.domain(), first.port(), "http://" + listen, first.authorization()));
    all.addAll(order);
    List<HostChange> changes =
        new ArrayList<>(ContainerdEndpoints.named(node, first.authority(), all));
    changes.removeAll(CaFile.changes(order)); // they came before the proxy
    // Who goes by the name expects TLS there, which the proxy does not speak to its clients.
    boolean tls = EndpointUrl.of(first).tls();
    changes.addAll(HostsFileEndpoints.ordered(tls ? order : all));
    return changes;
  }

  private static String unit(String name, String config, String read) {
    return UnitText.of(
        "Configuration",
        read,
        "Proxy before the replicas of registry " + name,
        List.of(
            "ExecStart=/usr/bin/env haproxy -db -f " + config,
            "Restart=always",
            "RestartSec=2",
            // At SIGUSR1 it takes no more connections and ends when those that it has are done.
            "KillSignal=SIGUSR1",
            "TimeoutStopSec=60",
            "LimitNOFILE=16384",
            "NoNewPrivileges=yes",
            "CapabilityBoundingSet=CAP_NET_BIND_SERVICE CAP_DAC_OVERRIDE",
            "ProtectSystem=strict",
            "ProtectHome=yes",
            "PrivateTmp=yes",
            "PrivateDevices=yes",
            "RestrictSUIDSGID=yes",
            "LockPersonality=yes"));
  }
}
