package io.hawser.clusterfile;

import io.hawser.HawserException;
import io.hawser.clusterfile.yaml.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where the places of a rendered text are in its template: a text of the template at its place,
 * what an action printed at the action.
 */
final class SourcePlaces implements UnaryOperator<Position> {
  /**
   * A part of the rendered text.
   *
   * @param verbatim whether it is a text of the template, rather than printed by an action
   */
  private record Part(int from, int source, boolean verbatim) {}

  private final TextLines rendered;
  private final TextLines template;
  private final List<Part> parts;

  private SourcePlaces(TextLines rendered, TextLines template, List<Part> parts) {
    this.rendered = rendered;
    this.template = template;
    this.parts = parts;
  }

  /**
   * The places.
   *
   * @param render the way that the template was rendered
   * @return empty if they cannot be known
   */
  static Optional<SourcePlaces> of(String template, String rendered, UnaryOperator<String> render) {
    boolean taken = template.indexOf(ActionMarks.OPEN) >= 0;
    if (taken || rendered.indexOf(ActionMarks.OPEN) >= 0) {
      return Optional.empty();
    }
    String marked;
    try {
      marked = render.apply(ActionMarks.in(template));
    } catch (HawserException e) {
      // With the marks it is too long, or they stand where they must not.
      return Optional.empty();
    }
    List<Part> parts = new ArrayList<>();
    String plain = unmarked(marked, parts);
    SourcePlaces places = new SourcePlaces(new TextLines(rendered), new TextLines(template), parts);
    boolean quick = places.rendered.isQuick() && places.template.isQuick();
    return quick && plain.equals(rendered) ? Optional.of(places) : Optional.empty();
  }

  private static String unmarked(String marked, List<Part> parts) {
    StringBuilder plain = new StringBuilder();
    int at = 0;
    int mark = marked.indexOf(ActionMarks.OPEN);
    while (mark >= 0) {
      plain.append(marked, at, mark);
      int close = marked.indexOf(ActionMarks.CLOSE, mark);
      boolean action = marked.charAt(mark + 1) == ActionMarks.ACTION;
      int source = Integer.parseInt(marked, mark + (action ? 2 : 1), close, 10);
      parts.add(new Part(plain.length(), source, !action));
      at = close + 1;
      mark = marked.indexOf(ActionMarks.OPEN, at);
    }
    return plain.append(marked, at, marked.length()).toString();
  }

  @Override
  public Position apply(Position at) {
    if (at.line() == 0) {
      return at;
    }
    int offset = rendered.offset(at);
    Part part = new Part(0, 0, true);
    int low = 0;
    int high = parts.size();
    // The last part that begins at the place or before it.
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (parts.get(middle).from() <= offset) {
        part = parts.get(middle);
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return template.position(
        part.verbatim() ? part.source() + offset - part.from() : part.source());
  }
}
