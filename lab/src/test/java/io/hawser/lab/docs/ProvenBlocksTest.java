package io.hawser.lab.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever a page shows is proven by something, and its fence says by what: {@code file=} and
 * {@code run} by {@code DocsSamplesIT}, {@code by=NAME} by that test or file. Java and XML must
 * stand there; of all else that test has to read the page.
 */
class ProvenBlocksTest {
  private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BY = Pattern.compile("(\\w+) by=([\\w.]+)");
  private static final Pattern WHOLE = Pattern.compile("\\w+ file=\\S+|sh run");
  private static final Pattern COMMENT =
      Pattern.compile("//[^\n]*|/\\*.*?\\*/|<!--.*?-->", Pattern.DOTALL);

  /** Blocks that nothing can prove in a build: page and language, with the reason. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of("docs/benchmarks.md ", "figures that lab/bench measured on a machine, once");

  @Test
  void everyBlockSaysByWhatItIsProven() throws IOException {
    List<String> faults = new ArrayList<>();
    for (Path page : pages()) {
      String name = TOP.relativize(page).toString();
      String text = Files.readString(page);
      Fence.indented(text)
          .forEach(line -> faults.add(name + ":" + line + ": code without a fence"));
      for (Fence fence : Fence.of(text)) {
        fault(name, fence)
            .ifPresent(why -> faults.add(name + ":" + fence.line() + ": " + fence.info() + why));
      }
    }
    assertThat(faults).isEmpty();
  }

  /** Pages on how Hawser is built have drawings and formats, and no samples. */
  @Test
  void pagesOnTheDesignHaveNoSamples() throws IOException {
    try (Stream<Path> pages = Files.list(TOP.resolve("docs/design"))) {
      for (Path page : pages.toList()) {
        assertThat(Fence.of(Files.readString(page)))
            .as("%s", page)
            .allMatch(fence -> fence.info().isEmpty());
      }
    }
  }

  private static Optional<String> fault(String page, Fence fence) throws IOException {
    if (WHOLE.matcher(fence.info()).matches()
        || EXCEPTIONS.containsKey(page + " " + fence.language())) {
      return Optional.empty();
    }
    Matcher by = BY.matcher(fence.info());
    if (!by.matches()) {
      return Optional.of(": nothing proves it; say file=PATH, run or by=TEST (CONTRIBUTING.md)");
    }
    Path prover = provers().get(by.group(2));
    if (prover == null) {
      return Optional.of(": there is no such test or file");
    }
    String source = Files.readString(prover);
    if (by.group(1).equals("java") || by.group(1).equals("xml")) {
      return stands(fence.text(), source)
          ? Optional.empty()
          : Optional.of(": does not stand there in these words");
    }
    return source.contains(page.replace("docs/", "")) || source.contains("DocsPage.all()")
        ? Optional.empty()
        : Optional.of(": that test does not read the page");
  }

  /** Whether code has these words; comments, line breaks and indents may differ, dots stand for others. */
  static boolean stands(String fragment, String source) {
    String wanted =
        Stream.of(bare(fragment).split("\\.\\.\\.", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining("[^{}]*?"));
    return Pattern.compile(wanted).matcher(bare(source)).find();
  }

  private static String bare(String code) {
    return COMMENT.matcher(code).replaceAll("").replaceAll("\\s+", "");
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String folder : List.of("", "docs", "examples", "lab")) {
      try (Stream<Path> files = Files.list(TOP.resolve(folder))) {
        files
            .filter(file -> file.toString().endsWith(".md"))
            .filter(file -> !file.endsWith("CHANGELOG.md"))
            .forEach(pages::add);
      }
    }
    return pages;
  }

  /** Classes by their simple names, and the pom. */
  private static Map<String, Path> provers() throws IOException {
    Map<String, Path> provers = new LinkedHashMap<>();
    provers.put("pom.xml", TOP.resolve("pom.xml"));
    try (Stream<Path> modules = Files.list(TOP)) {
      for (Path module : modules.filter(it -> Files.exists(it.resolve("src"))).toList()) {
        try (Stream<Path> files = Files.walk(module.resolve("src"))) {
          files
              .filter(file -> file.toString().endsWith(".java"))
              .forEach(file -> provers.put(simpleName(file), file));
        }
      }
    }
    return provers;
  }

  private static String simpleName(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }
}
