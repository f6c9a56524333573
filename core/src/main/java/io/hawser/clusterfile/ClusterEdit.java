package io.hawser.clusterfile;

import io.hawser.clusterfile.yaml.Position;
import io.hawser.clusterfile.yaml.YamlNode;
import io.hawser.clusterfile.yaml.YamlStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Changes one field of the document of kind Cluster in a text. As little as possible is written
 * anew: the scalar, or else the field of the document that it is in, or else the document; all
 * other text stays byte for byte. What comes out is read again and compared with what was meant.
 */
final class ClusterEdit {
  private final String text;
  private final TextLines lines;
  private final List<YamlNode> documents;
  private final int index;
  private final YamlNode.Fields root;
  private final DocumentText place;

  private ClusterEdit(String text) {
    this.text = text;
    lines = new TextLines(text);
    documents = read(text);
    index = indexOfCluster(documents);
    root = (YamlNode.Fields) documents.get(index);
    place = DocumentText.at(root.at().line(), DocumentText.of(text, lines));
  }

  /**
   * The text with another value of a field.
   *
   * @param text one that was read without problems
   * @param path the keys that lead to it, for example status and phase
   */
  static String set(String text, List<String> path, YamlNode value) {
    return new ClusterEdit(text).with(path, value);
  }

  /**
   * The text with other items in a list. Items that stay keep their text where the list is in block
   * style; otherwise the list, or the field of the document that it is in, is written anew.
   *
   * @param change makes the items of those that are there
   */
  static String items(
      String text, List<String> path, Function<List<YamlNode>, List<ListEdit.Wanted>> change) {
    ClusterEdit edit = new ClusterEdit(text);
    YamlNode own = NodePath.at(edit.root, path).orElse(null);
    List<YamlNode> there = own instanceof YamlNode.Items list ? list.items() : List.of();
    return edit.with(path, there, change.apply(there));
  }

  private String with(List<String> path, List<YamlNode> there, List<ListEdit.Wanted> items) {
    YamlNode.Items value =
        new YamlNode.Items(Position.WHOLE_FILE, items.stream().map(ListEdit.Wanted::node).toList());
    if (NodePath.sameItems(there, value.items())) {
      return text;
    }
    YamlNode.Fields wanted = NodePath.with(root, path, value);
    Stream<Optional<String>> ways =
        Stream.of(list(path, items), field(path.get(0), wanted), Optional.of(document(wanted)));
    return ways.flatMap(Optional::stream)
        .filter(candidate -> says(candidate, wanted))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no way to write " + path));
  }

  private Optional<String> list(List<String> path, List<ListEdit.Wanted> items) {
    BlockText blocks = new BlockText(text, lines);
    Optional<BlockText.Extent> extent = Optional.of(new BlockText.Extent(place.from(), place.to()));
    YamlNode node = root;
    for (String key : path) {
      if (!(node instanceof YamlNode.Fields mapping) || !mapping.fields().containsKey(key)) {
        return Optional.empty();
      }
      extent = extent.flatMap(within -> blocks.field(mapping, within, key));
      node = mapping.fields().get(key).value();
    }
    YamlNode own = node;
    return own instanceof YamlNode.Items list
        ? extent.flatMap(within -> new ListEdit(text, lines, lineEnd()).with(list, within, items))
        : Optional.empty();
  }

  private String with(List<String> path, YamlNode value) {
    Optional<YamlNode> own = NodePath.at(root, path);
    if (own.isPresent() && NodePath.same(own.get(), value)) {
      return text;
    }
    YamlNode.Fields wanted = NodePath.with(root, path, value);
    Stream<Optional<String>> ways =
        Stream.of(
            own.flatMap(scalar -> scalar(scalar, value)),
            field(path.get(0), wanted),
            Optional.of(document(wanted)));
    return ways.flatMap(Optional::stream)
        .filter(candidate -> says(candidate, wanted))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no way to write " + path));
  }

  /** The scalar replaced, if both are on one line. An alias is not where its text is. */
  private Optional<String> scalar(YamlNode own, YamlNode value) {
    if (own instanceof YamlNode.Text old
        && value instanceof YamlNode.Text written
        && old.at().line() == old.end().line()) {
      int from = lines.offset(old.at());
      return Optional.of(spliced(from, lines.offset(old.end()), NodeWriter.scalar(written)));
    }
    return Optional.empty();
  }

  /** A field of a document in block style replaced, or added at the document's end. */
  private Optional<String> field(String name, YamlNode.Fields wanted) {
    List<Position> keys = root.fields().values().stream().map(YamlNode.Field::keyAt).toList();
    boolean block = keys.stream().allMatch(key -> key.column() == 1);
    if (!block || keys.isEmpty()) {
      return Optional.empty();
    }
    YamlNode.Field field = wanted.fields().get(name);
    String written =
        field == null
            ? ""
            : NodeWriter.block(NodePath.mapping(Map.of(name, field.value())), lineEnd());
    YamlNode.Field own = root.fields().get(name);
    if (own == null) {
      boolean open = place.to() > 0 && text.charAt(place.to() - 1) != '\n';
      return Optional.of(spliced(place.to(), place.to(), (open ? lineEnd() : "") + written));
    }
    int from = lines.start(own.keyAt().line());
    return Optional.of(spliced(from, end(own.keyAt(), keys), written));
  }

  /** Where a field ends; empty lines and comments before the next one belong to that. */
  private int end(Position key, List<Position> keys) {
    int next = place.to();
    for (Position other : keys) {
      if (other.line() > key.line()) {
        next = Math.min(next, lines.start(other.line()));
      }
    }
    return new BlockText(text, lines).end(key.line(), next, 1);
  }

  private String document(YamlNode.Fields wanted) {
    boolean open = place.from() > 0 && text.charAt(place.from() - 1) != '\n';
    boolean afterMark = open && text.charAt(place.from() - 1) != '\ufeff';
    String written = (afterMark ? lineEnd() : "") + NodeWriter.block(wanted, lineEnd());
    return spliced(place.from(), place.to(), written);
  }

  private String spliced(int from, int to, String written) {
    return text.substring(0, from) + written + text.substring(to);
  }

  private String lineEnd() {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }

  private boolean says(String candidate, YamlNode.Fields wanted) {
    List<YamlNode> expected = new ArrayList<>(documents);
    expected.set(index, wanted);
    List<YamlNode> found = read(candidate, null);
    return NodePath.sameItems(found, expected);
  }

  private static int indexOfCluster(List<YamlNode> documents) {
    for (int i = 0; i < documents.size(); i++) {
      if (NodePath.text(documents.get(i), "kind").equals(Optional.of("Cluster"))) {
        return i;
      }
    }
    throw new IllegalArgumentException("there is no document of kind Cluster");
  }

  private static List<YamlNode> read(String text) {
    return read(text, "the text is not as it was read");
  }

  /**
   * The documents.
   *
   * @param complaint what to say of a fault; null to go on, since the comparison tells
   */
  private static List<YamlNode> read(String text, @Nullable String complaint) {
    return YamlStream.read(
        text,
        (at, key, message, hint) -> {
          if (complaint != null) {
            throw new IllegalArgumentException(complaint + ": " + at + ": " + message);
          }
        });
  }
}
