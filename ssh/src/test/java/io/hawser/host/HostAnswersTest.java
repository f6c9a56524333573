package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Secret;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.host.TreeFile.Type;
import io.hawser.ssh.Command;
import io.hawser.ssh.mock.MockSsh;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is made of the answers to questions that change nothing. */
class HostAnswersTest {
  private static final String SHA = "0123456789abcdef".repeat(4);

  private final MockSsh ssh = MockSsh.create();
  private final Host host = Host.at("10.0.0.1").roles(Role.MASTER).build();
  private final Cluster cluster = Cluster.named("c1").hosts(List.of(host)).build();
  private final HostAccess access = HostAccess.to(ssh, cluster, host);

  private void answer(String verb, String text) {
    ssh.whenMatching("*", "hawser-agent " + verb + " .*").answer(0, text + "end\n", "");
  }

  @Test
  void factsAreNamesAndValues() {
    answer("facts", "arch=x86_64\nopts=a=b\nnonsense\n=x\nempty=\n");
    assertThat(access.facts().values())
        .isEqualTo(Map.of("arch", "x86_64", "opts", "a=b", "empty", ""));
  }

  @Test
  void aListingHoldsWhatWasFoundWithDigestsWhenTheyWereAskedFor() {
    answer(
        "list",
        "d 750 d\nf 640 7 - d/f\ns "
            + SHA
            + " d/f\nl d/l\nt ../x\nl gone\nt \no pipe\ns "
            + SHA
            + " d/unlisted\n");
    assertThat(access.list("/srv", true).entries())
        .isEqualTo(
            Map.of(
                "d", new Listing.Entry(Type.DIRECTORY, 0750, 0, "", ""),
                "d/f", new Listing.Entry(Type.FILE, 0640, 7, SHA, ""),
                "d/l", new Listing.Entry(Type.LINK, 0777, 0, "", "../x")));
    answer("list", "f 640 7 - f\n");
    assertThat(access.list("/srv", false).entries())
        .isEqualTo(Map.of("f", new Listing.Entry(Type.FILE, 0640, 7, "", "")));
    answer("list", "f 640 7 - f\ns " + SHA + " f\n");
    assertThatThrownBy(() -> access.list("/srv", false))
        .isInstanceOf(HostStateException.class)
        .hasMessageContaining("to list");
    assertThat(access.host()).isEqualTo(host);
    assertThat(access.cluster()).isEqualTo(cluster);
  }

  @Test
  @DisplayName("I12 more digests than were asked for are refused")
  void i12NoMoreDigestsThanWereAskedFor() {
    List<String> heard = new ArrayList<>();
    ListingReader.Visitor visitor =
        new ListingReader.Visitor() {
          @Override
          public void digest(String path, String sha256) {
            heard.add(path);
          }
        };
    AgentClient agent = new AgentClient(ssh, cluster, host);
    answer("list", ("s " + SHA + " f\n").repeat(2));
    ListingReader.chosen(agent, "/srv", visitor, List.of("f", "g"));
    assertThat(heard).containsExactly("f", "f");
    assertThatThrownBy(() -> ListingReader.chosen(agent, "/srv", visitor, List.of("f")))
        .hasMessage("10.0.0.1: the agent gave more than the 1 digests it was asked for");
  }

  @Test
  void aProbeSaysWhatCameOfIt() {
    List<String> asked = new ArrayList<>();
    ssh.whenMatching("*", "hawser-agent probe .*")
        .effect((command, files) -> asked.add(input(command)))
        .answer(0, "passed 12\nend\n", "");
    Probe probe = new Probe("http://h/a b", "u", Secret.of("p w"), null, SHA);
    assertThat(access.probe(probe))
        .isEqualTo(new Probe.Result(true, true, "12 ms", Duration.ofMillis(12)));
    access.probe(new Probe("http://h/", null, null, "a/b", SHA));
    access.probe(new Probe("https://h/", null, null, null, SHA, "ca\n"));
    assertThat(asked)
        .containsExactly(
            "http://h/a\\0040b u p\\0040w % " + SHA + "\n",
            "http://h/ % % a/b " + SHA + "\n",
            "https://h/ % % % " + SHA + " ca\\0012\n");
    answer("probe", "failed HTTP 404\n");
    assertThat(access.probe(probe)).isEqualTo(new Probe.Result(false, true, "HTTP 404"));
    answer("probe", "unchecked no curl\n");
    assertThat(access.probe(probe)).isEqualTo(new Probe.Result(false, false, "no curl"));
    for (String other : List.of("", "hm\n")) {
      answer("probe", other);
      assertThatThrownBy(() -> access.probe(probe)).hasMessageContaining("to probe");
    }
  }

  private static String input(Command command) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      command.input().orElseThrow().writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aCommandThatIsNoChangeIsJustRun() {
    ssh.when("10.0.0.1", "uname").answer(3, "Linux\n", "");
    assertThat(access.run(Command.of("uname")).exitCode()).isEqualTo(3);
  }
}
