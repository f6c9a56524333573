package io.hawser.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;

class JunitXmlTest {
  private static void isValid(String xml) throws Exception {
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(Objects.requireNonNull(JunitXmlTest.class.getResource("junit.xsd")))
        .newValidator()
        .validate(new StreamSource(new StringReader(xml)));
  }

  @Test
  void stepsAreSuitesAndHostsAreTests() throws Exception {
    Report report =
        Report.of(
            List.of(
                HostResult.of("10.0.0.1", "distribute", Status.CHANGED, "3 files")
                    .took(Duration.ofMillis(1234)),
                HostResult.of("10.0.0.2", "distribute", Status.FAILED, "no <room>\non /data")
                    .details(List.of("df: \"full\""))
                    .advice("spec.hosts[1]", "make room")
                    .took(Duration.ofMillis(500)),
                HostResult.of("10.0.0.2", "pull from 10.0.0.1", Status.SKIPPED, "skipped"),
                HostResult.of("10.0.0.1", "pull from 10.0.0.1", Status.UNKNOWN, "link lost")));
    isValid(report.toJunitXml());
    assertThat(report.toJunitXml())
        .isEqualTo(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="hawser" tests="4" failures="1" errors="1" skipped="1" time="1.734">
              <testsuite name="distribute" tests="2" failures="1" errors="0" skipped="0" time="1.734">
                <testcase name="10.0.0.1" classname="hawser.distribute" time="1.234">
                  <system-out>changed: 3 files</system-out>
                </testcase>
                <testcase name="10.0.0.2" classname="hawser.distribute" time="0.500">
                  <failure message="no &lt;room&gt; | on /data" type="FAILED">no &lt;room&gt;
            on /data
            df: &quot;full&quot;
            field: spec.hosts[1]
            hint: make room</failure>
                </testcase>
              </testsuite>
              <testsuite name="pull from 10.0.0.1" tests="2" failures="0" errors="1" skipped="1" time="0.000">
                <testcase name="10.0.0.2" classname="hawser.pull from 10_0_0_1" time="0.000">
                  <skipped message="skipped"/>
                </testcase>
                <testcase name="10.0.0.1" classname="hawser.pull from 10_0_0_1" time="0.000">
                  <error message="link lost" type="UNKNOWN">link lost</error>
                </testcase>
              </testsuite>
            </testsuites>
            """);
  }

  @Test
  void whateverAHostSaysTheDocumentIsValid() throws Exception {
    StringBuilder all = new StringBuilder("]]> <![CDATA[ </testcase> <!-- &amp; '\" ");
    for (int c = 0; c < 0x10000; c++) {
      all.append((char) c); // with lone surrogates, and pairs of them the wrong way round
    }
    String hostile = all.append("\ud83d\ude00").appendCodePoint(0x1ffff).toString();
    List<HostResult> rows = new ArrayList<>();
    for (Status status : Status.values()) {
      rows.add(
          HostResult.of(hostile, hostile, status, hostile)
              .details(List.of(hostile))
              .advice(hostile, hostile));
    }
    isValid(Report.of(rows).toJunitXml());
    isValid(Report.empty().toJunitXml());
  }
}
