package io.hawser.examples.installer;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the installer says to who is new to it, mistyped something, or has a host that is down. */
class WordsOnMockTest {
  @TempDir Path directory;
  private MockedInstaller installer;
  private Path key;

  @BeforeEach
  void make() throws IOException {
    installer = new MockedInstaller(directory);
    key = Files.writeString(directory.resolve("id"), "any key will do\n");
  }

  private int run(Object... more) {
    List<Object> words = new ArrayList<>(List.of("run", installer.image, "--pk", key));
    words.addAll(List.of("-m", "10.0.0.1", "-n", "10.0.0.3-10.0.0.4", "-r", "10.0.0.1-10.0.0.2"));
    words.addAll(List.of(more));
    return installer.run(words.toArray());
  }

  private List<String> errors(Object... words) {
    assertThat(installer.run(words)).as(installer.out + installer.err).isEqualTo(2);
    assertThat(installer.out).isEmpty();
    return installer.err.lines().toList();
  }

  @Test
  void aWrongWordIsToldInTwoLines() {
    assertThat(errors("aply"))
        .hasSize(3)
        .startsWith("there is no command aply")
        .anyMatch(line -> line.contains("hawser apply"))
        .endsWith("hawser --help tells what there is");
    assertThat(errors("plan", "--bogus"))
        .contains("hawser plan has no option --bogus", "hawser plan --help tells what there is");
    assertThat(errors("reset", "extra")).startsWith("hawser reset does not take extra");
    assertThat(errors("apply", "--mode", "fast")).hasSize(2);
    assertThat(errors()).hasSizeGreaterThan(20).anyMatch(line -> line.startsWith("Commands:"));
  }

  @Test
  void whatIsNotThereIsToldBeforeAnythingIsSaved() {
    assertThat(errors("run", "labring/kubernetes:v1.25.0", "-i", key, "-m", "10.0.0.1").get(0))
        .contains("labring/kubernetes:v1.25.0: there is no such file", "Images are not pulled");
    assertThat(errors("run", installer.image, "-i", "/no/key", "-m", "10.0.0.1"))
        .containsExactly("--pk /no/key: there is no such file, or it may not be read");
    assertThat(installer.saved()).doesNotExist();
  }

  @Test
  void aFileThatCannotBeWrittenIsToldBeforeTheWork() {
    assertThat(run()).isZero();
    assertThat(errors("plan", "--out", directory).get(0)).contains("is a directory");
    assertThat(errors("preflight", "--html", key.resolve("x")).get(0))
        .contains(key + " is not a directory");
    assertThat(errors("preflight", "--junit", "/proc/none/x").get(0)).startsWith("--junit");
    assertThat(errors("preflight", "--report", directory.resolve("no/x")).get(0))
        .startsWith("--report");
    assertThat(errors("apply", "--plan", directory.resolve("none.json")))
        .containsExactly(
            "--plan " + directory.resolve("none.json") + ": there is no such file or directory");
  }

  @Test
  void hostsThatFaredAlikeShareALineUnlessEachIsWanted() {
    assertThat(run()).isZero();
    assertThat(installer.out.lines())
        .anyMatch(line -> line.matches("all 4 hosts +tools +ok .*"))
        .anyMatch(line -> line.matches("10.0.0.1 \\+1 +audit +ok .*"))
        .noneMatch(line -> line.matches("10.0.0.4 +tools .*"));
    String check = installer.out.split("== check", -1)[1].split("== init", -1)[0];
    assertThat(check.lines().filter(line -> line.contains(" ok "))).hasSize(1);
    assertThat(installer.run("apply", "-v")).isZero();
    assertThat(installer.out.lines()).anyMatch(line -> line.matches("10.0.0.4 +tools .*"));
  }

  @Test
  void aRegistryHostThatIsDownKeepsNobodyElseFromBeingBroughtUp() {
    assertThat(run()).isZero();
    installer.ssh.unreachable("10.0.0.2");
    installer.ssh.files("10.0.0.4").write("/etc/hosts", "127.0.0.1 localhost\n");
    assertThat(installer.run("apply")).isEqualTo(1);
    assertThat(installer.out)
        .containsPattern("10.0.0.2 +2[0-9] checks +not checked")
        .contains("failed on 1 host\n");
    assertThat(installer.ssh.files("10.0.0.4").text("/etc/hosts")).contains("sealos.hub");
  }

  @Test
  void whenNoHostIsLeftNothingLooksLikeDone() {
    assertThat(run()).isZero();
    for (String host : List.of("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4")) {
      installer.ssh.unreachable(host);
    }
    assertThat(installer.run("apply")).isEqualTo(1);
    assertThat(installer.out)
        .contains("== no host is left: what would come next was not begun")
        .doesNotContain("nothing to do", "== init");
    assertThat(installer.run("plan")).isEqualTo(1);
    assertThat(installer.out)
        .contains("nothing to change that could be seen", "not complete: see the 4 lines with ?");
    assertThat(installer.run("audit")).isEqualTo(1);
    assertThat(installer.out).contains("not every registry could be looked at");
  }

  @Test
  void aDocumentThatNobodyGetsIsAFailure() {
    assertThat(run()).isZero();
    StringWriter err = new StringWriter();
    Writer full =
        new Writer() {
          @Override
          public void write(char[] text, int from, int length) throws IOException {
            throw new IOException("no space left on device");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Surroundings surroundings = installer.surroundings();
    int status =
        HawserCommand.run(
            surroundings, new PrintWriter(full), new PrintWriter(err, true), "plan", "--json");
    assertThat(status).isEqualTo(1);
    assertThat(err.toString()).contains("could not be printed");
  }

  @Test
  void rowsThatFailedAreNeverFolded() {
    Report report =
        Report.of(
            List.of(
                HostResult.of("10.0.0.1", "init", Status.FAILED, "swap is on"),
                HostResult.of("10.0.0.2", "init", Status.FAILED, "swap is on"),
                HostResult.of("10.0.0.3", "init", Status.CHANGED, "ran"),
                HostResult.of("10.0.0.4", "init", Status.CHANGED, "ran")));
    assertThat(FoldedTable.of(report).lines().skip(1).map(line -> line.split(" ", 2)[0]))
        .containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.3");
    assertThat(FoldedTable.since(report, report)).isEqualTo("as before\n");
  }
}
