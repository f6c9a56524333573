package io.hawser.registry;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import io.hawser.cluster.Architectures;
import io.hawser.host.TreeFile;
import io.hawser.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** For which architectures the images of a storage are, as their configurations say. */
final class ImageArchitectures {
  /** What is no configuration of an image, in both formats. */
  private static final long LARGEST = 4L << 20;

  private final Storage storage;

  private ImageArchitectures(Storage storage) {
    this.storage = storage;
  }

  /** By {@code repository:tag}; without those that do not say, such as charts. */
  static Map<String, Set<String>> of(Storage storage) throws IOException {
    ImageArchitectures reader = new ImageArchitectures(storage);
    ImmutableMap.Builder<String, Set<String>> all = ImmutableMap.builder();
    for (Map.Entry<String, StoredRepository> repository : storage.repositories().entrySet()) {
      for (Map.Entry<String, String> tag : repository.getValue().tags().entrySet()) {
        Set<String> words = ImmutableSortedSet.copyOf(reader.of(tag.getValue(), true));
        if (!words.isEmpty()) {
          all.put(repository.getKey() + ":" + tag.getKey(), words);
        }
      }
    }
    return all.buildOrThrow();
  }

  private List<String> of(String manifest, boolean mayBeIndex) throws IOException {
    Map<?, ?> document = read(manifest);
    if (document.get("config") instanceof Map<?, ?> config) {
      return read(hex(config)).get("architecture") instanceof String word && !word.isBlank()
          ? List.of(Architectures.word(word))
          : List.of();
    }
    List<String> words = new ArrayList<>();
    if (mayBeIndex && document.get("manifests") instanceof List<?> manifests) {
      for (Object listed : manifests) {
        if (listed instanceof Map<?, ?> descriptor) {
          words.addAll(of(hex(descriptor), false));
        }
      }
    }
    return words;
  }

  private static String hex(Map<?, ?> descriptor) {
    return String.valueOf(descriptor.get("digest")).replaceFirst("^sha256:", "");
  }

  /** Nothing where there is no such blob, or no JSON in it: others say what is wrong then. */
  private Map<?, ?> read(String digest) throws IOException {
    TreeFile blob = storage.blobs().get(digest);
    if (blob == null || blob.size() > LARGEST) {
      return Map.of();
    }
    try (InputStream in = blob.open()) {
      return JsonText.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8))
              instanceof Map<?, ?> document
          ? document
          : Map.of();
    } catch (IllegalArgumentException e) {
      return Map.of();
    }
  }
}
