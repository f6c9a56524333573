package io.hawser.registry;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the static pod that runs lvscare for the registry, in the form in which sealos runs it for
 * the apiserver. It gets no credentials: they would stand in the arguments of a process, where
 * everybody on the node can read them. So 401 has to count as healthy.
 */
final class LvscarePod {
  static final String NAME = "hawser-registry-lvscare";

  private LvscarePod() {}

  /**
   * The text of the manifest.
   *
   * @param virtual address and port that nodes call
   * @param image of lvscare
   * @param node the node's own address
   */
  static String of(String virtual, String image, String node, List<Endpoint> order) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("care", "--vs", virtual, "--health-path", "/v2/"));
    arguments.addAll(List.of("--health-schem", scheme(order), "--health-status", "401"));
    for (Endpoint replica : order) {
      InetAddress address = EndpointUrl.address(replica);
      arguments.add("--rs");
      arguments.add(EndpointUrl.socket(address, EndpointUrl.of(replica).port()));
    }
    StringBuilder out = new StringBuilder();
    out.append("# Written by Hawser.\napiVersion: v1\nkind: Pod\nmetadata:\n");
    out.append("  name: ").append(NAME).append("\n  namespace: kube-system\n");
    out.append("spec:\n  hostNetwork: true\n  priorityClassName: system-node-critical\n");
    out.append("  containers:\n    - name: ").append(NAME);
    out.append("\n      image: ").append(QuotedText.of("the image of lvscare", image));
    out.append("\n      imagePullPolicy: IfNotPresent\n");
    out.append("      command: [\"/usr/bin/lvscare\"]\n      args:\n");
    for (String argument : arguments) {
      out.append("        - ").append(QuotedText.of("an argument", argument)).append('\n');
    }
    out.append("      env:\n        - name: LVSCARE_NODE_IP\n          value: ");
    out.append(QuotedText.of("the node's address", node));
    return out.append(REST).toString();
  }

  private static final String REST =
      """

            securityContext:
              privileged: true
            volumeMounts:
              - name: lib-modules
                mountPath: /lib/modules
                readOnly: true
        volumes:
          - name: lib-modules
            hostPath:
              path: /lib/modules
      """;

  private static String scheme(List<Endpoint> order) {
    List<Boolean> tls =
        order.stream().map(endpoint -> EndpointUrl.of(endpoint).tls()).distinct().toList();
    if (tls.size() > 1) {
      throw new IllegalArgumentException(
          "behind one address replicas speak all HTTP or all HTTPS, not both");
    }
    return tls.get(0) ? "https" : "http";
  }
}
