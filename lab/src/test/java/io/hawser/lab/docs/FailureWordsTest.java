package io.hawser.lab.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whoever searches the page of failures for the words of a message finds them. */
class FailureWordsTest {
  private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

  /** What stands in code and is no message, but to be typed. */
  private static final Set<String> COMMANDS = Set.of("chattr +i", "df -i");

  private static WrittenMessages messages() throws IOException {
    return WrittenMessages.below(
        Stream.of("core", "ssh", "registry", "filesystem", "bootstrap", "testkit")
            .map(module -> TOP.resolve(module).resolve("src/main"))
            .toList());
  }

  @Test
  @DisplayName("every message that the page of failures quotes is one that the code can write")
  void everyQuotedMessageIsWrittenByTheCode() throws IOException {
    String page = Files.readString(TOP.resolve("docs/failures.md"));
    List<String> quoted =
        CODE.matcher(page)
            .results()
            .map(hit -> hit.group(1))
            .filter(text -> text.contains(" ") && !COMMANDS.contains(text))
            .distinct()
            .toList();
    WrittenMessages messages = messages();
    assertThat(quoted).hasSizeGreaterThan(25);
    assertThat(quoted.stream().filter(text -> !messages.canSay(text))).isEmpty();
  }

  @Test
  @DisplayName("words in quotation marks would be proven by nobody: messages stand in code")
  void noMessageStandsInQuotationMarks() throws IOException {
    String page = Files.readString(TOP.resolve("docs/failures.md"));
    assertThat(CODE.matcher(page).replaceAll("")).doesNotContain("\"");
  }

  @Test
  void whatNobodyWritesIsNotFound() throws IOException {
    WrittenMessages messages = messages();
    assertThat(messages.canSay("is locked by … since …")).isTrue();
    assertThat(messages.canSay("since … is locked by")).isFalse();
    assertThat(messages.canSay("is locked by the moon")).isFalse();
    assertThat(messages.canSay("…")).isFalse();
  }

  @Test
  void literalsAreJoinedAndCommentsAreNone() {
    WrittenMessages messages = new WrittenMessages();
    messages.addJava(
        """
        // "never said"
        throw new X("the \\"disk\\" is"
            + " full at " + '"' + path + "; mend"
            + " it");
        log("another");
        """);
    assertThat(messages.canSay("the \"disk\" is full at …; mend it")).isTrue();
    assertThat(messages.canSay("never said")).isFalse();
    assertThat(messages.canSay("mend it … another")).isFalse();
  }
}
