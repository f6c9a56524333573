package io.hawser.registry;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.HostPaths;
import io.hawser.fanout.FanOut;
import io.hawser.host.HostAccess;
import io.hawser.host.HostStep;
import io.hawser.host.Listing;
import io.hawser.host.TreeFile;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings the artifacts that only replicas still hold back to the controller, so that further
 * replicas can be filled again. Reads only, and takes no lock.
 */
public final class ArtifactRescue {
  /** The name of the step in rows. */
  public static final String STEP = "rescue";

  private static final int FILES_AT_ONCE = 8;

  private final SshClient ssh;
  private final Cluster cluster;
  private final Host replica;
  private final Path part;
  private final LinkTargets links = new LinkTargets();
  private final Map<String, String> texts = new TreeMap<>();
  private final List<String> blobs = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private ArtifactRescue(SshClient ssh, Cluster cluster, Host replica, Path part) {
    this.ssh = ssh;
    this.cluster = cluster;
    this.replica = replica;
    this.part = part;
  }

  /**
   * Copies everything that a replica holds, also what somebody pushed there, to a directory that
   * can be {@code registry} of an image. Every file is proven by its digest; when one is damaged,
   * or something that a manifest needs is missing, the row says so and no directory is made: ask
   * another replica. What was copied until then lies beside it and is not copied again.
   *
   * @param replica the address of a host to which Hawser, or sealos before it, brought artifacts
   * @param directory must not exist, or be empty
   * @throws IllegalArgumentException if the cluster has no such host, or the directory holds
   *     something
   */
  public static HostResult fromReplica(
      SshClient ssh, Cluster cluster, CharSequence replica, Path directory) {
    Host host = cluster.host(replica);
    Path whole = directory.toAbsolutePath().normalize();
    try {
      if (Files.exists(whole) && !isEmpty(whole)) {
        throw new IllegalArgumentException(directory + " is not an empty directory");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + directory + ": " + e.getMessage(), e);
    }
    Path part = whole.resolveSibling(whole.getFileName() + ".hawser-part");
    return HostStep.run(
        host.address(), STEP, () -> new ArtifactRescue(ssh, cluster, host, part).copy(whole));
  }

  private static boolean isEmpty(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (var entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    }
  }

  private HostAccess access() {
    return HostAccess.to(ssh, cluster, replica);
  }

  private HostResult copy(Path whole) {
    String storage =
        access().journal().stream()
            .filter(entry -> entry.owner().equals(Distribution.OWNER))
            .filter(entry -> entry.kind().equals("tree"))
            .map(entry -> entry.target())
            .findFirst()
            // A registry that sealos filled, and that lacked nothing, stands in no journal.
            .orElse(HostPaths.of(cluster).rootfs() + "/registry");
    Map<String, Listing.Entry> there = access().list(storage, true).entries();
    if (there.isEmpty()) {
      throw new RegistryException("nobody brought artifacts to this host");
    }
    there.keySet().forEach(links::learn);
    there.forEach(this::sort);
    try {
      if (problems.isEmpty()) {
        fetchAll(storage);
      }
      if (!problems.isEmpty()) {
        return HostResult.of(
                replica.address(),
                STEP,
                Status.FAILED,
                "what the replica holds cannot be taken: " + problems.get(0))
            .details(problems)
            .advice(null, "ask another replica");
      }
      Files.deleteIfExists(whole);
      Files.move(part, whole);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + whole + ": " + e.getMessage(), e);
    }
    return HostResult.of(
        replica.address(),
        STEP,
        Status.OK,
        blobs.size() + " blobs and " + texts.size() + " links are in " + whole);
  }

  private void fetchAll(String storage) throws IOException {
    Files.createDirectories(part);
    List<String> failed =
        FanOut.map(List.copyOf(blobs), FILES_AT_ONCE, path -> fetch(storage, path));
    failed.stream().filter(text -> !text.isEmpty()).forEach(problems::add);
    if (problems.isEmpty()) {
      writeLinks();
      problems.addAll(RegistryContent.read(List.of(part)).verify());
    }
  }

  /** A link holds nothing but a digest, so it need not be fetched. */
  private void sort(String path, Listing.Entry file) {
    StorageEntry entry = StorageEntry.of(path);
    if (entry == null || file.type() == TreeFile.Type.DIRECTORY) {
      return;
    }
    if (entry.kind() == StorageEntry.Kind.BLOB) {
      blobs.add(path);
      if (!entry.digest().equals(file.sha256())) {
        problems.add(path + " is damaged");
      } else if (file.size() > HostAccess.LARGEST_READ) {
        problems.add(path + " is too long to be brought back: " + file.size() + " bytes");
      }
      return;
    }
    String target = links.of(file.sha256());
    if (target.isEmpty() || (!entry.digest().isEmpty() && !target.endsWith(entry.digest()))) {
      problems.add(path + " names nothing that the replica holds");
    }
    texts.put(path, target);
  }

  /** What kept a blob from being copied; empty when nothing did. */
  private String fetch(String storage, String path) {
    Path place = part.resolve(path);
    try {
      if (Files.exists(place)) {
        return "";
      }
      Files.createDirectories(place.resolveSibling(""));
      Path begun = place.resolveSibling("begun");
      try (OutputStream out = Files.newOutputStream(begun)) {
        access().read(storage + "/" + path, out);
      }
      Files.move(begun, place, StandardCopyOption.ATOMIC_MOVE);
      return "";
    } catch (IOException | UncheckedIOException e) {
      return "cannot write " + place + ": " + e.getMessage();
    }
  }

  private void writeLinks() throws IOException {
    for (Map.Entry<String, String> link : texts.entrySet()) {
      Path place = part.resolve(link.getKey());
      Files.createDirectories(place.resolveSibling(""));
      Files.writeString(place, link.getValue());
    }
  }
}
