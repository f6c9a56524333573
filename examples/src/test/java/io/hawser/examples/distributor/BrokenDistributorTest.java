package io.hawser.examples.distributor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.examples.distributor.BrokenDistributor.Fault;
import io.hawser.examples.docs.DocsPage;
import io.hawser.testkit.DistributorConformance;
import io.hawser.testkit.DistributorConformance.Check;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault of a distributor is found, and told so that its author knows what to do. */
class BrokenDistributorTest {
  private static Stream<Check> checks(Fault fault) {
    return DistributorConformance.of(() -> new BrokenDistributor(fault)).checks().stream();
  }

  private static String complaint(Fault fault, String name) {
    Check asked =
        checks(fault).filter(check -> check.name().equals(name)).findFirst().orElseThrow();
    AssertionError error = catchThrowableOfType(AssertionError.class, asked::run);
    assertThat(error).as("%s passes \"%s\"", fault, name).isNotNull();
    assertThat(error).hasMessageStartingWith("the distributor fails the check \"" + name + "\"\n");
    return error.getMessage();
  }

  @TestFactory
  Stream<DynamicTest> withoutAFaultItKeepsTheContract() {
    return checks(Fault.NONE).map(check -> DynamicTest.dynamicTest(check.name(), check::run));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ONLY_SAYS_SO       | empty hosts are filled                     |  1 | nothing
          SWALLOWS_FAILURE   | a host that is down is a row               |  2 | none in
          THROWS             | a host that is down is a row               |  3 | SshException
          THROWS             | a host that cannot be opened is a row      |  3 | says the check
          SORTS_ROWS         | one row for each target, in order          |  2 | rows of [127.
          SILENT             | the listener hears each host once          | 12 | heard 0 times
          OPENS_TWICE        | each host is opened once                   | 14 | asked 2 times
          TAGS_FIRST         | nothing is seen before what it needs       |  5 | it is there
          TAGS_FIRST         | the power fails before command 6 of the last host |  5 | it is there
          ALWAYS_CHANGED     | a second run changes nothing               |  7 | CHANGED: done
          STAMPS             | a second run changes nothing               |  7 | changed at
          CLEANS_UP          | what others put there stays                |  8 | gone, or different
          BESIDE_THE_JOURNAL | undo takes back everything and nothing else |  9 | /by hand file
          OTHER_OWNER        | undo takes back everything and nothing else |  9 | owner mine
          LEAVES_SCRATCH     | nothing is left elsewhere                  | 10 | +/var/tmp/scratch file
          LATE               | nothing is begun after the deadline        | 11 | CHANGED: done
          TAKES_ANY_BYTES    | damaged content is refused                 | 13 | CHANGED: done
          DEAF               | an interrupt ends it                       | 15 | a report
          """)
  void theFaultIsNamedWithItsRule(Fault fault, String check, int rule, String found) {
    String said = complaint(fault, check);
    assertThat(said.lines().filter(line -> line.startsWith("  found ")))
        .singleElement()
        .asString()
        .contains(found);
    assertThat(said)
        .containsPattern("\n  expected  \\S")
        .containsPattern("\n  rule " + rule + " +\\S.* \\(docs/extend-distributor\\.md\\)$");
  }

  @Test
  void aMessageHasAllThatItTakes() {
    String shown = DocsPage.read("docs/extend-distributor.md").block("text", getClass(), 0);
    DocsPage.assertPrinted(
        shown.replace("127.0.0.13", "127..."),
        complaint(Fault.TAGS_FIRST, "nothing is seen before what it needs"));
    assertThat(complaint(Fault.ONLY_SAYS_SO, "empty hosts are filled"))
        .matches(
            """
            the distributor fails the check "empty hosts are filled"
              host      127\\.[0-9.]+
              file      docker/registry/v2/\\S+
              expected  a \\S.*
              found     nothing
              rule 1    A row that says CHANGED or OK is true: .*\\(docs/extend-distributor\\.md\\)\
            """);
    assertThat(complaint(Fault.SWALLOWS_FAILURE, "a host that is down is a row"))
        .matches(
            """
            the distributor fails the check "a host that is down is a row"
              host      127\\.[0-9.]+
              expected  a row
              found     none in .*
              rule 2    The report has one row for each target, in the order of the targets, .*\
            """);
  }
}
