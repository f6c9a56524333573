package io.hawser.filesystem;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.HostPaths;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import io.hawser.host.FileTree;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import io.hawser.host.TreeChange;
import io.hawser.host.TreeOption;
import io.hawser.template.TemplateEngine;
import java.util.List;
import java.util.Set;

/**
 * What the images of a cluster put on each of its hosts, as changes. The image directories are read
 * once, when this is made; thread-safe.
 */
public final class RootfsTrees {
  /** The owner under which a host's journal holds these changes. */
  public static final String OWNER = "mount";

  private final Cluster cluster;
  private final TemplateEngine templates;
  private final TreeChange.Check check;
  private final ImmutableSet<TreeOption> options;
  private final ImmutableMap<ImageMount, ArchitectureTrees> trees;

  private RootfsTrees(
      Cluster cluster, TemplateEngine templates, TreeChange.Check check, Set<TreeOption> options) {
    this.check = check;
    this.options = ImmutableSet.copyOf(options);
    this.cluster = cluster;
    this.templates = templates;
    ImmutableMap.Builder<ImageMount, ArchitectureTrees> read = ImmutableMap.builder();
    cluster
        .mounts()
        .forEach(mount -> read.put(mount, ArchitectureTrees.of(mount, cluster.configs(), options)));
    this.trees = read.buildOrThrow();
  }

  /**
   * Reads the images of a cluster.
   *
   * @param templates what renders their templates
   * @param options what the trees may bring beyond the default
   * @throws java.io.UncheckedIOException if an image's directory cannot be read
   */
  public static RootfsTrees of(Cluster cluster, TemplateEngine templates, Set<TreeOption> options) {
    return of(cluster, templates, TreeChange.Check.QUICK, options);
  }

  /**
   * Reads the images of a cluster.
   *
   * @param templates what renders their templates
   * @param check how it is seen that a tree lies on a host already
   * @param options what the trees may bring beyond the default
   * @throws java.io.UncheckedIOException if an image's directory cannot be read
   */
  public static RootfsTrees of(
      Cluster cluster, TemplateEngine templates, TreeChange.Check check, Set<TreeOption> options) {
    return new RootfsTrees(cluster, templates, check, options);
  }

  /**
   * Whether it matters what architecture a host has: an image has programs, or several trees. When
   * it does not, {@link #changes} needs no facts.
   */
  public boolean dependOnArchitecture() {
    return trees.values().stream().anyMatch(ArchitectureTrees::dependOnArchitecture);
  }

  /**
   * What a host gets: one tree of rootfs and patches; on the first master also one per application.
   *
   * @param facts what is known of the host, of which its architecture counts here
   * @throws io.hawser.host.HostStateException if an image has no tree for the host's architecture,
   *     its tree holds programs for another, or the Clusterfile names another than the host has
   * @throws IllegalArgumentException if a link leads out of its tree and the options do not allow
   *     it
   */
  public List<HostChange> changes(Host host, NodeFacts facts) {
    HostArchitecture architecture = HostArchitecture.of(host, facts);
    HostPaths paths = HostPaths.of(cluster);
    Set<String> secrets =
        cluster.registryPassword(host).isPresent() ? Set.of(Cluster.REGISTRY_PASSWORD) : Set.of();
    ImmutableList.Builder<HostChange> changes = ImmutableList.builder();
    FileTree rootfs = FileTree.of(List.of());
    for (ImageMount mount : cluster.mounts()) {
      if (mount.isOnEveryHost()) {
        rootfs = rootfs.with(tree(mount, host, architecture, secrets));
      }
    }
    if (!rootfs.files().isEmpty()) {
      changes.add(new TreeChange(paths.rootfs(), rootfs, check, options));
    }
    if (host.equals(cluster.firstMaster())) {
      for (ImageMount mount : cluster.mounts()) {
        if (mount.type() == ImageType.APPLICATION) {
          FileTree application = tree(mount, host, architecture, secrets);
          changes.add(new TreeChange(paths.application(mount.name()), application, check, options));
        }
      }
    }
    return changes.build();
  }

  private FileTree tree(
      ImageMount mount, Host host, HostArchitecture architecture, Set<String> secrets) {
    ArchitectureTrees read = trees.get(mount);
    if (read == null) {
      throw new IllegalStateException("image " + mount.name() + " was not read");
    }
    return read.on(architecture).render(cluster.env(host, mount), secrets, templates);
  }
}
