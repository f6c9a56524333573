package io.hawser.clusterfile;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Config;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.clusterfile.yaml.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the document of kind Cluster says; parts with a fault are left out.
 *
 * @param name may be no valid name, which is on record then
 */
record ClusterDocument(
    String name,
    List<Host> hosts,
    Map<String, List<String>> env,
    List<String> images,
    List<MountEntry> mounts) {
  private static final String API_VERSION = "apps.sealos.io/v1beta1";

  /**
   * Reads it.
   *
   * @param directory against which trees are resolved
   * @param treesGiven whether the caller gives trees, so that a mount needs none
   */
  static ClusterDocument read(
      YamlNode.Fields document, Path directory, boolean treesGiven, Problems problems) {
    FieldReader root = FieldReader.of(document, "", problems);
    root.accept("kind");
    apiVersion(root, "Cluster", problems);
    String name = name(root.fields("metadata"), problems);
    FieldReader spec = root.fields("spec");
    SshFields ssh = SshFields.read(spec.fields("ssh"), problems);
    List<Host> hosts = HostFields.read(spec, ssh, problems);
    Map<String, List<String>> env = EnvFields.list(spec, "env", problems);
    List<String> images = texts(spec, "image", problems);
    texts(spec, "command", problems);
    spec.done();
    FieldReader status = root.fields("status");
    List<MountEntry> mounts = MountFields.read(status, directory, treesGiven, problems);
    status.accept("phase", "conditions", "commandCondition");
    status.done();
    root.done();
    return new ClusterDocument(name, hosts, env, images, mounts);
  }

  static void apiVersion(FieldReader root, String kind, Problems problems) {
    String version = root.text("apiVersion");
    if (version != null && !version.equals(API_VERSION)) {
      problems.warn(
          root.at("apiVersion"),
          "apiVersion",
          "unknown version \"" + version + "\" of kind " + kind,
          "known: " + API_VERSION);
    }
  }

  private static String name(FieldReader metadata, Problems problems) {
    String name = metadata.text("name");
    if (name == null && metadata.node("name").isEmpty()) {
      problems.add(metadata.at("name"), "metadata.name", "is required");
    } else if (name != null && !Cluster.isName(name)) {
      problems.add(
          metadata.at("name"),
          "metadata.name",
          "\"" + name + "\" is not a cluster name",
          "a-z, 0-9 and -, at most 63, starting and ending with a letter or digit");
    }
    metadata.accept("creationTimestamp", "namespace", "labels", "annotations", "uid");
    metadata.accept("generation", "resourceVersion", "managedFields");
    metadata.done();
    return name == null ? "" : name;
  }

  private static List<String> texts(FieldReader fields, String name, Problems problems) {
    List<String> texts = new ArrayList<>();
    List<YamlNode> items = fields.items(name);
    for (int i = 0; i < items.size(); i++) {
      String text = FieldReader.text(items.get(i), fields.path(name) + "[" + i + "]", problems);
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** The cluster with these mounts and configs; only for a document without a problem. */
  Cluster toCluster(List<MountEntry> mounts, List<Config> configs) {
    Cluster.Builder builder = Cluster.named(name).hosts(hosts).env(env);
    mounts.forEach(mount -> builder.mount(mount.toMount()));
    configs.forEach(builder::config);
    return builder.build();
  }

  /**
   * A cluster for looking at environments although the document has problems: what is missing is
   * made up, so that the problems of the templates are listed together with the others.
   */
  Cluster toProvisionalCluster(List<MountEntry> mounts) {
    List<Host> standIns = new ArrayList<>(hosts);
    if (hosts.isEmpty()) {
      standIns.add(Host.at("192.0.2.1").roles(Role.MASTER).build());
    } else if (hosts.stream().noneMatch(host -> host.is(Role.MASTER))) {
      standIns.set(0, hosts.get(0).toBuilder().roles(Role.MASTER).build());
    }
    Cluster.Builder builder = Cluster.named("provisional").hosts(standIns).env(env);
    Set<String> names = new LinkedHashSet<>();
    mounts.stream().filter(m -> names.add(m.name())).forEach(m -> builder.mount(m.toMount()));
    return builder.build();
  }
}
