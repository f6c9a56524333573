package io.hawser.clusterfile;

/**
 * A document of a Clusterfile as it is written, for whoever needs the kinds that Hawser passes on:
 * kubeadm's, the kubelet's, kube-proxy's, those of k3s.
 *
 * @param kind its kind; empty if it has none, which only lenient reading allows
 * @param apiVersion its version; empty if it names none
 * @param line where it starts, from 1; in the rendered text if the Clusterfile is a template
 * @param text all of it, comments and line ends as well, without the markers between documents. It
 *     may hold secrets and is not shown by {@link #toString}
 */
public record ClusterfileDocument(String kind, String apiVersion, int line, String text) {
  @Override
  public String toString() {
    return (kind.isEmpty() ? "document" : kind) + " at line " + line;
  }
}
