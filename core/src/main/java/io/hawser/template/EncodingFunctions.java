package io.hawser.template;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.Adler32;
import org.jspecify.annotations.Nullable;

/** Functions that write and read other forms: base64, sums, JSON, YAML. */
final class EncodingFunctions {
  private EncodingFunctions() {}

  static void addTo(FunctionTable table) {
    table.add("b64enc", "s", counted(EncodingFunctions::base64));
    table.add("b64dec", "s", counted(EncodingFunctions::fromBase64));
    table.add("b32enc", "s", counted(text -> BaseEncoding.base32().encode(bytes(text))));
    table.add("b32dec", "s", counted(EncodingFunctions::fromBase32));
    table.add("sha1sum", "s", counted(text -> sum(sha1(), text)));
    table.add("sha256sum", "s", counted(text -> sum(Hashing.sha256(), text)));
    table.add("sha512sum", "s", counted(text -> sum(Hashing.sha512(), text)));
    table.add("adler32sum", "s", counted(EncodingFunctions::adler32));
    table.addBoth("toJson", "a", a -> new JsonWriter(a.budget(), "", true).write(a.get(0)));
    table.addBoth("toRawJson", "a", a -> new JsonWriter(a.budget(), "", false).write(a.get(0)));
    table.addBoth("toPrettyJson", "a", a -> new JsonWriter(a.budget(), "  ", true).write(a.get(0)));
    table.add("fromJson", "s", a -> mapOr(() -> JsonReader.read(a.text(0), a.budget())));
    table.add("mustFromJson", "s", a -> JsonReader.read(a.text(0), a.budget()));
    table.add("fromJsonArray", "s", a -> listOr(() -> JsonReader.read(a.text(0), a.budget())));
    table.add("toYaml", "a", a -> YamlWriter.write(a.get(0), a.budget()));
    table.add("fromYaml", "s", a -> mapOr(() -> YamlReader.read(a.text(0), a.budget())));
    table.add("fromYamlArray", "s", a -> listOr(() -> YamlReader.read(a.text(0), a.budget())));
  }

  private static Function.Body counted(UnaryOperator<String> change) {
    return arguments -> {
      arguments.budget().make(arguments.text(0).length() * 3L + 128);
      return change.apply(arguments.text(0));
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(bytes(text));
  }

  /** Unlike sprig, which prints the message of the error where the text should be. */
  private static String fromBase64(String text) {
    String plain = text.replace("\r", "").replace("\n", "");
    if (plain.length() % 4 != 0) {
      throw new IllegalArgumentException("argument 1 is no base64");
    }
    try {
      return ByteText.decode(Base64.getDecoder().decode(plain));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("argument 1 is no base64 of a text", e);
    }
  }

  private static String fromBase32(String text) {
    String plain = text.replace("\r", "").replace("\n", "");
    if (plain.length() % 8 != 0) {
      throw new IllegalArgumentException("argument 1 is no base32");
    }
    try {
      return ByteText.decode(BaseEncoding.base32().decode(plain));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("argument 1 is no base32 of a text", e);
    }
  }

  /** A fingerprint for templates that have it, not a protection. */
  @SuppressWarnings("deprecation")
  private static HashFunction sha1() {
    return Hashing.sha1();
  }

  private static String sum(HashFunction function, String text) {
    return function.hashBytes(bytes(text)).toString();
  }

  private static String adler32(String text) {
    Adler32 sum = new Adler32();
    sum.update(bytes(text));
    return Long.toString(sum.getValue());
  }

  /** Reads a value. */
  private interface Reading {
    @Nullable Object value();
  }

  /** Like Helm: what cannot be read is a map whose key {@code Error} says why. */
  private static GoMap mapOr(Reading reading) {
    String problem;
    try {
      Object value = reading.value();
      if (value == null || value instanceof GoMap) {
        return value == null ? new GoMap() : (GoMap) value;
      }
      problem = "a map is wanted, found a " + GoValues.kind(value);
    } catch (IllegalArgumentException e) {
      problem = String.valueOf(e.getMessage());
    }
    GoMap map = new GoMap();
    map.put("Error", problem);
    return map;
  }

  private static GoList listOr(Reading reading) {
    try {
      Object value = reading.value();
      if (value == null || value instanceof GoList) {
        return value == null ? GoList.of(List.of()) : (GoList) value;
      }
      return GoList.of("a list is wanted, found a " + GoValues.kind(value));
    } catch (IllegalArgumentException e) {
      return GoList.of(String.valueOf(e.getMessage()));
    }
  }
}
