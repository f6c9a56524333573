package io.hawser.clusterfile;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.SshAccess;
import io.hawser.clusterfile.yaml.YamlNode;
import io.hawser.clusterfile.yaml.YamlStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A Clusterfile with all that is in it: the cluster, and what Hawser passes on or writes back
 * without using it. Immutable; made by {@link ClusterfileReader#load(Path)}.
 *
 * <p>Its text is kept: what {@code with…} does not change is written back byte for byte, with its
 * comments. Of a template that is the rendered text.
 */
public final class Clusterfile {
  private static final List<String> OWN_KINDS = List.of("Cluster", "Config");
  private static final List<String> SPEC_SSH = List.of("spec", "ssh");
  private static final List<String> SPEC_HOSTS = List.of("spec", "hosts");

  private final Cluster cluster;
  private final String text;
  private final List<Problem> warnings;
  private final @Nullable Path template;

  private Clusterfile(
      Cluster cluster, String text, List<Problem> warnings, @Nullable Path template) {
    this.cluster = cluster;
    this.text = text;
    this.warnings = List.copyOf(warnings);
    this.template = template;
  }

  static Clusterfile of(Cluster cluster, String text, List<Problem> warnings) {
    return new Clusterfile(cluster, text, warnings, null);
  }

  /** The same, rendered from a template in a file, or in a text (null). */
  Clusterfile madeOf(@Nullable Path file) {
    return new Clusterfile(cluster, text, warnings, file);
  }

  /** The cluster that it describes, with its Configs. */
  public Cluster cluster() {
    return cluster;
  }

  /** All its documents in order, those of kind Cluster and Config too. */
  public List<ClusterfileDocument> documents() {
    return DocumentKinds.texts(nodes(), text);
  }

  /** Its documents of other kinds than Cluster and Config, in order. */
  public List<ClusterfileDocument> companions() {
    return documents().stream().filter(one -> !OWN_KINDS.contains(one.kind())).toList();
  }

  /** What {@link ClusterfileReader#lenient lenient} reading let pass; none when it was strict. */
  public List<Problem> warnings() {
    return warnings;
  }

  /** All of it; this holds the passwords that are in it. */
  public String text() {
    return text;
  }

  /** {@code status.phase}: with sealos ClusterInProcess, ClusterSuccess or ClusterFailed. */
  public Optional<String> phase() {
    return NodePath.text(root(), "status", "phase");
  }

  /** {@code metadata.creationTimestamp} as written; empty for a cluster that is yet to be. */
  public Optional<String> creationTimestamp() {
    return NodePath.text(root(), "metadata", "creationTimestamp");
  }

  /** {@code spec.image}. */
  public List<String> images() {
    return texts("image");
  }

  /** {@code spec.command}, which sealos runs on the first master instead of the images' own. */
  public List<String> commands() {
    return texts("command");
  }

  private List<String> texts(String field) {
    return NodePath.find(root(), List.of("spec", field))
        .map(list -> list instanceof YamlNode.Items items ? items.items() : List.<YamlNode>of())
        .stream()
        .flatMap(List::stream)
        .map(item -> item instanceof YamlNode.Text one ? one.value() : "")
        .toList();
  }

  private List<YamlNode> nodes() {
    return YamlStream.read(text, new Problems("Clusterfile"));
  }

  private YamlNode root() {
    return nodes().stream()
        .filter(one -> NodePath.text(one, "kind").equals(Optional.of("Cluster")))
        .findFirst()
        .orElseThrow();
  }

  /** The same in another phase. */
  public Clusterfile withPhase(CharSequence phase) {
    return with(List.of("status", "phase"), NodePath.scalar(phase));
  }

  /** The same with the time at which the cluster was made, to the second. */
  public Clusterfile withCreationTimestamp(Instant time) {
    String written = time.truncatedTo(ChronoUnit.SECONDS).toString();
    return with(List.of("metadata", "creationTimestamp"), NodePath.scalar(written));
  }

  /**
   * The same with these images in {@code status.mounts}. What the file says of an image with the
   * same name beside the fields that Hawser knows is kept.
   */
  public Clusterfile withMounts(Collection<ImageMount> mounts) {
    List<String> path = List.of("status", "mounts");
    YamlNode list = MountNodes.of(mounts, NodePath.find(root(), path).orElse(null));
    Clusterfile changed = with(path, list);
    return new Clusterfile(cluster.withMounts(mounts), changed.text, warnings, template);
  }

  /**
   * The same with these hosts in {@code spec.hosts}, in this order: hosts are added, taken out, and
   * their roles changed. Of a host that is listed already (the same address and port) only the
   * roles are taken; how to log in, its environment and labels, and what the file says beside the
   * fields that Hawser knows stay as they are written. A new host is written with all that it has
   * beyond the cluster's {@code spec.ssh}, credentials too.
   *
   * <p>The text of other hosts and the comments around them stay. In {@link #cluster()} the hosts
   * are as the changed file says.
   *
   * @throws IllegalArgumentException naming every fault: no master, two equal hosts, a host without
   *     a role; a new host with a way through jump hosts of its own
   */
  public Clusterfile withHosts(Collection<Host> hosts) {
    List<Host> wanted = List.copyOf(hosts);
    wanted.stream()
        .filter(host -> host.roles().isEmpty())
        .findFirst()
        .ifPresent(
            host -> {
              throw new IllegalArgumentException("host " + host.address() + " has no role");
            });
    // Judges the hosts.
    Cluster.named(cluster.name()).hosts(wanted).build();
    SshFields common = ssh();
    String changed = ClusterEdit.items(text, SPEC_HOSTS, own -> HostNodes.of(wanted, own, common));
    Clusterfile read = new Clusterfile(cluster, changed, warnings, template);
    Problems problems = new Problems("Clusterfile", true);
    FieldReader spec =
        FieldReader.of(NodePath.at(read.root(), List.of("spec")).orElseThrow(), "spec", problems);
    List<Host> found = HostFields.read(spec, common, problems);
    problems.throwIfAny();
    return new Clusterfile(cluster.withMembers(found), changed, warnings, template);
  }

  /** How to log in to hosts that say nothing of their own: {@code spec.ssh}. */
  public SshAccess access() {
    return ssh().access(OptionalInt.empty());
  }

  private SshFields ssh() {
    Problems problems = new Problems("Clusterfile");
    YamlNode own = NodePath.find(root(), SPEC_SSH).orElse(NodePath.mapping(Map.of()));
    return SshFields.read(FieldReader.of(own, "spec.ssh", problems), problems);
  }

  /** The file of the template that this was rendered from; write to another one than that. */
  public Optional<Path> template() {
    return Optional.ofNullable(template);
  }

  private Clusterfile with(List<String> path, YamlNode value) {
    return new Clusterfile(cluster, ClusterEdit.set(text, path, value), warnings, template);
  }

  /**
   * Writes it to a file, readable by its owner only (mode 0600), since it holds passwords. The file
   * is replaced at once and lasts when this returns; where it is a link, what that leads to is.
   *
   * @throws ClusterfileException if that cannot be done; the file is as it was then
   * @throws IllegalArgumentException if the file is the template that this was rendered from
   */
  public void write(Path file) {
    if (template != null && isSame(template, file)) {
      throw new IllegalArgumentException(
          file + " is the template of this Clusterfile; write to another file");
    }
    ClusterfileWriting.write(text, file);
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "Clusterfile of " + cluster.name();
  }
}
