package io.hawser.registry;

import java.util.Collection;
import java.util.List;

/** Makes the endpoint strategies that come with Hawser. All are immutable and thread-safe. */
public final class EndpointStrategies {
  private EndpointStrategies() {}

  /**
   * {@link #lists()} with a health watch: a small service on the node that asks every replica for
   * known content every two seconds, as this node sees it, and puts those that do not answer
   * rightly within 1.5 s last, in containerd's {@code hosts.toml} and, by lines before ours, in
   * {@code /etc/hosts}. They come back to their place after two right answers; when no replica
   * answers the order stays. So also a replica that is silent, hangs or serves wrong content is
   * left, after four seconds at most.
   *
   * <p>The service is a POSIX shell script in {@code /etc/hawser/registry-watch}; it needs systemd,
   * and {@code curl} or the wget of GNU with {@code timeout}. Without the first two the node gets
   * the lists alone. The list that it reads, with mode 0600 when it holds credentials, is written
   * by Hawser only; a file that somebody else changed is left alone, and what the service changed
   * counts as unchanged for plans, runs and undo.
   */
  public static EndpointStrategy standard() {
    return new WatchedEndpoints(lists());
  }

  /**
   * Both {@link #containerd()}, where containerd is, and {@link #hostsFile()}.
   *
   * <p>The hosts file serves whatever else pulls on the node, but helps only when a replica refuses
   * connections.
   */
  public static EndpointStrategy lists() {
    return all(List.of(containerd(), hostsFile()));
  }

  /**
   * One {@code hosts.toml} for containerd with an entry per replica: a node that runs a replica
   * asks its own first, the others begin with different ones. containerd goes on to the next when
   * one cannot be reached or answers with an error.
   *
   * <p>The file lies in the node's {@code config_path}, or {@code /etc/containerd/certs.d}; it has
   * mode 0600 as it holds the credentials. With TLS it names the registry's authority, which lies
   * in {@code /etc/hawser/registry-ca}. Nothing on a node without containerd.
   */
  public static EndpointStrategy containerd() {
    return new ContainerdEndpoints();
  }

  /**
   * A line in {@code /etc/hosts} per replica for the registry's domain, in the same order. With TLS
   * also the registry's authority, where docker, cri-o, podman and skopeo look for it by that name.
   */
  public static EndpointStrategy hostsFile() {
    return new HostsFileEndpoints();
  }

  /**
   * An HAProxy on the node, where {@code haproxy} and systemd are there, that listens on {@code
   * 127.0.0.1} with the registry's port and hands each request to the first replica that is up; and
   * {@link #lists()} that name it first and the replicas after it, for when the proxy itself is
   * dead. A host that runs a replica, and one without HAProxy, gets {@link #lists()}.
   *
   * <p>The proxy fetches a known manifest from each replica every second. A request that has no
   * answer after five seconds is asked of the next one, so that also requests that were under way
   * when a replica hung go on, which no list can do. To replicas with TLS it speaks TLS and checks
   * them by the registry's authority; the way to it, on the node, is plain HTTP. Its configuration,
   * {@code /etc/hawser/registry-proxy/<domain>-<port>.cfg}, has mode 0600; clients log in
   * themselves.
   *
   * <p>Format: HAProxy Configuration Manual 2.6.
   */
  public static EndpointStrategy haproxy() {
    return new ProxiedEndpoints(lists());
  }

  /**
   * The registries of k3s and rke2: {@code /etc/rancher/k3s/registries.yaml} where {@code k3s} is
   * on the node's PATH, {@code /etc/rancher/rke2/registries.yaml} where {@code rke2} is; nothing
   * elsewhere. Mode 0600 when it holds credentials. A file that is there is replaced as a whole,
   * and put back by undo.
   *
   * <p>Their containerd asks the endpoints in order and goes on when one refuses or answers with an
   * error; one that hangs is not left. Last it asks {@code https://<domain>} itself, unless k3s
   * runs with {@code --disable-default-registry-endpoint}. The file is read when k3s starts: Hawser
   * does not restart it, so write it before, or restart the service.
   *
   * <p>Format: k3s documentation, "Private Registry Configuration" (docs.k3s.io, k3s 1.0 and
   * later); RKE2's page of the same name.
   */
  public static EndpointStrategy k3s() {
    return new K3sEndpoints();
  }

  /**
   * Mirrors for cri-o, where {@code crio} is on the node's PATH: a file below {@code
   * /etc/containers/registries.conf.d}. With credentials also {@code /etc/crio/hawser-auth.json},
   * mode 0600, and a file below {@code /etc/crio/crio.conf.d} that makes it cri-o's {@code
   * global_auth_file}: one that was set before no longer counts, and a later drop-in beats ours.
   *
   * <p>cri-o asks the replicas in order and goes on when one refuses or answers with an error; one
   * that hangs is not left. It reads both again at SIGHUP, which Hawser does not send. podman and
   * skopeo on the node find the mirrors too, but want the credentials with {@code --authfile}. The
   * format's only word for plain HTTP also allows any certificate, and makes clients try HTTPS
   * first; it is written for {@code http://} endpoints only. A replica with an IPv6 address gets a
   * name in {@code /etc/hosts} for this, as older versions take no such address. With TLS the
   * authority lies in {@code /etc/containers/certs.d}, for each replica.
   *
   * <p>Format: containers-registries.conf(5) version 2, containers-registries.conf.d(5),
   * containers-auth.json(5) (containers/image 5), crio.conf(5).
   */
  public static EndpointStrategy crio() {
    return new CrioEndpoints();
  }

  /**
   * The list of sealos' {@code image-cri-shim}, in {@code /etc/image-cri-shim.yaml}, where that
   * program is on the node's PATH; the shim reads it again by itself within 15 s. Mode 0600 when it
   * holds credentials. The file is replaced as a whole; it says CRI {@code v1}, so Kubernetes 1.23
   * or later.
   *
   * <p>The shim looks for an image under the registry's name first, then on each replica in the
   * node's order, and hands it on under the name where it was found. So the replicas are listed
   * only where containerd is behind the shim, and containerd gets a {@code hosts.toml} under the
   * address of each, too; IPv6 addresses, which many runtimes refuse in names, are not listed. The
   * shim writes what it reads, passwords too, to its own log: prefer {@link #standard()}, which it
   * needs for the registry's name anyway. One that hangs is not left.
   *
   * <p>Format: README and {@code pkg/types} of image-cri-shim in labring/sealos, versions 4 and 5
   * ({@code priority} in newer ones only).
   *
   * @param runtimeSocket of the container runtime, for example {@code
   *     /run/containerd/containerd.sock}
   * @throws IllegalArgumentException from the strategy when the password holds a colon, which the
   *     shim cannot read, or when a replica has TLS: the shim cannot be told of its authority
   */
  public static EndpointStrategy criShim(CharSequence runtimeSocket) {
    return new CriShimEndpoints(runtimeSocket.toString());
  }

  /**
   * One virtual address for all replicas by IPVS, kept by lvscare in a static pod, as sealos does
   * it for the apiserver: {@code hawser-registry-lvscare.yaml} in the directory of static pods
   * where the node has {@code kubelet}, {@code k3s} or {@code rke2}, and a line in {@code
   * /etc/hosts} that gives the registry's name to that address. Use it instead of {@link
   * #hostsFile()}, beside {@link #containerd()}. A host that runs a replica gets the lines of
   * {@link #hostsFile()}. Nothing when images call the registry by another address.
   *
   * <p>It promises less than a list: new connections go to each replica in turn, and every five
   * seconds a replica is taken out that does not answer {@code /v2/}. It is asked without
   * credentials, so one that refuses the right password, has lost its storage or serves wrong bytes
   * stays in. It starts after the kubelet, so nothing that a node pulls earlier has it, and its own
   * image has to come another way. kube-proxy in mode ipvs removes it unless {@code excludeCIDRs}
   * names the address. docs/design/endpoints.md says more.
   *
   * <p>Format: {@code pkg/ipvs} of labring/sealos and the README of labring/lvscare, version 4.
   *
   * @param virtualAddress an address that nothing else uses, of the same kind as the replicas'
   * @param image of lvscare, of a version with {@code --health-status}
   */
  public static EndpointStrategy lvscare(CharSequence virtualAddress, CharSequence image) {
    return new LvscareEndpoints(virtualAddress.toString(), image.toString());
  }

  /**
   * A Service without selector and its EndpointSlices, for clients in pods: {@code
   * /etc/hawser/services/<namespace>.<name>.yaml} where the node has {@code kubelet}, {@code k3s}
   * or {@code rke2}, the same on each, so that it is there when a master is lost. Hawser does not
   * talk to the apiserver: {@code kubectl apply -f} is yours. No credentials are in it; clients
   * bring their own.
   *
   * <p>Nothing takes a dead replica out: nobody probes these endpoints, so each new connection goes
   * to a dead one with its share. Nodes cannot use it, as they neither ask the cluster's DNS nor
   * have a Service before they have images. An ExternalName would carry neither the port nor
   * several addresses.
   *
   * <p>Format: Kubernetes, {@code v1} Service and {@code discovery.k8s.io/v1} EndpointSlice (1.21
   * and later).
   *
   * @param namespace of the Service
   * @param name of the Service, a DNS label
   */
  public static EndpointStrategy service(CharSequence namespace, CharSequence name) {
    return new ServiceEndpoints(namespace.toString(), name.toString());
  }

  /**
   * The changes of several strategies, in their order; what any of them cannot do ({@link
   * EndpointShortfall}) all together cannot.
   */
  public static EndpointStrategy all(Collection<EndpointStrategy> strategies) {
    return new SeveralEndpoints(List.copyOf(strategies));
  }
}
