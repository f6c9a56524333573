package io.hawser.clusterfile;

import io.hawser.clusterfile.yaml.Position;
import io.hawser.clusterfile.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads environment. Values never reach a message: some are passwords. */
final class EnvFields {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private EnvFields() {}

  /** The {@code NAME=value} items of a list: all values of each name, of which the last counts. */
  static Map<String, List<String>> list(FieldReader fields, String name, Problems problems) {
    Map<String, List<String>> env = new LinkedHashMap<>();
    List<YamlNode> items = fields.items(name);
    for (int i = 0; i < items.size(); i++) {
      String path = fields.path(name) + "[" + i + "]";
      String text = FieldReader.text(items.get(i), path, problems);
      if (text == null) {
        continue;
      }
      int equals = text.indexOf('=');
      if (equals < 0) {
        problems.add(items.get(i).at(), path, "expected NAME=value, found no \"=\"");
      } else if (isName(text.substring(0, equals), items.get(i).at(), path, problems)) {
        env.computeIfAbsent(text.substring(0, equals), any -> new ArrayList<>())
            .add(text.substring(equals + 1));
      }
    }
    return env;
  }

  /** The entries of a mapping. */
  static Map<String, String> mapping(FieldReader fields, Problems problems) {
    Map<String, String> env = fields.texts();
    env.keySet().removeIf(name -> !isName(name, fields.at(name), fields.path(name), problems));
    return env;
  }

  private static boolean isName(String name, Position at, String path, Problems problems) {
    if (NAME.matcher(name).matches()) {
      return true;
    }
    problems.add(
        at,
        path,
        "\"" + name + "\" is not a name for an environment variable",
        "letters, digits and _, not starting with a digit");
    return false;
  }
}
