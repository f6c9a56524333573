package io.hawser.registry;

import com.google.common.io.Resources;
import io.hawser.Secret;
import io.hawser.host.BlockChange;
import io.hawser.host.FileChange;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import io.hawser.host.UnitChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lists of a node, and a service there that asks the replicas and puts the bad ones last. The
 * service reads a list of ours and derives the same files from it; what it puts in their place says
 * so, and is no change for a second run and for undo.
 */
final class WatchedEndpoints implements EndpointStrategy, EndpointShortfall {
  private static final String DIRECTORY = "/etc/hawser/registry-watch/";
  private static final String SCRIPT = script();

  private final EndpointStrategy lists;

  /** Watches what these lists say. */
  WatchedEndpoints(EndpointStrategy lists) {
    this.lists = lists;
  }

  @Override
  public List<HostChange> changes(NodeFacts node, List<Endpoint> replicas) {
    List<HostChange> changes = new ArrayList<>(lists.changes(node, replicas));
    if (shortfall(node, replicas).isPresent() || changes.isEmpty()) {
      return changes;
    }
    List<Endpoint> order = EndpointOrder.of(node, replicas);
    String name = EndpointUrl.label(order.get(0));
    String root = node.get("root");
    String script = DIRECTORY + name + ".sh";
    String listed = DIRECTORY + name + ".list";
    String text = WatchedList.of(node, order, root, tomlOf(node, order, changes), hostsOf(changes));
    changes.add(0, ConfidentialFile.of(listed, text, order));
    changes.add(0, new FileChange(script, Secret.of(SCRIPT), 0755, false));
    changes.add(
        new UnitChange("hawser-registry-watch-" + name, unit(name, root + script, root + listed)));
    return changes;
  }

  @Override
  public Optional<String> shortfall(NodeFacts node, List<Endpoint> replicas) {
    if (!node.has("systemctl")) {
      return Optional.of(
          "no systemctl, so no health watch: a replica that hangs is waited for, 30 s and more");
    }
    boolean tls = replicas.stream().allMatch(replica -> replica.url().startsWith("https:"));
    boolean able = node.has("curl") || node.has("wget") || (tls && node.has("openssl"));
    return able
        ? Optional.empty()
        : Optional.of(
            "nothing to ask registries with, so no health watch: a replica that hangs is waited"
                + " for, 30 s and more; install curl or wget"
                + (tls ? " or openssl" : ""));
  }

  /** The file for containerd, if it is among the lists. */
  private static String tomlOf(NodeFacts node, List<Endpoint> order, List<HostChange> changes) {
    String path = ContainerdEndpoints.path(node, order.get(0).authority()).orElse("");
    return changes.stream().anyMatch(c -> c instanceof FileChange && c.target().equals(path))
        ? path
        : "";
  }

  private static String hostsOf(List<HostChange> changes) {
    return changes.stream()
        .filter(
            change ->
                change instanceof BlockChange && change.target().equals(HostsFileEndpoints.PATH))
        .map(HostChange::target)
        .findFirst()
        .orElse("");
  }

  private static String unit(String name, String script, String list) {
    return UnitText.of(
        "Script",
        SCRIPT,
        "Health watch of the replicas of registry " + name,
        List.of(
            "ExecStart=/bin/sh " + script + " " + list,
            "Restart=always",
            "RestartSec=2",
            "RuntimeDirectory=hawser-registry-watch-" + name,
            "RuntimeDirectoryMode=0700",
            "NoNewPrivileges=yes",
            "CapabilityBoundingSet=CAP_DAC_OVERRIDE CAP_CHOWN CAP_FOWNER",
            "ProtectHome=read-only",
            "PrivateTmp=yes",
            "PrivateDevices=yes",
            "ProtectKernelTunables=yes",
            "ProtectKernelModules=yes",
            "ProtectControlGroups=yes",
            "RestrictSUIDSGID=yes",
            "LockPersonality=yes"));
  }

  private static String script() {
    try {
      return Resources.toString(
          Resources.getResource(WatchedEndpoints.class, "registry-watch.sh"),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the watch is missing from the library", e);
    }
  }
}
