package io.hawser.ssh.mock;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Host;
import io.hawser.host.AgentTexts;
import io.hawser.ssh.Command;
import io.hawser.ssh.Script;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryAgentTest {
  private static final String HEX = AgentPair.sha("manifest");
  private static final String STORE = "/var/lib/registry/docker/registry/v2";
  private static final String REPOSITORY = STORE + "/repositories/lib/app";

  private final MockSsh ssh = MockSsh.create();

  private List<String> call(String host, String input, String... words) {
    Command command = Command.script(Script.of("hawser-agent", ""), words).withInput(input);
    List<String> lines = ssh.run(Host.at(host).build(), command).orThrow().lines();
    assertThat(lines).last().isEqualTo("end");
    return lines.subList(0, lines.size() - 1);
  }

  private String probe(String host, String url, String user, String sha) {
    String input = AgentFields.encode(url) + " " + user + " % % " + sha + "\n";
    return call(host, input, "probe", "", "/var/lib/hawser/c").get(0);
  }

  /** Lays an image of one manifest, which is also its only blob, below a host's data directory. */
  private void layImage(String host) {
    ssh.files(host)
        .write(STORE + "/blobs/sha256/" + HEX.substring(0, 2) + "/" + HEX + "/data", "manifest")
        .write(REPOSITORY + "/_manifests/revisions/sha256/" + HEX + "/link", "sha256:" + HEX)
        .write(REPOSITORY + "/_manifests/tags/1.0/current/link", "sha256:" + HEX)
        .write(REPOSITORY + "/_layers/sha256/" + HEX + "/link", "sha256:" + HEX);
  }

  @Test
  void theSameVerbsAskForTheLockAsOnRealHosts() {
    assertThat(AgentLock.CHANGING).containsExactlyInAnyOrderElementsOf(AgentTexts.changing());
  }

  @Test
  void factsAreThoseOfADebianHostUnlessTold() {
    ssh.facts("10.0.0.1", Map.of("arch", "aarch64", "cpus", 8));
    ssh.files("10.0.0.1")
        .write("/etc/containerd/config.toml", "[x]\n  config_path = \"/etc/containerd/certs.d\"\n");

    assertThat(call("10.0.0.1", "", "facts", "", "/var/lib/hawser/c"))
        .contains(
            "os=Debian GNU/Linux 12 (bookworm)",
            "arch=aarch64",
            "cpus=8",
            "containerd=1.6.20",
            "etc.containerd.config_path=/etc/containerd/certs.d");
    assertThat(call("10.0.0.2", "", "facts", "", "/var/lib/hawser/c")).contains("arch=x86_64");
  }

  @Test
  void probeFailsWhereNoRegistryRuns() {
    assertThat(probe("10.0.0.2", "http://10.0.0.1:5000/v2/lib/app/manifests/1.0", "%", HEX))
        .isEqualTo("failed could not resolve 10.0.0.1");
    layImage("10.0.0.1");
    assertThat(probe("10.0.0.2", "http://10.0.0.1:5000/v2/lib/app/manifests/1.0", "%", HEX))
        .isEqualTo("failed connection refused");
  }

  @Test
  void registryThatTheTestStartedServesItsDirectoryOverLinks() {
    layImage("10.0.0.1");
    ssh.files("10.0.0.1").link("/data", "/var/lib/registry");
    ssh.runningRegistry("10.0.0.1", "/data");
    String base = "http://10.0.0.1:5000/v2/lib/app/";

    assertThat(probe("10.0.0.2", base + "manifests/1.0", "%", HEX)).startsWith("passed ");
    assertThat(probe("10.0.0.2", base + "manifests/sha256:" + HEX, "%", HEX)).startsWith("passed");
    assertThat(probe("10.0.0.1", base + "blobs/sha256:" + HEX, "%", HEX)).startsWith("passed ");
    assertThat(probe("10.0.0.2", base + "manifests/2.0", "%", HEX)).isEqualTo("failed HTTP 404");
    assertThat(probe("10.0.0.2", "http://10.0.0.1:5000/v2/", "%", AgentPair.sha("{}")))
        .as("the base answers as CNCF distribution does")
        .startsWith("passed ");
    assertThat(probe("10.0.0.2", base + "manifests/1.0", "%", AgentPair.sha("other")))
        .startsWith("failed the digest");
  }

  @Test
  void hostThatIsDownAnswersNoProbe() {
    layImage("10.0.0.1");
    ssh.runningRegistry("10.0.0.1", "/var/lib/registry").unreachable("10.0.0.1");

    assertThat(probe("10.0.0.2", "http://10.0.0.1:5000/v2/lib/app/manifests/1.0", "%", HEX))
        .startsWith("failed no answer");
  }

  @Test
  void registryIsFoundByItsUnitAndConfigurationAlsoBelowARoot() {
    for (String root : List.of("", "/mnt/image")) {
      MockSsh fresh = MockSsh.create();
      fresh.files("10.0.0.1").makeDirectory("/mnt/image");
      String config =
          """
          http:
            addr: :5000
          auth:
            htpasswd:
              path: /x
          storage:
            filesystem:
              rootdirectory: /var/lib/registry
          """;
      String unit = "[Service]\nExecStart=/usr/bin/registry serve /etc/reg/config.yml\n";
      String operations =
          AgentPair.file("/etc/reg/config.yml", "0644", config) + AgentPair.unit("reg", unit);
      Command apply =
          Command.script(
                  Script.of("hawser-agent", ""), "apply", root, "/var/lib/hawser/c", "registry")
              .withInput(operations);
      fresh.run(Host.at("10.0.0.1").build(), apply).orThrow();
      String blob = "/blobs/sha256/" + HEX.substring(0, 2) + "/" + HEX + "/data";
      fresh.files("10.0.0.1").write(root + STORE + blob, "manifest");
      fresh
          .files("10.0.0.1")
          .write(root + REPOSITORY + "/_layers/sha256/" + HEX + "/link", "sha256:" + HEX);

      assertThat(fresh.units("10.0.0.1").get("reg").active()).isTrue();
      assertThat(ask(fresh, "10.0.0.1:5000", "admin")).startsWith("passed ");
      assertThat(ask(fresh, "localhost:5000", "%")).isEqualTo("failed HTTP 401");
      assertThat(ask(fresh, "10.0.0.1:5001", "admin")).isEqualTo("failed connection refused");
    }
  }

  private static String ask(MockSsh ssh, String where, String user) {
    String url = "http://" + where + "/v2/lib/app/blobs/sha256:" + HEX;
    Command probe =
        Command.script(Script.of("hawser-agent", ""), "probe", "", "/var/lib/hawser/c")
            .withInput(url + " " + user + " secret % " + HEX + "\n");
    return ssh.run(Host.at("10.0.0.1").build(), probe).orThrow().lines().get(0);
  }

  @Test
  void namesAreLookedUpInTheHostsFileOfTheHostThatAsks() {
    layImage("10.0.0.1");
    ssh.runningRegistry("10.0.0.1", "/var/lib/registry");
    ssh.files("10.0.0.2").write("/etc/hosts", "\n# x\n10.0.0.1  sealos.hub other\n");

    String url = "http://sealos.hub:5000/v2/lib/app/manifests/1.0";
    assertThat(probe("10.0.0.2", url, "%", HEX)).startsWith("passed ");
    assertThat(probe("10.0.0.3", url, "%", HEX)).isEqualTo("failed could not resolve sealos.hub");
  }

  @Test
  void callsThatMakeNoSenseFailAsTheScriptDoes() {
    Command command = Command.script(Script.of("hawser-agent", ""), "dance", "", "/var/lib/x");

    assertThat(ssh.run(Host.at("10.0.0.1").build(), command).exitCode()).isEqualTo(1);
    assertThat(ssh.run(Host.at("10.0.0.1").build(), command).stderr())
        .isEqualTo("hawser-agent: unknown verb dance\n");
  }
}
