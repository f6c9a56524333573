package io.hawser.clusterfile;

import io.hawser.clusterfile.yaml.Position;
import io.hawser.clusterfile.yaml.YamlNode;
import io.hawser.clusterfile.yaml.YamlStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads values for {@code .Values} from YAML. A scalar without quotes has a type where a template
 * prints it as it is written: true and false, null, whole numbers and simple fractions. All others
 * are texts, so that {@code 0022}, {@code 1.20} and {@code 2024-01-01} stay what they are.
 */
final class ValuesText {
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

  /** Go writes others with an exponent. */
  private static final Pattern FRACTION =
      Pattern.compile("-?(?!0\\.0000)(0|[1-9][0-9]{0,4})\\.[0-9]{0,5}[1-9]");

  private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
  private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
  private static final Set<String> OLD_TRUE = Set.of("yes", "Yes", "YES", "on", "On", "ON");
  private static final Set<String> OLD_FALSE = Set.of("no", "No", "NO", "off", "Off", "OFF");

  private final Problems problems;

  private ValuesText(Problems problems) {
    this.problems = problems;
  }

  /** The values of one document that is a mapping; of none for an empty text. */
  static Map<String, @Nullable Object> read(String text, Problems problems) {
    List<YamlNode> documents = YamlStream.read(text, problems);
    if (documents.isEmpty()) {
      return new LinkedHashMap<>();
    }
    if (documents.size() > 1) {
      Position second = documents.get(1).at();
      problems.add(second, "", "a second document", "values are one document");
    }
    YamlNode first = documents.get(0);
    if (!(first instanceof YamlNode.Fields mapping)) {
      problems.add(first.at(), "", "expected a mapping, found " + first.described());
      return new LinkedHashMap<>();
    }
    return new ValuesText(problems).mapping(mapping, "");
  }

  private Map<String, @Nullable Object> mapping(YamlNode.Fields mapping, String path) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    mapping
        .fields()
        .forEach(
            (key, field) ->
                values.put(key, value(field.value(), path.isEmpty() ? key : path + "." + key)));
    return values;
  }

  private @Nullable Object value(YamlNode node, String path) {
    if (node instanceof YamlNode.Fields mapping) {
      return mapping(mapping, path);
    } else if (node instanceof YamlNode.Items list) {
      List<@Nullable Object> values = new ArrayList<>();
      for (int i = 0; i < list.items().size(); i++) {
        values.add(value(list.items().get(i), path + "[" + i + "]"));
      }
      return values;
    }
    YamlNode.Text text = (YamlNode.Text) node;
    return text.plain() ? plain(text, path) : text.value();
  }

  private @Nullable Object plain(YamlNode.Text text, String path) {
    String value = text.value();
    if (text.isNull()) {
      return null;
    } else if (TRUE.contains(value) || FALSE.contains(value)) {
      return TRUE.contains(value);
    } else if (OLD_TRUE.contains(value) || OLD_FALSE.contains(value)) {
      boolean old = OLD_TRUE.contains(value);
      problems.warn(
          text.at(),
          path,
          "\"" + value + "\" is " + old + " to sealos and a text to others",
          "write " + old + ", or put it in quotes");
      return old;
    } else if (WHOLE.matcher(value).matches() && !value.equals("-0")) {
      return Long.valueOf(value);
    }
    return FRACTION.matcher(value).matches() ? Double.valueOf(value) : value;
  }
}
