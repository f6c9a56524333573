package io.hawser.cluster;

import com.google.common.collect.ImmutableMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The words for processor architectures, as images and Clusterfiles write them. */
public final class Architectures {
  /** What systems say of themselves, and the word for it. */
  private static final ImmutableMap<String, String> WORDS =
      ImmutableMap.<String, String>builder()
          .put("x86_64", "amd64")
          .put("amd64", "amd64")
          .put("aarch64", "arm64")
          .put("arm64", "arm64")
          .put("arm", "arm")
          .put("armhf", "arm")
          .put("armv6l", "arm")
          .put("armv7l", "arm")
          .put("armv8l", "arm")
          .put("386", "386")
          .put("i386", "386")
          .put("i586", "386")
          .put("i686", "386")
          .put("ppc64le", "ppc64le")
          .put("s390x", "s390x")
          .put("riscv64", "riscv64")
          .put("loongarch64", "loong64")
          .put("loong64", "loong64")
          .buildOrThrow();

  /** What else the processors of an architecture run. */
  private static final ImmutableMap<String, String> ALSO_RUNS =
      ImmutableMap.of("amd64", "386", "arm64", "arm");

  private Architectures() {}

  /**
   * The word for an architecture, however it is written.
   *
   * @param name for example {@code x86_64}, as {@code uname -m} says, or {@code amd64}
   * @return for example {@code amd64}; an unknown name in lower case
   */
  public static String word(CharSequence name) {
    String lower = name.toString().strip().toLowerCase(Locale.ROOT);
    return WORDS.getOrDefault(lower, lower);
  }

  /** Whether a text is such a word and not another spelling of one. */
  public static boolean isWord(CharSequence text) {
    return WORDS.containsValue(text.toString());
  }

  /** Whether a path has a word or another spelling of an architecture among its parts. */
  static boolean isNamedBy(String path, String word) {
    String lower = path.toLowerCase(Locale.ROOT);
    return WORDS.entrySet().stream()
        .filter(entry -> entry.getValue().equals(word))
        .anyMatch(
            entry ->
                Pattern.compile("(?<![a-z0-9])" + entry.getKey() + "(?![a-z0-9])")
                    .matcher(lower)
                    .find());
  }

  /** Whether hosts of an architecture run programs for another, or the same. */
  static boolean runs(String host, String program) {
    return program.equals(host) || program.equals(ALSO_RUNS.get(host));
  }

  /** The words by the numbers of machines in ELF headers, as the gABI lists them. */
  static final Map<Integer, String> ELF_MACHINES =
      ImmutableMap.<Integer, String>builder()
          .put(3, "386")
          .put(21, "ppc64le")
          .put(22, "s390x")
          .put(40, "arm")
          .put(62, "amd64")
          .put(183, "arm64")
          .put(243, "riscv64")
          .put(258, "loong64")
          .buildOrThrow();
}
