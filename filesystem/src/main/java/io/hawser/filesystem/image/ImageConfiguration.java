package io.hawser.filesystem.image;

import com.google.common.hash.Hashing;
import io.hawser.cluster.Architectures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The configuration of an image for one platform, as the OCI image specification and docker write
 * it.
 *
 * @param name its name in the archive, for messages
 * @param id its SHA-256 in hexadecimal digits, which identifies the image
 * @param text all of it
 * @param architecture for example {@code amd64}
 * @param unpackedDigests the SHA-256 of each layer unpacked, lowest first
 */
record ImageConfiguration(
    String name,
    String id,
    String text,
    String os,
    String architecture,
    List<String> unpackedDigests) {
  static final String LINUX = "linux";

  /** Reads one. */
  static ImageConfiguration of(byte[] bytes, String name) throws IOException {
    JsonFields fields = JsonFields.object(bytes, name);
    JsonFields rootfs = fields.fields("rootfs");
    List<String> digests = new ArrayList<>();
    for (String digest : rootfs.texts("diff_ids")) {
      digests.add(Digests.hex(digest, name));
    }
    if (!rootfs.has("diff_ids")) {
      throw new MalformedImage(name + " is no configuration of an image: it names no layers");
    }
    String os = fields.text("os");
    return new ImageConfiguration(
        name,
        Hashing.sha256().hashBytes(bytes).toString(),
        new String(bytes, StandardCharsets.UTF_8),
        os.isEmpty() ? LINUX : os,
        Architectures.word(fields.text("architecture")),
        List.copyOf(digests));
  }
}
