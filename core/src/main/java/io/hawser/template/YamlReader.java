package io.hawser.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads the first document of a YAML text for {@code fromYaml}: scalars as Go's yaml.v2 reads them,
 * then as JSON has them, so that all numbers are floats.
 */
final class YamlReader {
  private final Iterator<Event> events;
  private final Budget budget;
  private final Map<Anchor, @Nullable Object> anchors = new HashMap<>();

  private YamlReader(Iterator<Event> events, Budget budget) {
    this.events = events;
    this.budget = budget;
  }

  static @Nullable Object read(String text, Budget budget) {
    budget.make(text.length());
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(Budget.LONGEST + 1).build();
    try {
      ParserImpl events = new ParserImpl(settings, new StreamReader(settings, text));
      return new YamlReader(events, budget).document();
    } catch (YamlEngineException e) {
      // Its message would repeat the text, which may be a secret.
      throw new IllegalArgumentException("no YAML");
    }
  }

  private @Nullable Object document() {
    while (events.hasNext()) {
      if (events.next().getEventId() == Event.ID.DocumentStart) {
        return node(events.next(), 0);
      }
    }
    return null;
  }

  private @Nullable Object node(Event event, int depth) {
    GoValues.checkDepth(depth);
    budget.copyElements(1);
    if (event instanceof AliasEvent alias) {
      if (!anchors.containsKey(alias.getAlias())) {
        throw new IllegalArgumentException("no YAML: an alias of nothing");
      }
      return DictFunctions.copy(anchors.get(alias.getAlias()), budget, depth);
    }
    Object value;
    if (event instanceof ScalarEvent scalar) {
      value = scalar.isPlain() ? PlainScalars.value(scalar.getValue()) : scalar.getValue();
    } else if (event.getEventId() == Event.ID.SequenceStart) {
      value = list(depth);
    } else {
      value = map(depth);
    }
    Object found = value;
    ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, found));
    return value;
  }

  private GoList list(int depth) {
    List<@Nullable Object> items = new ArrayList<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      items.add(node(event, depth + 1));
      event = events.next();
    }
    return GoList.of(items);
  }

  private GoMap map(int depth) {
    GoMap map = new GoMap();
    Event event = events.next();
    while (event.getEventId() != Event.ID.MappingEnd) {
      boolean merges =
          event instanceof ScalarEvent scalar && scalar.isPlain() && scalar.getValue().equals("<<");
      Object key = node(event, depth + 1);
      Object value = node(events.next(), depth + 1);
      if (merges) {
        merge(map, value);
      } else {
        map.put(key(key), value);
      }
      event = events.next();
    }
    return map;
  }

  private static void merge(GoMap map, @Nullable Object value) {
    if (value instanceof GoList list) {
      for (int i = list.size() - 1; i >= 0; i--) {
        merge(map, list.items().get(i));
      }
    } else if (value instanceof GoMap merged) {
      merged.names().forEach(name -> map.put(name, merged.get(name)));
    } else {
      throw new IllegalArgumentException("no YAML: a merge of what is no map");
    }
  }

  private static String key(@Nullable Object key) {
    if (key instanceof Double number) {
      return number == Math.rint(number) && Math.abs(number) < 1e15
          ? Long.toString((long) (double) number)
          : GoNumbers.print(number);
    } else if (key instanceof String || key instanceof Boolean) {
      return key.toString();
    }
    throw new IllegalArgumentException("no YAML: a key that is no text");
  }
}
