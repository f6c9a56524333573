package io.hawser.registry;

import com.google.common.net.InetAddresses;
import io.hawser.host.BlockChange;
import io.hawser.host.FileChange;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One virtual address (IPVS) for all replicas, on nodes that run none. */
final class LvscareEndpoints implements EndpointStrategy, EndpointShortfall {
  /** Interfaces on which a virtual address may lie that lvscare or kube-proxy put there. */
  private static final String VIRTUAL = "(lo|dummy|kube-ipvs|lvscare|sealos).*";

  /** Where the kubelet of each kind of node looks for static pods, by the program that is there. */
  private static final Map<String, String> STATIC_PODS =
      Map.of(
          "kubelet", "/etc/kubernetes/manifests",
          "k3s", "/var/lib/rancher/k3s/agent/pod-manifests",
          "rke2", "/var/lib/rancher/rke2/agent/pod-manifests");

  private final InetAddress virtual;
  private final String image;

  LvscareEndpoints(String virtual, String image) {
    this.virtual = EndpointUrl.parsed("virtual server", virtual);
    if (!image.matches("[!-~]+")) {
      throw new IllegalArgumentException("\"" + image + "\" is not the name of an image");
    }
    this.image = image;
  }

  @Override
  public List<HostChange> changes(NodeFacts node, List<Endpoint> replicas) {
    List<Endpoint> order = EndpointOrder.of(node, replicas);
    Endpoint first = order.get(0);
    List<String> directories =
        Stream.of("kubelet", "k3s", "rke2")
            .filter(node::has)
            .map(name -> STATIC_PODS.getOrDefault(name, ""))
            .toList();
    boolean named = !InetAddresses.isInetAddress(first.domain());
    boolean called = named || InetAddresses.forString(first.domain()).equals(virtual);
    if (directories.isEmpty() || !called) {
      return List.of();
    }
    if (first.address().equals(node.get("address"))) {
      return new HostsFileEndpoints().changes(node, replicas);
    }
    List<HostChange> changes = new ArrayList<>(CaFile.byName(node, order));
    for (String directory : directories) {
      changes.add(pod(directory, node, order));
    }
    if (named) {
      changes.add(line(first.domain()));
    }
    return List.copyOf(changes);
  }

  @Override
  public Optional<String> shortfall(NodeFacts node, List<Endpoint> replicas) {
    if (EndpointOrder.of(node, replicas).get(0).address().equals(node.get("address"))) {
      return Optional.empty(); // a host that runs a replica gets lines of the hosts file
    }
    String shown = InetAddresses.toAddrString(virtual);
    List<String> problems = new ArrayList<>();
    if (node.get("ipvs").equals("0")) {
      problems.add("no IPVS in the kernel (ip_vs), so nothing serves the virtual address " + shown);
    }
    Stream.of(node.get("addresses").split(" ", -1))
        .map(word -> word.split(",", 3))
        .filter(words -> words.length == 3 && words[2].equals(shown) && !words[0].matches(VIRTUAL))
        .map(words -> "this host has the virtual address " + shown + " itself, on " + words[0])
        .findFirst()
        .ifPresent(problems::add);
    return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
  }

  private FileChange pod(String directory, NodeFacts node, List<Endpoint> order) {
    for (Endpoint replica : order) {
      if (EndpointUrl.isV6(EndpointUrl.address(replica)) != EndpointUrl.isV6(virtual)) {
        throw new IllegalArgumentException(
            replica.address()
                + ": IPVS cannot serve it at "
                + InetAddresses.toAddrString(virtual)
                + ", as one is IPv4 and one IPv6; give a virtual address of the replicas' kind");
      }
    }
    String socket = EndpointUrl.socket(virtual, order.get(0).port());
    return FileChange.plain(
        directory + "/" + LvscarePod.NAME + ".yaml",
        LvscarePod.of(socket, image, node.get("address"), order));
  }

  private BlockChange line(String domain) {
    return new BlockChange(
            "/etc/hosts",
            "registry." + domain.toLowerCase(Locale.ROOT),
            List.of(InetAddresses.toAddrString(virtual) + " " + domain))
        .insteadOf(domain);
  }
}
