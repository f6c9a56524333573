package io.hawser.filesystem.image;

import com.google.common.hash.Hashing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Writes images by hand, also such as no program would. */
final class ImageMaker {
  static final String INDEX = "application/vnd.oci.image.index.v1+json";
  static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  private final String architecture;
  private final List<byte[]> tars = new ArrayList<>();
  private final List<byte[]> packed = new ArrayList<>();

  private ImageMaker(String architecture) {
    this.architecture = architecture;
  }

  static ImageMaker of(String architecture, TarMaker... layers) {
    ImageMaker image = new ImageMaker(architecture);
    for (TarMaker layer : layers) {
      image.layer(layer.bytes(), layer.bytes());
    }
    return image;
  }

  /** Adds a layer that lies there otherwise than it is unpacked. */
  ImageMaker layer(byte[] tar, byte[] asItLies) {
    tars.add(tar);
    packed.add(asItLies);
    return this;
  }

  ImageMaker gzipped(TarMaker layer) {
    return layer(layer.bytes(), gzip(layer.bytes()));
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static String sha256(byte[] bytes) {
    return Hashing.sha256().hashBytes(bytes).toString();
  }

  byte[] configuration() {
    List<String> digests = tars.stream().map(tar -> "\"sha256:" + sha256(tar) + "\"").toList();
    return ("{\"architecture\":\""
            + architecture
            + "\",\"os\":\"linux\",\"config\":{\"Env\":[\"criData=/data\",\"registryPort=5000\"],"
            + "\"Entrypoint\":[\"/bin/sh\"],\"Cmd\":[\"-c\",\"true\"],"
            + "\"Labels\":{\"sealos.io.type\":\"rootfs\",\"version\":\"v1.28.0\","
            + "\"init\":\"init.sh $registryPort\"}},"
            + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
            + String.join(",", digests)
            + "]}}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Puts the blobs of this image into a layout; returns its manifest. */
  byte[] put(Path layout) throws IOException {
    blob(layout, configuration());
    List<String> layers = new ArrayList<>();
    for (byte[] layer : packed) {
      blob(layout, layer);
      layers.add(descriptor("application/vnd.oci.image.layer.v1.tar", layer, ""));
    }
    byte[] manifest =
        ("{\"schemaVersion\":2,\"config\":"
                + descriptor("application/vnd.oci.image.config.v1+json", configuration(), "")
                + ",\"layers\":["
                + String.join(",", layers)
                + "]}")
            .getBytes(StandardCharsets.UTF_8);
    blob(layout, manifest);
    return manifest;
  }

  static void blob(Path layout, byte[] bytes) throws IOException {
    Path blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
    Files.write(blobs.resolve(sha256(bytes)), bytes);
  }

  static String descriptor(String mediaType, byte[] blob, String more) {
    return "{\"mediaType\":\""
        + mediaType
        + "\",\"digest\":\"sha256:"
        + sha256(blob)
        + "\",\"size\":"
        + blob.length
        + more
        + "}";
  }

  String platform() {
    return ",\"platform\":{\"os\":\"linux\",\"architecture\":\"" + architecture + "\"}";
  }

  static String named(String name) {
    return ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"" + name + "\"}";
  }

  /** An OCI image layout with this image alone. */
  Path layout(Path layout) throws IOException {
    return layout(layout, descriptor(MANIFEST, put(layout), ""));
  }

  static Path layout(Path layout, String... descriptors) throws IOException {
    Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    Files.writeString(
        layout.resolve("index.json"),
        "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", descriptors) + "]}");
    return layout;
  }

  /** An index of images, as a blob of a layout; returns its descriptor. */
  static String index(Path layout, String name, ImageMaker... images) throws IOException {
    List<String> entries = new ArrayList<>();
    for (ImageMaker image : images) {
      entries.add(descriptor(MANIFEST, image.put(layout), image.platform()));
    }
    byte[] index =
        ("{\"schemaVersion\":2,\"manifests\":[" + String.join(",", entries) + "]}")
            .getBytes(StandardCharsets.UTF_8);
    blob(layout, index);
    return descriptor(INDEX, index, named(name));
  }

  /** A docker archive with this image alone. */
  Path docker(Path archive) throws IOException {
    TarMaker tar = new TarMaker();
    List<String> names = new ArrayList<>();
    for (byte[] layer : packed) {
      names.add("\"" + sha256(layer) + ".tar\"");
      tar.entry('0', sha256(layer) + ".tar", "", 0644, layer);
    }
    String config = sha256(configuration()) + ".json";
    tar.entry('0', config, "", 0644, configuration());
    tar.file(
        "manifest.json",
        "[{\"Config\":\""
            + config
            + "\",\"RepoTags\":[\"docker.io/library/one:latest\"],\"Layers\":["
            + String.join(",", names)
            + "]}]");
    return Files.write(archive, tar.file("repositories", "{}").bytes());
  }
}
