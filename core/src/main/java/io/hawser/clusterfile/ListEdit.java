package io.hawser.clusterfile;

import io.hawser.clusterfile.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Changes a list in block style. An item that stays keeps its text with the comments before it and
 * in it; of one that changes the fields that stay keep theirs.
 */
final class ListEdit {
  private final String text;
  private final TextLines lines;
  private final String lineEnd;
  private final BlockText blocks;

  ListEdit(String text, TextLines lines, String lineEnd) {
    this.text = text;
    this.lines = lines;
    this.lineEnd = lineEnd;
    this.blocks = new BlockText(text, lines);
  }

  /**
   * An item that shall be there.
   *
   * @param origin the place of the item that it is made of, or -1
   */
  record Wanted(YamlNode node, int origin) {}

  /** The whole text with the items of a list in their places; empty if it is not in block style. */
  Optional<String> with(YamlNode.Items own, BlockText.Extent within, List<Wanted> wanted) {
    List<BlockText.Extent> extents = blocks.items(own, within);
    if (extents.isEmpty()) {
      return Optional.empty();
    }
    String first = lines.line(own.items().get(0).at().line());
    int indent = first.indexOf('-');
    Set<Integer> used = new HashSet<>();
    List<String> parts = new ArrayList<>();
    for (Wanted item : wanted) {
      boolean again = item.origin() >= 0 && used.add(item.origin());
      parts.add(
          again
              ? changed(own.items().get(item.origin()), extents.get(item.origin()), item.node())
                  .orElseGet(() -> rewritten(own, extents, item, indent))
              : written(item.node(), indent));
    }
    int from = extents.get(0).from();
    int to = extents.get(extents.size() - 1).to();
    return Optional.of(text.substring(0, from) + joined(parts, to) + text.substring(to));
  }

  /** The last line of a text may have no end. */
  private String joined(List<String> parts, int to) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      boolean last = i + 1 == parts.size() && to == text.length();
      all.append(part).append(part.endsWith("\n") || last ? "" : lineEnd);
    }
    return all.toString();
  }

  /** The item's text with the fields replaced that changed; empty if that cannot be done. */
  private Optional<String> changed(YamlNode old, BlockText.Extent extent, YamlNode wanted) {
    if (NodePath.same(old, wanted)) {
      return Optional.of(text.substring(extent.from(), extent.to()));
    }
    if (!(old instanceof YamlNode.Fields before)
        || !(wanted instanceof YamlNode.Fields after)
        || !List.copyOf(before.fields().keySet()).equals(List.copyOf(after.fields().keySet()))) {
      return Optional.empty();
    }
    StringBuilder out = new StringBuilder();
    int at = extent.from();
    for (Map.Entry<String, YamlNode.Field> field : before.fields().entrySet()) {
      // Both have the same keys.
      YamlNode value = Objects.requireNonNull(after.fields().get(field.getKey())).value();
      Optional<BlockText.Extent> place = blocks.field(before, extent, field.getKey());
      if (place.isEmpty()) {
        return Optional.empty();
      }
      if (!NodePath.same(field.getValue().value(), value)) {
        String block = NodeWriter.block(NodePath.mapping(Map.of(field.getKey(), value)), lineEnd);
        out.append(text, at, place.get().from());
        out.append(indented(block, field.getValue().keyAt().column() - 1).stripLeading());
        at = place.get().to();
      }
    }
    return Optional.of(out.append(text, at, extent.to()).toString());
  }

  /** Written anew below the comments that stand before it. */
  private String rewritten(
      YamlNode.Items own, List<BlockText.Extent> extents, Wanted item, int indent) {
    int start = lines.start(own.items().get(item.origin()).at().line());
    String comments = text.substring(extents.get(item.origin()).from(), start);
    return comments + written(item.node(), indent);
  }

  private String written(YamlNode node, int indent) {
    String block = NodeWriter.block((YamlNode.Fields) node, lineEnd);
    String inner = indented(block, indent + 2);
    return " ".repeat(indent) + "- " + inner.stripLeading();
  }

  private String indented(String block, int indent) {
    StringBuilder out = new StringBuilder();
    block.lines().forEach(line -> out.append(" ".repeat(indent)).append(line).append(lineEnd));
    return out.toString();
  }
}
