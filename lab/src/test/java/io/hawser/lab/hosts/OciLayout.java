package io.hawser.lab.hosts;

import io.hawser.report.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes an image of several layers as an OCI image layout, the input of skopeo. */
final class OciLayout {
  private static final String TYPE = "application/vnd.oci.image.";

  private final Path directory;

  private OciLayout(Path directory) {
    this.directory = directory;
  }

  /** An image whose layers hold a file each of so many random bytes, from a seed. */
  static void write(Path directory, long seed, List<Integer> layerBytes) throws IOException {
    OciLayout layout = new OciLayout(Files.createDirectories(directory));
    layout.writeTop(layout.writeImage(new Random(seed), "amd64", layerBytes));
  }

  /** An index of images for several architectures, each with a layer of its own. */
  static void writeIndex(Path directory, long seed, List<String> architectures) throws IOException {
    OciLayout layout = new OciLayout(Files.createDirectories(directory));
    Random random = new Random(seed);
    List<Object> manifests = new ArrayList<>();
    for (String architecture : architectures) {
      Map<String, Object> manifest = layout.writeImage(random, architecture, List.of(300_000));
      manifest.put("platform", Map.of("architecture", architecture, "os", "linux"));
      manifests.add(manifest);
    }
    Map<String, Object> index = new LinkedHashMap<>();
    index.put("schemaVersion", 2);
    index.put("mediaType", TYPE + "index.v1+json");
    index.put("manifests", manifests);
    layout.writeTop(layout.blob(TYPE + "index.v1+json", json(index)));
  }

  private void writeTop(Map<String, Object> descriptor) throws IOException {
    Map<String, Object> index = new LinkedHashMap<>();
    index.put("schemaVersion", 2);
    index.put("manifests", List.of(descriptor));
    Files.write(directory.resolve("index.json"), json(index));
    Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\": \"1.0.0\"}");
  }

  private Map<String, Object> writeImage(
      Random random, String architecture, List<Integer> layerBytes) throws IOException {
    List<Object> descriptors = new ArrayList<>();
    List<String> diffIds = new ArrayList<>();
    for (int bytes : layerBytes) {
      byte[] content = new byte[bytes];
      random.nextBytes(content);
      byte[] tar = tar("layer-" + diffIds.size(), content);
      diffIds.add("sha256:" + sha256(tar));
      descriptors.add(blob(TYPE + "layer.v1.tar+gzip", gzip(tar)));
    }
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("architecture", architecture);
    config.put("os", "linux");
    config.put("rootfs", Map.of("type", "layers", "diff_ids", diffIds));
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("schemaVersion", 2);
    manifest.put("mediaType", TYPE + "manifest.v1+json");
    manifest.put("config", blob(TYPE + "config.v1+json", json(config)));
    manifest.put("layers", descriptors);
    return blob(TYPE + "manifest.v1+json", json(manifest));
  }

  private Map<String, Object> blob(String type, byte[] bytes) throws IOException {
    String digest = sha256(bytes);
    Files.write(Files.createDirectories(directory.resolve("blobs/sha256")).resolve(digest), bytes);
    Map<String, Object> descriptor = new LinkedHashMap<>();
    descriptor.put("mediaType", type);
    descriptor.put("digest", "sha256:" + digest);
    descriptor.put("size", bytes.length);
    return descriptor;
  }

  private static byte[] json(Object value) {
    return Json.write(value).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] tar(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(content.length);
      // So that the same seed gives the same layers.
      entry.setModTime(0);
      out.putArchiveEntry(entry);
      out.write(content);
      out.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
