package io.hawser.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Lays one YAML mapping over every document of a text, as sealos does with a Config of strategy
 * merge: mappings key by key, lists and scalars as a whole, also by empty values. Keys keep their
 * order, new ones come last; comments are lost, documents that are empty left out.
 */
final class YamlMerge {
  private YamlMerge() {}

  /**
   * The merged text.
   *
   * @throws IllegalArgumentException if one of them is no YAML, or has a document that is no
   *     mapping; without any of the text, which may be secret
   */
  static String of(String text, String over) {
    List<Object> documents = documents(text, "is no YAML, so nothing can be merged into it");
    List<Object> patches = documents(over, "cannot take data that is no YAML");
    if (patches.size() != 1 || !(patches.get(0) instanceof Map<?, ?> patch)) {
      throw new IllegalArgumentException("cannot take data that is not one YAML mapping");
    }
    List<Object> merged = new ArrayList<>();
    for (Object document : documents) {
      if (!(document instanceof Map<?, ?> mapping)) {
        throw new IllegalArgumentException(
            "has a document that is no mapping, so nothing can be merged into it");
      }
      merged.add(merged(mapping, patch));
    }
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setExplicitStart(merged.size() > 1)
            .build();
    return new Dump(settings).dumpAllToString(merged.iterator());
  }

  private static List<Object> documents(String text, String fault) {
    List<Object> documents = new ArrayList<>();
    try {
      for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
        if (document != null) {
          documents.add(document);
        }
      }
    } catch (YamlEngineException e) {
      // Without the cause, which shows a part of the text.
      throw new IllegalArgumentException(fault);
    }
    return documents;
  }

  private static Map<Object, Object> merged(Map<?, ?> base, Map<?, ?> over) {
    Map<Object, Object> result = new LinkedHashMap<>(base);
    over.forEach(
        (key, value) -> {
          Object own = result.get(key);
          result.put(
              key,
              own instanceof Map<?, ?> mine && value instanceof Map<?, ?> theirs
                  ? merged(mine, theirs)
                  : value);
        });
    return result;
  }
}
