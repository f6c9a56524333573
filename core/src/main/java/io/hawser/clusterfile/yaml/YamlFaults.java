package io.hawser.clusterfile.yaml;

import org.jspecify.annotations.Nullable;

/** Takes what is wrong with a YAML stream. */
public interface YamlFaults {
  /**
   * Takes one fault.
   *
   * @param key the key it is about; may be empty
   */
  void add(Position at, String key, String message, @Nullable String hint);
}
