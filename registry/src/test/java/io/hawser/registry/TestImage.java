package io.hawser.registry;

import com.google.common.hash.Hashing;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the tree of an image with a registry's storage in it, as distribution lays it out. */
final class TestImage {
  private final Path mountPoint;

  TestImage(Path mountPoint) {
    this.mountPoint = mountPoint;
  }

  ImageMount mount(String name, ImageType type) {
    return mount(name, type, Map.of(), Map.of());
  }

  ImageMount mount(
      String name, ImageType type, Map<String, String> env, Map<String, String> labels) {
    return new ImageMount(name, type, name + ":v1", mountPoint, env, labels);
  }

  /** Adds a file that may be executed, or not. */
  void program(String path, boolean executable) {
    put(path, "#!");
    if (mountPoint.resolve(path).toFile().setExecutable(executable)) {
      return;
    }
    throw new IllegalStateException("cannot change the mode of " + path);
  }

  Path storage() {
    return mountPoint.resolve("registry");
  }

  Path file(String path) {
    return storage().resolve(path);
  }

  /** Adds an image of these layers and gives the digest of its manifest. */
  String push(String repository, String tag, String... layers) {
    List<String> descriptors = new ArrayList<>();
    for (String layer : layers) {
      String digest = blob(layer);
      link(StorageEntry.layerPath(repository, digest), digest);
      descriptors.add(descriptor("layer.v1.tar", layer));
    }
    String text = "{\"config of\":\"" + repository + ":" + tag + "\"}";
    String config = blob(text);
    link(StorageEntry.layerPath(repository, config), config);
    return manifest(
        repository,
        tag,
        "{\"schemaVersion\":2,\"config\":"
            + descriptor("config.v1+json", text)
            + ",\"layers\":["
            + String.join(",", descriptors)
            + "]}");
  }

  private String descriptor(String type, String content) {
    return "{\"mediaType\":\"application/vnd.oci.image.%s\",\"size\":%d,\"digest\":\"sha256:%s\"}"
        .formatted(type, content.length(), blob(content));
  }

  /** Adds a manifest as it is. */
  String manifest(String repository, String tag, String text) {
    String digest = blob(text);
    link(StorageEntry.revisionPath(repository, digest), digest);
    link(tagPath(repository, tag, "index/sha256/" + digest), digest);
    link(tagPath(repository, tag, "current"), digest);
    return digest;
  }

  static String tagPath(String repository, String tag, String below) {
    return "docker/registry/v2/repositories/%s/_manifests/tags/%s/%s/link"
        .formatted(repository, tag, below);
  }

  String blob(String content) {
    String digest = Hashing.sha256().hashString(content, StandardCharsets.UTF_8).toString();
    write(StorageEntry.blobPath(digest), content);
    return digest;
  }

  void link(String path, String digest) {
    write(path, "sha256:" + digest);
  }

  /** Writes a file below the storage. */
  void write(String path, String content) {
    put("registry/" + path, content);
  }

  /** Writes a file below the image. */
  void put(String path, String content) {
    try {
      Path file = mountPoint.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RegistryContent content() {
    return RegistryContent.read(List.of(storage()));
  }
}
