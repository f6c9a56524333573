package io.hawser.template;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.emitter.Emitter;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.ImplicitTuple;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;

/** Writes values as Go's yaml.v2 does, with what it quotes and how it sorts. */
final class YamlWriter {
  private static final DumpSettings SETTINGS =
      DumpSettings.builder().setIndent(2).setIndicatorIndent(0).setWidth(80).build();
  private static final ImplicitTuple ANY_STYLE = new ImplicitTuple(true, true);

  private final Text out = new Text();
  private final Emitter emitter = new Emitter(SETTINGS, out);
  private final Budget budget;

  private YamlWriter(Budget budget) {
    this.budget = budget;
  }

  /** Takes the emitter's output, within the limits. */
  private static final class Text implements StreamDataWriter {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void write(String part) {
      Budget.length((long) text.length() + part.length());
      text.append(part);
    }

    @Override
    public void write(String part, int offset, int length) {
      write(part.substring(offset, offset + length));
    }
  }

  /** The document without its last line break, as Helm's {@code toYaml}. */
  static String write(@Nullable Object value, Budget budget) {
    if ("".equals(value)) {
      // The emitter would start the document with dashes.
      return "\"\"";
    }
    YamlWriter writer = new YamlWriter(budget);
    writer.emitter.emit(new StreamStartEvent());
    writer.emitter.emit(new DocumentStartEvent(false, Optional.empty(), Map.of()));
    writer.value(value, 0);
    writer.emitter.emit(new DocumentEndEvent(false));
    writer.emitter.emit(new StreamEndEvent());
    String text = withoutRare(writer.out.text.toString());
    budget.make(text.length());
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  private void value(@Nullable Object value, int depth) {
    GoValues.checkDepth(depth);
    budget.work(1);
    if (value instanceof GoMap map) {
      map(map, depth);
    } else if (value instanceof GoList list) {
      emitter.emit(
          new SequenceStartEvent(Optional.empty(), Optional.empty(), true, FlowStyle.BLOCK));
      list.items().forEach(item -> value(item, depth + 1));
      emitter.emit(new SequenceEndEvent());
    } else if (value instanceof String text) {
      text(text);
    } else if (value instanceof Double number) {
      scalar(number(number), ScalarStyle.PLAIN);
    } else if (value instanceof Version version) {
      text(version.toString());
    } else {
      scalar(String.valueOf(value), ScalarStyle.PLAIN);
    }
  }

  private void map(GoMap map, int depth) {
    emitter.emit(new MappingStartEvent(Optional.empty(), Optional.empty(), true, FlowStyle.BLOCK));
    List<String> keys = map.keys();
    keys.sort(YamlKeyOrder::compare);
    for (String key : keys) {
      text(key);
      value(map.get(key), depth + 1);
    }
    emitter.emit(new MappingEndEvent());
  }

  private void text(String text) {
    if (text.contains("\n") && text.equals(withoutRare(text))) {
      scalar(text, ScalarStyle.LITERAL);
    } else {
      boolean plain = !PlainScalars.isAmbiguous(text) && text.equals(withoutRare(text));
      scalar(text, plain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
    }
  }

  /** yaml.v2 escapes all beyond U+FFFF, which is what the emitter here would write as it is. */
  private static String withoutRare(String text) {
    if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isSupplementaryCodePoint(c)) {
                out.append(String.format(Locale.ROOT, "\\U%08X", c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  private void scalar(String text, ScalarStyle style) {
    emitter.emit(new ScalarEvent(Optional.empty(), Optional.empty(), ANY_STYLE, text, style));
  }

  /** On its way through JSON a float without a fraction becomes an int. */
  private static String number(double number) {
    String json = JsonWriter.number(number);
    boolean whole = json.matches("-?[0-9]+") && Math.abs(number) < 0x1p64;
    return whole ? json.equals("-0") ? "0" : json : GoNumbers.print(number);
  }
}
