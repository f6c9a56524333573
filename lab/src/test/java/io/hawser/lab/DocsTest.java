package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.host.WriteProblem;
import io.hawser.registry.AuditFinding;
import io.hawser.ssh.SshException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages lead where they say, and whoever has a failure finds it. */
class DocsTest {
  private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> MODULES =
      List.of("core", "ssh", "registry", "filesystem", "bootstrap", "testkit", "examples");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern PAGE = Pattern.compile("docs/[a-z-]+(?:/[a-z-]+)*\\.md");
  private static final Pattern EXCEPTION =
      Pattern.compile("class (\\w+Exception) extends HawserException");

  @Test
  void everyLinkOfAPageLeadsToAFileAndAHeadingThatAreThere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      // Samples are no prose.
      String text = Files.readString(page).replaceAll("(?s)```.*?\n```", "");
      for (String link : found(LINK, text)) {
        if (!link.contains("://") && !leadsSomewhere(page, link)) {
          broken.add(TOP.relativize(page) + ": " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static boolean leadsSomewhere(Path page, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    if (!Files.exists(target) || parts.length == 1) {
      return Files.exists(target);
    }
    return Files.readString(target)
        .lines()
        .filter(line -> line.startsWith("#"))
        .anyMatch(line -> anchor(line).equals(parts[1]));
  }

  /** As GitHub makes it of a heading. */
  private static String anchor(String heading) {
    return heading
        .replaceFirst("^#+ ", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  @Test
  void everyPageThatTheCodeSendsItsReadersToIsThere() throws IOException {
    Set<String> named = new TreeSet<>();
    for (Path source : mainSources()) {
      named.addAll(found(PAGE, Files.readString(source)));
    }
    assertThat(named).isNotEmpty().allMatch(page -> Files.exists(TOP.resolve(page)));
  }

  @Test
  void thePageOfFailuresKnowsEveryKindOfFailure() throws IOException {
    String page = Files.readString(TOP.resolve("docs/failures.md"));
    Set<String> kinds = new TreeSet<>();
    Stream.of(SshException.Reason.values()).map(Enum::name).forEach(kinds::add);
    Stream.of(AuditFinding.Kind.values()).map(Enum::name).forEach(kinds::add);
    Stream.of(WriteProblem.values()).map(Enum::name).forEach(kinds::add);
    kinds.removeAll(Set.of(WriteProblem.NONE.name(), WriteProblem.OTHER.name()));
    for (Path source : mainSources()) {
      kinds.addAll(found(EXCEPTION, Files.readString(source)));
    }
    assertThat(kinds).hasSizeGreaterThan(35).allMatch(kind -> page.contains("`" + kind + "`"));
  }

  private static Set<String> found(Pattern pattern, String text) {
    int group = pattern.matcher("").groupCount();
    return pattern.matcher(text).results().map(hit -> hit.group(group)).collect(Collectors.toSet());
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(tree(TOP.resolve("docs"), ".md"));
    try (Stream<Path> top = Files.list(TOP)) {
      top.filter(path -> path.toString().endsWith(".md")).forEach(pages::add);
    }
    return pages;
  }

  private static List<Path> mainSources() {
    return MODULES.stream()
        .flatMap(module -> tree(TOP.resolve(module).resolve("src/main/java"), ".java").stream())
        .toList();
  }

  private static List<Path> tree(Path folder, String end) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(path -> path.toString().endsWith(end)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
