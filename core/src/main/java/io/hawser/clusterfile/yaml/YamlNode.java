package io.hawser.clusterfile.yaml;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A part of a YAML document with its place. Scalars are texts as written, of whatever type. */
public sealed interface YamlNode {
  /** Where it starts. */
  Position at();

  /** What it is, for messages. */
  String described();

  /** Whether it is left empty or says null. */
  default boolean isNull() {
    return false;
  }

  /**
   * A scalar.
   *
   * @param plain whether it stands without quotes and without a tag
   * @param end what comes after it, or where it is used a second time after its first place
   */
  record Text(Position at, String value, boolean plain, Position end) implements YamlNode {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    @Override
    public String described() {
      return isNull() ? "nothing" : "a text";
    }

    @Override
    public boolean isNull() {
      return plain && NULLS.contains(value);
    }
  }

  /** A sequence. */
  record Items(Position at, List<YamlNode> items) implements YamlNode {
    @Override
    public String described() {
      return "a list";
    }
  }

  /** A mapping in the order written. */
  record Fields(Position at, Map<String, Field> fields) implements YamlNode {
    @Override
    public String described() {
      return "a mapping";
    }
  }

  /**
   * One entry of a mapping.
   *
   * @param keyAt where its key stands
   */
  record Field(Position keyAt, YamlNode value) {}
}
