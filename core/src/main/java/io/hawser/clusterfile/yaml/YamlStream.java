package io.hawser.clusterfile.yaml;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads the documents of a YAML stream from the parser's events. Building the nodes here rather
 * than in the library bounds depth and aliases before memory or the stack is used, and keeps
 * scalars as written. No message shows a scalar, an anchor or a tag: it may be a secret that was
 * not quoted.
 */
public final class YamlStream {
  /** The longest text that is read. */
  public static final int MOST_CODE_POINTS = 3 * 1024 * 1024;

  private static final int BUFFER = 128 * 1024;
  private static final int MOST_ALIASES = 64;
  private static final int MOST_DOCUMENTS = 1_000;
  private static final int DEEPEST = 50;

  /** Keys and values, those behind an alias once more for each use. */
  private static final int MOST_NODES = 250_000;

  private static final String CORE_TAG = "tag:yaml.org,2002:";
  private static final Set<String> CORE_TYPES =
      Set.of("str", "int", "float", "bool", "null", "map", "seq");

  /** What the parser's words most often mean. */
  private static final Map<String, String> ADVICE =
      ImmutableMap.of(
          "\\t", "indent with spaces, not with tabs",
          "expected <block end>", "indent it as the lines that it belongs to",
          "mapping values are not allowed", "check the indentation, or quote what holds \": \"",
          "could not find expected ':'", "a key needs \": \" after it",
          "cannot start any token", "quote a value that starts with this character",
          "unexpected end of stream", "close the quote or the bracket",
          "expected ',' or", "close the bracket, or separate by commas");

  private final Iterator<Event> events;
  private final YamlFaults faults;
  private final UnaryOperator<Position> places;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private int aliases;
  private int nodes;

  private YamlStream(Iterator<Event> events, YamlFaults faults, UnaryOperator<Position> places) {
    this.events = events;
    this.faults = faults;
    this.places = places;
  }

  /**
   * What an alias stands for.
   *
   * @param size how many nodes it is
   */
  private record Anchored(YamlNode node, int size) {}

  /** Ends the reading: what follows cannot be understood. The problem is on record already. */
  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** The documents that are not empty; after a syntax error those before it. */
  public static List<YamlNode> read(String text, YamlFaults faults) {
    return read(text, faults, UnaryOperator.identity());
  }

  /**
   * The documents that are not empty, their places translated.
   *
   * @param places what to say for a place of the text
   */
  public static List<YamlNode> read(
      String text, YamlFaults faults, UnaryOperator<Position> places) {
    List<YamlNode> documents = new ArrayList<>();
    if (text.codePointCount(0, text.length()) > MOST_CODE_POINTS) {
      faults.add(Position.WHOLE_FILE, "", "longer than " + MOST_CODE_POINTS + " characters", null);
      return documents;
    }
    String body = text.startsWith("\ufeff") ? text.substring(1) : text;
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(MOST_CODE_POINTS + 1)
            // The library copies what it has of a scalar whenever its buffer runs out: with the
            // small default a scalar of 3 MiB takes seconds.
            .setBufferSize(BUFFER)
            .build();
    try {
      // The library's front door to its events is in a package that its module does not export.
      ParserImpl events = new ParserImpl(settings, new StreamReader(settings, body));
      new YamlStream(events, faults, places).documents(documents);
    } catch (MarkedYamlEngineException e) {
      Position at =
          e.getProblemMark().map(YamlStream::position).map(places).orElse(Position.WHOLE_FILE);
      String problem = withoutContent(e.getProblem());
      faults.add(at, "", "YAML syntax: " + problem, advice(problem));
    } catch (YamlEngineException e) {
      faults.add(Position.WHOLE_FILE, "", "not YAML: a character that is not allowed", null);
    } catch (Stop e) {
      // On record already.
    }
    return documents;
  }

  private static String withoutContent(String problem) {
    // This one message of the library repeats the text of the file.
    return problem.contains("undefined tag handle") ? "found undefined tag handle" : problem;
  }

  private static @Nullable String advice(String problem) {
    return ADVICE.entrySet().stream()
        .filter(entry -> problem.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private void documents(List<YamlNode> documents) {
    int count = 0;
    while (events.hasNext()) {
      Event event = events.next();
      if (event.getEventId() == Event.ID.DocumentStart) {
        if (++count > MOST_DOCUMENTS) {
          throw stop(position(event), "more than " + MOST_DOCUMENTS + " documents");
        }
        anchors.clear();
        YamlNode document = node(events.next(), 1);
        if (!document.isNull()) {
          documents.add(document);
        }
      }
    }
  }

  private YamlNode node(Event event, int depth) {
    Position at = position(event);
    if (depth > DEEPEST) {
      throw stop(at, "nested deeper than " + DEEPEST + " levels");
    }
    if (event instanceof AliasEvent alias) {
      return aliased(alias, at);
    }
    int before = nodes;
    count(1, at);
    YamlNode node;
    if (event instanceof ScalarEvent scalar) {
      checkTag(scalar.getTag(), at);
      boolean plain = scalar.isPlain() && scalar.getTag().isEmpty();
      node = new YamlNode.Text(at, scalar.getValue(), plain, end(event));
      if (scalar.getValue().indexOf('\0') >= 0) {
        faults.add(at, "", "a NUL character", null);
      }
    } else {
      checkTag(((CollectionStartEvent) event).getTag(), at);
      node = event.getEventId() == Event.ID.SequenceStart ? items(at, depth) : fields(at, depth);
    }
    Anchored anchored = new Anchored(node, nodes - before);
    ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, anchored));
    return node;
  }

  private void count(int more, Position at) {
    nodes += more;
    if (nodes > MOST_NODES) {
      throw stop(at, "more than " + MOST_NODES + " keys and values");
    }
  }

  private void checkTag(Optional<String> tag, Position at) {
    boolean core =
        tag.isEmpty()
            || tag.get().equals("!")
            || (tag.get().startsWith(CORE_TAG)
                && CORE_TYPES.contains(tag.get().substring(CORE_TAG.length())));
    if (!core) {
      faults.add(
          at,
          "",
          "a YAML tag other than the standard ones",
          "quote a value that starts with \"!\"");
    }
  }

  private YamlNode aliased(AliasEvent alias, Position at) {
    if (++aliases > MOST_ALIASES) {
      throw stop(at, "more than " + MOST_ALIASES + " aliases");
    }
    Anchored target = anchors.get(alias.getAlias());
    if (target == null) {
      // Anchors are known once their node is complete, so a node cannot contain itself.
      faults.add(
          at,
          "",
          "an alias without a complete anchor before it",
          "quote a value that starts with \"*\"");
      return new YamlNode.Text(at, "", false, at);
    }
    count(target.size(), at);
    return target.node();
  }

  private YamlNode items(Position at, int depth) {
    List<YamlNode> items = new ArrayList<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      items.add(node(event, depth + 1));
      event = events.next();
    }
    return new YamlNode.Items(at, items);
  }

  private YamlNode fields(Position at, int depth) {
    Map<String, YamlNode.Field> fields = new LinkedHashMap<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.MappingEnd) {
      Position keyAt = position(event);
      YamlNode key = node(event, depth + 1);
      YamlNode value = node(events.next(), depth + 1);
      if (key instanceof YamlNode.Text text) {
        add(fields, text.value(), new YamlNode.Field(keyAt, value));
      } else {
        faults.add(keyAt, "", "a key must be a text, found " + key.described(), null);
      }
      event = events.next();
    }
    return new YamlNode.Fields(at, fields);
  }

  private void add(Map<String, YamlNode.Field> fields, String key, YamlNode.Field field) {
    YamlNode.Field earlier = fields.putIfAbsent(key, field);
    if (key.equals("<<") && earlier == null) {
      faults.add(field.keyAt(), key, "merge keys are not supported", "write the fields out");
    }
    if (earlier != null) {
      faults.add(
          field.keyAt(),
          key,
          "the key stands twice in one mapping: at " + earlier.keyAt() + " and " + field.keyAt(),
          "keep one of them");
    }
  }

  private Stop stop(Position at, String message) {
    faults.add(at, "", message, null);
    return new Stop();
  }

  private Position position(Event event) {
    return event.getStartMark().map(YamlStream::position).map(places).orElse(Position.WHOLE_FILE);
  }

  private Position end(Event event) {
    return event.getEndMark().map(YamlStream::position).map(places).orElse(Position.WHOLE_FILE);
  }

  private static Position position(Mark mark) {
    return new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
