package io.hawser.lab.hosts;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * An image before any registry had it.
 *
 * @param name repository and tag, without the registry
 * @param layout the directory that holds it as an OCI image layout
 */
public record SourceImage(String name, Path layout) {
  /** Writes one with layers of so many random bytes, from a seed. */
  public static SourceImage write(Path layout, String name, long seed, List<Integer> layerBytes)
      throws IOException {
    OciLayout.write(layout, seed, layerBytes);
    return new SourceImage(name, layout);
  }

  /** Writes one for several architectures, with a layer of its own for each. */
  public static SourceImage writeIndex(
      Path layout, String name, long seed, List<String> architectures) throws IOException {
    OciLayout.writeIndex(layout, seed, architectures);
    return new SourceImage(name, layout);
  }

  /** The same under another name. */
  public SourceImage as(String other) {
    return new SourceImage(other, layout);
  }

  /** The name without the tag. */
  public String repository() {
    return name.substring(0, name.lastIndexOf(':'));
  }

  /** The tag. */
  public String tag() {
    return name.substring(name.lastIndexOf(':') + 1);
  }

  /** The digest of its manifest, or index. */
  public String digest() {
    return top().get("digest").toString();
  }

  /** The media type of its manifest, or index. */
  public String mediaType() {
    return top().get("mediaType").toString();
  }

  private Map<?, ?> top() {
    return (Map<?, ?>) ((List<?>) json(read(layout.resolve("index.json"))).get("manifests")).get(0);
  }

  /** The document of a digest. */
  public Map<?, ?> document(String digest) {
    return json(content().get(digest));
  }

  /** The digests of the manifests that it consists of: its own, and those that an index names. */
  public List<String> manifests() {
    Stream<String> listed = Stream.empty();
    if (document(digest()).get("manifests") instanceof List<?> list) {
      listed = list.stream().map(entry -> ((Map<?, ?>) entry).get("digest").toString());
    }
    return Stream.concat(Stream.of(digest()), listed).toList();
  }

  /** The digests of its configurations and layers. */
  public List<String> blobs() {
    List<String> manifests = manifests();
    return content().keySet().stream().filter(digest -> !manifests.contains(digest)).toList();
  }

  /** Everything that it consists of by its digest, which is that of the bytes. */
  public Map<String, byte[]> content() {
    Map<String, byte[]> content = new TreeMap<>();
    try (Stream<Path> files = Files.list(layout.resolve("blobs/sha256"))) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        content.put("sha256:" + Hashing.sha256().hashBytes(bytes), bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return content;
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a document of JSON, which is YAML as well. */
  public static Map<?, ?> json(byte[] bytes) {
    String text = new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
  }
}
