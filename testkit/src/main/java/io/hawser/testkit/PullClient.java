package io.hawser.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pulls an image as a node of the cluster does: asks the endpoints of the host's {@code
 * /etc/containerd/certs.d/<registry>/hosts.toml} in order, finds names in the host's {@code
 * /etc/hosts} only, and checks the digest of every part. Nothing is stored.
 *
 * <p>Behaves like containerd 1.6: an endpoint that refuses, cannot be found or answers another
 * status than 200 is passed over, for this part of the image; one that serves wrong or too few
 * bytes ends the pull, and so does one that is reached but stays silent (where containerd would
 * hang, this one gives up after its timeout). Several hosts-file lines for one name are tried in
 * order when no connection comes about. Lines are read anew for each pull. An endpoint with TLS has
 * to be of the authorities in the file that its {@code ca} names, or of those of the JVM; {@code
 * skip_verify}, client certificates, {@code dial_timeout} and token servers are not supported, and
 * requests carry the address, not the name, as their host.
 *
 * <p>Immutable and thread-safe.
 */
public final class PullClient {
  private final Path root;
  private final Duration timeout;
  private final String architecture;
  private final NodeClients clients;

  private PullClient(Path root, Duration timeout, String architecture) {
    this.root = root;
    this.timeout = timeout;
    this.clients = new NodeClients(root, timeout);
    this.architecture = architecture;
  }

  /**
   * A node whose files lie below a directory; waits 30 seconds, as containerd does for a
   * connection, and takes amd64 of an index.
   */
  public static PullClient below(Path root) {
    return new PullClient(root, Duration.ofSeconds(30), "amd64");
  }

  /** With another limit on connecting, and on the wait for an answer. */
  public PullClient withTimeout(Duration timeout) {
    return new PullClient(root, timeout, architecture);
  }

  /** With another architecture to take of an index, for example {@code arm64}. */
  public PullClient withArchitecture(CharSequence architecture) {
    return new PullClient(root, timeout, architecture.toString());
  }

  /**
   * Pulls an image.
   *
   * @param reference {@code domain:port/name:tag} or {@code domain:port/name@sha256:...}
   * @throws PullException if the image cannot be had, or came with wrong bytes
   * @throws io.hawser.CancelledException if the thread is interrupted
   */
  public PulledImage pull(CharSequence reference) {
    ImageReference image = ImageReference.parse(reference.toString());
    try {
      MirrorList mirrors = MirrorList.of(root, image.registry());
      return pull(image, new MirrorRequests(clients, mirrors, new HostsFile(root), image, timeout));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PulledImage pull(ImageReference image, MirrorRequests requests) throws IOException {
    String digest = image.isDigest() ? image.version() : requests.resolve(image.version());
    List<PulledImage.Part> parts = new ArrayList<>();
    Map<String, @Nullable Object> manifest = fetch(image, requests, digest, parts);
    if (manifest.containsKey("manifests")) {
      manifest = fetch(image, requests, ofPlatform(image, manifest, requests), parts);
    }
    Object config = JsonText.members(manifest.get("config")).get("digest");
    parts.add(requests.blob("config", String.valueOf(config)));
    for (Map<String, @Nullable Object> layer : JsonText.objects(manifest.get("layers"))) {
      parts.add(requests.blob("layer", String.valueOf(layer.get("digest"))));
    }
    return new PulledImage(image.text(), digest, parts, requests.failures());
  }

  private static Map<String, @Nullable Object> fetch(
      ImageReference image, MirrorRequests requests, String digest, List<PulledImage.Part> parts)
      throws IOException {
    MirrorRequests.Fetched fetched = requests.manifest("manifest", digest);
    try {
      Map<String, @Nullable Object> json = JsonText.object(fetched.text());
      PulledImage.Part part = fetched.part();
      String kind = json.containsKey("manifests") ? "index" : "manifest";
      parts.add(new PulledImage.Part(kind, part.digest(), part.size(), part.endpoint()));
      return json;
    } catch (IllegalArgumentException e) {
      throw new PullException(
          image.text(), "manifest " + digest + ": " + e.getMessage(), requests.failures());
    }
  }

  private String ofPlatform(
      ImageReference image, Map<String, @Nullable Object> index, MirrorRequests requests) {
    for (Map<String, @Nullable Object> entry : JsonText.objects(index.get("manifests"))) {
      Map<String, @Nullable Object> platform = JsonText.members(entry.get("platform"));
      if (architecture.equals(platform.get("architecture"))) {
        return String.valueOf(entry.get("digest"));
      }
    }
    throw new PullException(
        image.text(), "the index has nothing for linux/" + architecture, requests.failures());
  }
}
