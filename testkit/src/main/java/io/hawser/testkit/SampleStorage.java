package io.hawser.testkit;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes images into the storage layout of CNCF distribution. */
final class SampleStorage {
  private static final String OCI = "application/vnd.oci.image.";
  private static final String DOCKER = "application/vnd.docker.";

  private final Path base;

  SampleStorage(Path storage) {
    this.base = storage.resolve("docker/registry/v2");
  }

  /** A manifest with its configuration and layers; gives the digests, that of the manifest last. */
  List<String> writeManifest(
      String repository, boolean oci, String architecture, List<SampleLayer> layers)
      throws IOException {
    List<String> digests = new ArrayList<>();
    List<String> descriptors = new ArrayList<>();
    List<String> diffIds = new ArrayList<>();
    String layerType = oci ? OCI + "layer.v1.tar+gzip" : DOCKER + "image.rootfs.diff.tar.gzip";
    for (SampleLayer layer : layers) {
      String digest = writeLayer(repository, layer.bytes());
      digests.add(digest);
      descriptors.add(descriptor(layerType, layer.bytes().length, digest, ""));
      diffIds.add('"' + layer.diffId() + '"');
    }
    byte[] config =
        bytes(
            String.format(
                "{\"architecture\":\"%s\",\"os\":\"linux\",\"config\":{},"
                    + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[%s]}}",
                architecture, String.join(",", diffIds)));
    String configDigest = writeLayer(repository, config);
    digests.add(configDigest);
    String configType = oci ? OCI + "config.v1+json" : DOCKER + "container.image.v1+json";
    byte[] manifest =
        bytes(
            String.format(
                "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}",
                manifestType(oci),
                descriptor(configType, config.length, configDigest, ""),
                String.join(",", descriptors)));
    digests.add(writeRevision(repository, manifest));
    return digests;
  }

  /** An index over manifests that are written already; gives its digest. */
  String writeIndex(String repository, List<String> architectures, List<String> manifests)
      throws IOException {
    List<String> descriptors = new ArrayList<>();
    for (int i = 0; i < manifests.size(); i++) {
      String platform =
          ",\"platform\":{\"architecture\":\"" + architectures.get(i) + "\",\"os\":\"linux\"}";
      int size = (int) Files.size(blob(manifests.get(i)));
      descriptors.add(descriptor(manifestType(true), size, manifests.get(i), platform));
    }
    return writeRevision(
        repository,
        bytes(
            String.format(
                "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}",
                OCI + "index.v1+json", String.join(",", descriptors))));
  }

  void writeTag(String repository, String tag, String digest) throws IOException {
    Path directory = repository(repository).resolve("_manifests/tags").resolve(tag);
    link(directory.resolve("current"), digest);
    link(directory.resolve("index").resolve(digest.replace(':', '/')), digest);
  }

  private static String manifestType(boolean oci) {
    return oci ? OCI + "manifest.v1+json" : DOCKER + "distribution.manifest.v2+json";
  }

  private static String descriptor(String type, int size, String digest, String more) {
    return String.format(
        "{\"mediaType\":\"%s\",\"size\":%d,\"digest\":\"%s\"%s}", type, size, digest, more);
  }

  private String writeLayer(String repository, byte[] content) throws IOException {
    String digest = writeBlob(content);
    link(repository(repository).resolve("_layers").resolve(digest.replace(':', '/')), digest);
    return digest;
  }

  private String writeRevision(String repository, byte[] manifest) throws IOException {
    String digest = writeBlob(manifest);
    Path revisions = repository(repository).resolve("_manifests/revisions");
    link(revisions.resolve(digest.replace(':', '/')), digest);
    return digest;
  }

  private String writeBlob(byte[] content) throws IOException {
    String digest = "sha256:" + Hashing.sha256().hashBytes(content);
    Path data = blob(digest);
    Files.createDirectories(data.resolveSibling(""));
    Files.write(data, content);
    return digest;
  }

  private Path blob(String digest) {
    String hex = digest.substring("sha256:".length());
    return base.resolve("blobs/sha256").resolve(hex.substring(0, 2)).resolve(hex).resolve("data");
  }

  private Path repository(String name) {
    return base.resolve("repositories").resolve(name);
  }

  private static void link(Path directory, String digest) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("link"), digest);
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
