package io.hawser.clusterfile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.hawser.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an image says of itself: its labels, environment, entrypoint and command. */
record ImageDescription(
    Map<String, String> labels,
    Map<String, String> env,
    List<String> entrypoint,
    List<String> cmd) {
  static final ImageDescription NONE =
      new ImageDescription(Map.of(), Map.of(), List.of(), List.of());

  /** More than any image has to say. */
  private static final long LARGEST = 1L << 20;

  ImageDescription {
    labels = ImmutableMap.copyOf(labels);
    env = ImmutableMap.copyOf(env);
    entrypoint = ImmutableList.copyOf(entrypoint);
    cmd = ImmutableList.copyOf(cmd);
  }

  /**
   * Reads an image configuration, as the OCI image specification and docker write it; fields that
   * are missing or of another type count as empty.
   *
   * @throws IOException if the file cannot be read, is larger than 1 MiB or no JSON object
   */
  static ImageDescription read(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new IOException(file + " is larger than 1 MiB");
    }
    Object document;
    try {
      document = JsonText.parse(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    if (!(document instanceof Map<?, ?> fields)) {
      throw new IOException(file + " is no JSON object");
    }
    Map<?, ?> config = fields.get("config") instanceof Map<?, ?> map ? map : Map.of();
    Map<String, String> env = new LinkedHashMap<>();
    for (String pair : texts(config.get("Env"))) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        env.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return new ImageDescription(
        labels(config.get("Labels")),
        env,
        texts(config.get("Entrypoint")),
        texts(config.get("Cmd")));
  }

  /** Labels have no order in an image, so they are sorted. */
  private static Map<String, String> labels(@Nullable Object value) {
    Map<String, String> labels = new TreeMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (label, content) -> {
            if (content instanceof String text) {
              labels.put(String.valueOf(label), text);
            }
          });
    }
    return labels;
  }

  private static List<String> texts(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }
}
