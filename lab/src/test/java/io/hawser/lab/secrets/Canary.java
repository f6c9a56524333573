package io.hawser.lab.secrets;

import io.hawser.report.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A secret that stands nowhere but where the test put it, and the forms in which it could leak. All
 * texts are bytes as ISO 8859-1, so that any output can be searched whatever it is.
 *
 * @param name what kind of secret it is, for people
 * @param text the secret, bytes as ISO 8859-1
 */
public record Canary(String name, String text) {
  /**
   * What follows the random word of a canary: quotes and more that each form writes its own way.
   */
  private static final String ODD = "'\"$/+%\\ é!";

  /** A secret of a kind; random, with characters that have to be escaped. */
  public static Canary odd(String name) {
    return of(name, word() + ODD + word());
  }

  /** A secret of a kind, of letters and digits. */
  public static Canary plain(String name) {
    return of(name, word());
  }

  /** A secret that was made elsewhere. */
  public static Canary of(String name, String text) {
    return of(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A secret that is bytes. */
  public static Canary of(String name, byte[] bytes) {
    return new Canary(name, new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /** The secret as its owner writes it. */
  public String value() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  private static String word() {
    byte[] bytes = new byte[12];
    new SecureRandom().nextBytes(bytes);
    return "Cy" + HexFormat.of().formatHex(bytes) + "Z";
  }

  private byte[] bytes() {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * What to look for, by name of the form. Of a canary with odd characters the random words in it
   * are looked for too: whatever else is escaped, they stay.
   */
  Map<String, String> forms() {
    Map<String, String> forms = new LinkedHashMap<>(formsOf(bytes()));
    if (value().contains(ODD)) {
      int first = value().indexOf(ODD);
      String one = value().substring(0, first);
      String two = value().substring(first + ODD.length());
      formsOf(one.getBytes(StandardCharsets.UTF_8))
          .forEach((form, needle) -> forms.put("first word, " + form, needle));
      formsOf(two.getBytes(StandardCharsets.UTF_8))
          .forEach((form, needle) -> forms.put("last word, " + form, needle));
    }
    return forms;
  }

  private static Map<String, String> formsOf(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    String hex = HexFormat.of().formatHex(bytes);
    String json = Json.write(text);
    Map<String, String> forms = new LinkedHashMap<>();
    forms.put("as it is", latin(bytes));
    forms.put("hex", hex);
    forms.put("HEX", HexFormat.of().withUpperCase().formatHex(bytes));
    forms.put("hex with blanks", hex.replaceAll("..(?!$)", "$0 "));
    forms.put("percent, each byte", hex.replaceAll("..", "%$0"));
    forms.put("PERCENT, each byte", forms.get("HEX").replaceAll("..", "%$0"));
    forms.put("\\x, each byte", hex.replaceAll("..", "\\\\x$0"));
    forms.put("form of a URL", URLEncoder.encode(text, StandardCharsets.UTF_8));
    forms.put("path of a URL", forms.get("form of a URL").replace("+", "%20"));
    forms.put("JSON", utf8(json.substring(1, json.length() - 1)));
    forms.put("JSON with escaped slashes", forms.get("JSON").replace("/", "\\/"));
    forms.put("quoted for a shell", utf8(text.replace("'", "'\\''")));
    for (int offset = 0; offset < 3; offset++) {
      byte[] shifted = new byte[offset + bytes.length];
      System.arraycopy(bytes, 0, shifted, offset, bytes.length);
      String whole = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      // Characters that also depend on what stands before or after the secret are left out.
      int from = (offset * 8 + 5) / 6;
      int to = (offset + bytes.length) * 8 / 6;
      String sure = whole.substring(from, to);
      forms.put("base64 at " + offset, sure);
      forms.put("base64 for URLs at " + offset, sure.replace('+', '-').replace('/', '_'));
    }
    return forms;
  }

  private static String utf8(String text) {
    return latin(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return name + " (" + Arrays.hashCode(bytes()) + ")";
  }
}
