package io.hawser.clusterfile;

import io.hawser.clusterfile.yaml.Position;
import io.hawser.spelling.NearestWord;
import io.hawser.template.GoTemplates;
import io.hawser.template.TemplateException;
import io.hawser.template.Templates;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Clusterfile that is a Go template: what it is rendered to with {@code .Values}, and where in
 * the template that comes from. Neither environment nor files nor network are visible to it.
 */
final class ClusterfileTemplate {
  private static final Pattern MISSING = Pattern.compile("key \"(.*)\" is missing");

  /** Among these a missing key's nearest is looked for. */
  private static final int MOST_KEYS = 1_000;

  private final String template;
  private final String name;
  private final Map<String, ?> values;
  private final Map<String, ?> data;

  /**
   * A template.
   *
   * @param values what {@code .Values} is
   */
  ClusterfileTemplate(String template, String name, Map<String, ?> values) {
    this.template = template;
    this.name = name;
    this.values = values;
    data = Collections.singletonMap("Values", values);
  }

  /** Whether a text has an action; any other is taken as it is. */
  static boolean isTemplate(String text) {
    return text.contains("{{");
  }

  /** The rendered text; null after a problem that leaves none. */
  @Nullable String render(Problems problems) {
    try {
      List<TemplateException> missing = Templates.problems(template, name, data);
      if (!missing.isEmpty() && !problems.lenient()) {
        missing.forEach(fault -> problems.add(at(fault), "", message(fault), hint(fault)));
        return null;
      }
      String rendered = GoTemplates.standard().render(template, name, data);
      missing.forEach(fault -> problems.warn(at(fault), "", message(fault), hint(fault)));
      return rendered;
    } catch (TemplateException fault) {
      problems.add(at(fault), "", message(fault), hint(fault));
    } catch (IllegalArgumentException e) {
      // The values are nested too deep.
      problems.add(Position.WHOLE_FILE, "", "template: " + e.getMessage());
    }
    return null;
  }

  private static Position at(TemplateException fault) {
    return new Position(fault.line(), 0);
  }

  private static String message(TemplateException fault) {
    Matcher missing = MISSING.matcher(fault.reason());
    if (missing.matches()) {
      return "template: " + fault.reason();
    }
    String whole = String.valueOf(fault.getMessage());
    String start = fault.file() + ":" + fault.line() + ": ";
    return "template: " + (whole.startsWith(start) ? whole.substring(start.length()) : whole);
  }

  private @Nullable String hint(TemplateException fault) {
    Matcher missing = MISSING.matcher(fault.reason());
    if (!missing.matches()) {
      return null;
    }
    String key = missing.group(1);
    if (!key.regionMatches(true, 0, "Values", 0, 6)) {
      return "a Clusterfile knows .Values only; for braces that a later template is to see write"
          + " {{ \"{{\" }}";
    } else if (values.isEmpty()) {
      return "no values were given";
    }
    List<String> known = new ArrayList<>();
    keys("", values, known);
    return NearestWord.hint(key.substring(Math.min(7, key.length())), known);
  }

  private static void keys(String path, Map<?, ?> inside, List<String> known) {
    for (var entry : inside.entrySet()) {
      if (known.size() == MOST_KEYS) {
        return;
      }
      String key = path + entry.getKey();
      known.add(key);
      if (entry.getValue() instanceof Map<?, ?> inner) {
        keys(key + ".", inner, known);
      }
    }
  }

  /** Where places of the rendered text come from; empty if that cannot be known. */
  Optional<SourcePlaces> places(String rendered) {
    UnaryOperator<String> render = text -> GoTemplates.standard().render(text, name, data);
    return SourcePlaces.of(template, rendered, render);
  }

  /**
   * What to say of lines when their places in the template cannot be known. A value is not shown,
   * it may be a secret.
   */
  static IntFunction<String> notes(String rendered) {
    TextLines lines = new TextLines(rendered);
    return line ->
        "; the line is that of the rendered text, which reads \"" + shown(lines.line(line)) + "\"";
  }

  private static String shown(String line) {
    int colon = line.indexOf(':');
    String key = colon < 0 ? "" : line.substring(0, colon + 1).strip();
    return key.length() > 60 ? "…" : (key + " …").strip();
  }
}
