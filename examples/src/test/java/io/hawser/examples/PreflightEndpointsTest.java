package io.hawser.examples;

import static io.hawser.examples.LookedAtCluster.FIRST;
import static io.hawser.examples.LookedAtCluster.NODE;
import static io.hawser.examples.LookedAtCluster.assertFindings;

import io.hawser.registry.EndpointStrategies;
import io.hawser.registry.EndpointStrategy;
import io.hawser.report.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each way to the registries needs of a node is looked at before the first change. */
class PreflightEndpointsTest {
  private static final EndpointStrategy VIRTUAL =
      EndpointStrategies.all(
          List.of(
              EndpointStrategies.containerd(),
              EndpointStrategies.lvscare("10.103.97.12", "sealos.hub:5000/sealos/lvscare:v4.3.7")));

  private static final String TOOLS =
      "base64 bash cksum containerd curl docker-registry find haproxy openssl sha256sum systemctl"
          + " tar wget xargs";

  @TempDir Path directory;

  private Report preflight(EndpointStrategy strategy, String host, Map<String, ?> facts) {
    LookedAtCluster hosts = new LookedAtCluster(directory);
    for (String all : List.of(FIRST, "10.0.0.2", "10.0.0.3", NODE)) {
      hosts.ssh.facts(all, Map.of("tools", TOOLS));
    }
    hosts.ssh.facts(host, facts);
    return hosts.bootstrap().endpoints(strategy).build().preflight();
  }

  @Test
  @DisplayName("a virtual address needs IPVS in the kernel of nodes, not of hosts with a registry")
  void aVirtualAddressNeedsIpvs() {
    assertFindings(preflight(VIRTUAL, NODE, Map.of()));
    assertFindings(preflight(VIRTUAL, FIRST, Map.of("ipvs", "0")));
    assertFindings(
        preflight(VIRTUAL, NODE, Map.of("ipvs", "0")),
        NODE
            + " endpoints WARNING: no IPVS in the kernel (ip_vs), so nothing serves the virtual"
            + " address 10.103.97.12");
  }

  @Test
  @DisplayName("a virtual address that a host has as its own is found; one that lvscare put is not")
  void aVirtualAddressIsNobodysOwn() {
    String own = "eth0,1500,10.0.0.4 lo,65536,127.0.0.1 ";
    assertFindings(
        preflight(VIRTUAL, NODE, Map.of("addresses", own + "kube-ipvs0,1500,10.103.97.12")));
    assertFindings(
        preflight(VIRTUAL, NODE, Map.of("addresses", own + "eth0,1500,10.103.97.12")),
        NODE
            + " endpoints WARNING: this host has the virtual address 10.103.97.12 itself, on eth0");
  }

  @Test
  @DisplayName("a proxy on the node needs its port there; its own does not stand in its way")
  void aProxyNeedsItsPort() {
    EndpointStrategy proxy = EndpointStrategies.haproxy();
    assertFindings(preflight(proxy, NODE, Map.of("port.5000", "0100007F,haproxy")));
    assertFindings(
        preflight(proxy, NODE, Map.of("port.5000", "00000000,nginx")),
        NODE + " endpoints WARNING: port 5000, which the proxy needs, is taken by nginx");
  }

  @Test
  @DisplayName("a node without haproxy is told of before it gets the lists only")
  void aNodeWithoutTheProxyIsFound() {
    assertFindings(
        preflight(
            EndpointStrategies.haproxy(), NODE, Map.of("tools", TOOLS.replace(" haproxy", ""))),
        NODE
            + " endpoints WARNING: no haproxy, so no proxy: a replica that hangs is waited for, 30"
            + " s and more");
  }
}
