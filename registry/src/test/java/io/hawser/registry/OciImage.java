package io.hawser.registry;

import com.google.common.hash.Hashing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes an image in the OCI layout, for skopeo to push: one layer that holds an empty archive. */
final class OciImage {
  private final Path directory;

  OciImage(Path directory) {
    this.directory = directory;
  }

  /** The digest of the image's manifest. */
  String write(String tag) throws IOException {
    byte[] tar = new byte[10240];
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(tar);
    }
    String config =
        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\","
            + "\"diff_ids\":[\"sha256:"
            + Hashing.sha256().hashBytes(tar)
            + "\"]}}";
    String manifest =
        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":"
            + descriptor("config.v1+json", utf8(config))
            + ",\"layers\":["
            + descriptor("layer.v1.tar+gzip", packed.toByteArray())
            + "]}";
    String named =
        descriptor("manifest.v1+json", utf8(manifest))
            .replace(
                "}", ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"" + tag + "\"}}");
    Files.writeString(
        directory.resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[" + named + "]}");
    Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    return Hashing.sha256().hashBytes(utf8(manifest)).toString();
  }

  private String descriptor(String type, byte[] bytes) throws IOException {
    String digest = Hashing.sha256().hashBytes(bytes).toString();
    Path blobs = Files.createDirectories(directory.resolve("blobs/sha256"));
    Files.write(blobs.resolve(digest), bytes);
    return "{\"mediaType\":\"application/vnd.oci.image."
        + type
        + "\",\"digest\":\"sha256:"
        + digest
        + "\",\"size\":"
        + bytes.length
        + "}";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
