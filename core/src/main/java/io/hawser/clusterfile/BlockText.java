package io.hawser.clusterfile;

import io.hawser.clusterfile.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the parts of a document in block style stand in its text. Empty lines and comments before a
 * part belong to it, unless they are indented deeper than the part.
 */
final class BlockText {
  private final String text;
  private final TextLines lines;

  BlockText(String text, TextLines lines) {
    this.text = text;
    this.lines = lines;
  }

  /** A stretch of the text. */
  record Extent(int from, int to) {}

  /** A field of a mapping, from its key on; empty if the mapping is not in block style. */
  Optional<Extent> field(YamlNode.Fields mapping, Extent within, String name) {
    YamlNode.Field field = mapping.fields().get(name);
    if (field == null || !isBlock(mapping)) {
      return Optional.empty();
    }
    int limit = within.to();
    for (YamlNode.Field other : mapping.fields().values()) {
      if (other.keyAt().line() > field.keyAt().line()) {
        limit = Math.min(limit, lines.start(other.keyAt().line()));
      }
    }
    int to = end(field.keyAt().line(), limit, field.keyAt().column());
    return Optional.of(new Extent(lines.offset(field.keyAt()), to));
  }

  private boolean isBlock(YamlNode.Fields mapping) {
    List<YamlNode.Field> fields = List.copyOf(mapping.fields().values());
    int column = fields.get(0).keyAt().column();
    int line = 0;
    for (YamlNode.Field field : fields) {
      String before = before(field.keyAt().line(), lines.offset(field.keyAt()));
      boolean first = line == 0;
      if (field.keyAt().column() != column
          || field.keyAt().line() <= line
          || !before.matches(first ? "[ -]*" : " *")) {
        return false;
      }
      line = field.keyAt().line();
    }
    return true;
  }

  /**
   * The items of a list, one after the other without a gap; none if it is not in block style. The
   * first starts at its line, the others where the one before ends.
   */
  List<Extent> items(YamlNode.Items list, Extent within) {
    List<YamlNode> items = list.items();
    List<Extent> extents = new ArrayList<>();
    String dash = "";
    for (int i = 0; i < items.size(); i++) {
      int line = items.get(i).at().line();
      String before = before(line, lines.offset(items.get(i).at()));
      boolean starts = extents.isEmpty() || lines.start(line) >= extents.get(i - 1).to();
      if (!before.matches(" *- +") || !starts || !(dash.isEmpty() || dash.equals(before))) {
        return List.of();
      }
      dash = before;
      int limit = i + 1 < items.size() ? lines.start(items.get(i + 1).at().line()) : within.to();
      int from = extents.isEmpty() ? lines.start(line) : extents.get(i - 1).to();
      extents.add(new Extent(from, end(line, limit, dash.indexOf('-') + 1)));
    }
    return extents;
  }

  private String before(int line, int offset) {
    return text.substring(lines.start(line), offset);
  }

  /**
   * Where a part ends that starts in a line: what stands directly before the limit and is empty, or
   * a comment no deeper than a column, belongs to the next part.
   */
  int end(int firstLine, int limit, int column) {
    int line = lines.position(limit).line();
    boolean lineBegins = lines.start(line) == limit;
    int end = limit;
    for (int before = lineBegins ? line - 1 : line; before > firstLine; before--) {
      String content = lines.line(before);
      int indent = content.length() - content.stripLeading().length();
      boolean comment = content.stripLeading().startsWith("#") && indent < column;
      if (!content.isBlank() && !comment) {
        break;
      }
      end = lines.start(before);
    }
    return end;
  }
}
