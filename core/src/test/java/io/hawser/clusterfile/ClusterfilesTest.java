package io.hawser.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.Secret;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Role;
import io.hawser.cluster.SshAccess;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterfilesTest {
  private static final String GOOD =
      """
      apiVersion: apps.sealos.io/v1beta1
      kind: Cluster
      metadata:
        creationTimestamp: null
        name: prod
      spec:
        image:
          - labring/kubernetes:v1.27.0
        ssh:
          user: admin
          passwd: 007
          pk: ~/.ssh/id_rsa
          pkName: mine
          port: 2222
        hosts:
          - ips: [10.0.0.1, "10.0.0.2:22"]
            roles: [master, registry, amd64, rack=a]
            env: [registryPort=5001, "opts=a=b"]
          - ips: ["[FD00::1]:2022", fd00::0002]
            roles: [node]
            ssh:
              passwd: no
              pkData: key
        env:
          - registryDomain=hub
          - registryPort=5000
        command: [echo]
      status:
        phase: ClusterSuccess
        conditions: [{type: x}]
        commandCondition: []
      ---
      ---
      kind: KubeletConfiguration
      anything: goes
      """;

  static List<String> problems(String text) {
    ClusterfileException e =
        catchThrowableOfType(
            ClusterfileException.class, () -> Clusterfiles.parse(text, "Clusterfile"));
    return e == null ? List.of() : e.problems().stream().map(Problem::toString).toList();
  }

  /** A good Clusterfile with other lines below {@code spec}. */
  static String spec(String... lines) {
    return "kind: Cluster\nmetadata: {name: c}\nspec:\n  " + String.join("\n  ", lines) + "\n";
  }

  /** A master, and an entry of {@code hosts} with these fields. */
  static String host(String... fields) {
    return spec(
        "hosts:", "- {ips: [10.0.0.1], roles: [master]}", "- {" + String.join(", ", fields) + "}");
  }

  @Test
  void everyFieldOfAClusterIsRead() {
    Cluster cluster = Clusterfiles.parse(GOOD, "Clusterfile");
    assertThat(cluster.name()).isEqualTo("prod");
    assertThat(cluster.hosts())
        .extracting(h -> h.address() + ":" + h.ssh().port())
        .containsExactly("10.0.0.1:2222", "10.0.0.2:22", "fd00::1:2022", "fd00::2:2222");
    assertThat(cluster.hosts(Role.REGISTRY)).hasSize(2);
    assertThat(cluster.firstMaster().labels()).containsExactly(Map.entry("rack", "a"));
    assertThat(cluster.firstMaster().arch()).contains("amd64");
    assertThat(cluster.firstMaster().env())
        .containsExactly(Map.entry("registryPort", "5001"), Map.entry("opts", "a=b"));
    assertThat(cluster.env())
        .containsExactly(Map.entry("registryDomain", "hub"), Map.entry("registryPort", "5000"));
  }

  @Test
  void sshOfAHostOverridesFieldByField() {
    Cluster cluster = Clusterfiles.parse(GOOD, "Clusterfile");
    SshAccess first = cluster.hosts().get(0).ssh();
    assertThat(first.user()).isEqualTo("admin");
    assertThat(first.password()).contains(Secret.of("007"));
    assertThat(first.keyFile()).contains("~/.ssh/id_rsa");
    SshAccess third = cluster.hosts().get(2).ssh();
    assertThat(third.user()).isEqualTo("admin");
    assertThat(third.password()).contains(Secret.of("no"));
    assertThat(third.keyData()).contains(Secret.of("key"));
    assertThat(third.keyFile()).as("a key of its own replaces the cluster's").isEmpty();
  }

  @Test
  void I5_scalarsStayAsWritten() {
    Cluster cluster =
        Clusterfiles.parse(
            spec(
                "hosts: [{ips: [10.0.0.1], roles: [master]}]",
                "ssh: {passwd: 0022}",
                "env: [A=1_000, B=1.20, C=2024-01-01, D=]"),
            "c");
    assertThat(cluster.firstMaster().ssh().password()).contains(Secret.of("0022"));
    assertThat(cluster.env().values()).containsExactly("1_000", "1.20", "2024-01-01", "");
  }

  @Test
  void theClusterMayBeAnyDocumentOfTheStream() {
    String text = "kind: InitConfiguration\n---\n" + GOOD;
    assertThat(Clusterfiles.parse(text, "c").name()).isEqualTo("prod");
  }

  @Test
  void aliasesAreFollowed() {
    String text = spec("env: &e [A=1]", "hosts:", "- {ips: [10.0.0.1], roles: [master], env: *e}");
    assertThat(Clusterfiles.parse(text, "c").firstMaster().env()).containsEntry("A", "1");
  }

  @Test
  void I6_tenThousandHostsAreRead() {
    StringBuilder text = new StringBuilder(spec("hosts:"));
    text.append("  - {ips: [10.0.0.1], roles: [master]}\n  - roles: [node]\n    ips:\n");
    for (int i = 0; i < 10_000; i++) {
      text.append("    - 10.1.").append(i / 250).append('.').append(i % 250).append('\n');
    }
    assertThat(Clusterfiles.parse(text, "c").hosts()).hasSize(10_001);
  }

  @Test
  void everyProblemOfABrokenClusterfileIsListedInItsOrder() {
    String text =
        """
        apiVersion: apps.sealos.io/v1beta2
        kind: Cluster
        metadata:
          name: Prod_1
        spec:
          ssh:
            passwrd: hunter2
            port: 022
          hosts:
            - ips: [10.0.0.1, "10.0.0.1:22", 10.0.0.0/24, 10.0.0.1-5]
              roles: [masters]
            - ips: []
              roles: [node]
              env: [registryPassword hunter2, "1A=hunter2"]
            - ips: 10.0.0.9
              roles: [node]
            - ips: ["10.0.0.8:65536", host.example]
              roles: [node, arm46]
          passwd: hunter2
        ---
        spec: {}
        ---
        kind: Cluter
        ---
        a: "unclosed
        """;
    assertThat(problems(text))
        .containsExactly(
            "Clusterfile:1:13: apiVersion: unknown version \"apps.sealos.io/v1beta2\" of kind"
                + " Cluster (known: apps.sealos.io/v1beta1)",
            "Clusterfile:4:9: metadata.name: \"Prod_1\" is not a cluster name (a-z, 0-9 and -, at"
                + " most 63, starting and ending with a letter or digit)",
            "Clusterfile:7:5: spec.ssh.passwrd: unknown field (did you mean \"passwd\"?)",
            "Clusterfile:8:11: spec.ssh.port: port \"022\" is not a decimal number from 1 to 65535",
            "Clusterfile:10:5: spec.hosts: no host has the role master (add \"master\" to the"
                + " roles of one)",
            "Clusterfile:10:23: spec.hosts[0].ips[1]: one host is listed twice: \"10.0.0.1\" at"
                + " 10:13 and \"10.0.0.1:22\" at 10:23",
            "Clusterfile:10:38: spec.hosts[0].ips[2]: \"10.0.0.0/24\" is a network; list the"
                + " address of each host",
            "Clusterfile:10:51: spec.hosts[0].ips[3]: \"10.0.0.1-5\" is a range; list the address"
                + " of each host",
            "Clusterfile:11:15: spec.hosts[0].roles[0]: unknown role \"masters\" (did you mean"
                + " \"master\"?)",
            "Clusterfile:12:12: spec.hosts[1].ips: there is no address",
            "Clusterfile:14:13: spec.hosts[1].env[0]: expected NAME=value, found no \"=\"",
            "Clusterfile:14:39: spec.hosts[1].env[1]: \"1A\" is not a name for an environment"
                + " variable (letters, digits and _, not starting with a digit)",
            "Clusterfile:15:12: spec.hosts[2].ips: expected a list, found a text (start each item"
                + " with \"- \")",
            "Clusterfile:17:13: spec.hosts[3].ips[0]: port \"65536\" is not a number from 1 to"
                + " 65535",
            "Clusterfile:17:31: spec.hosts[3].ips[1]: \"host.example\" is a name, which is not"
                + " resolved; give the IP address",
            "Clusterfile:18:21: spec.hosts[3].roles[1]: unknown role \"arm46\" (did you mean"
                + " \"arm64\"?)",
            "Clusterfile:19:3: spec.passwd: unknown field (it belongs in ssh)",
            "Clusterfile:21:1: kind: the document has no kind",
            "Clusterfile:23:7: kind: unknown kind \"Cluter\" (did you mean \"Cluster\"?)",
            "Clusterfile:26:1: YAML syntax: found unexpected end of stream (close the quote or the"
                + " bracket)");
  }

  @Test
  void I3_twoClustersAreReportedWithBothPlaces() {
    assertThat(problems(spec("hosts: [{ips: [10.0.0.1], roles: [master]}]") + "---\nkind: Cluster"))
        .containsExactly(
            "Clusterfile:6:1: kind: two documents of kind Cluster: at 1:1 and 6:1"
                + " (one file describes one cluster)");
  }

  @Test
  void I3_duplicateKeysAreReportedWithBothPlaces() {
    assertThat(problems(host("ips: [10.0.0.2]", "roles: [node]", "ips: []")))
        .containsExactly(
            "Clusterfile:6:38: ips: the key stands twice in one mapping: at 6:6 and 6:38 (keep one"
                + " of them)");
  }

  @Test
  void I3_mergeKeysAreRefused() {
    assertThat(problems(host("<<: {}", "ips: [10.0.0.2]", "roles: [node]")))
        .singleElement()
        .asString()
        .contains("merge keys are not supported");
  }

  @Test
  void I4_unknownFieldNamesTheNearest() {
    for (String typo : List.of("ip", "Ips", "isp", "role", "rolse", "envs", "shh")) {
      assertThat(problems(host("ips: [10.0.0.2]", "roles: [node]", typo + ": x")))
          .singleElement()
          .asString()
          .contains("unknown field (did you mean");
    }
  }

  @Test
  void aKeyInPlaceOfAKeyFileIsReportedAndNotShown() {
    String text = host("ips: [10.0.0.2]", "roles: [node]", "ssh: {pk: 'PRIVATE KEY hunter2'}");
    assertThat(problems(text)).singleElement().asString().contains("pkData");
    assertThat(problems(text).toString()).doesNotContain("hunter2");
  }

  @Test
  void anEmptyCredentialMeansNoneAlsoWhereTheClusterHasOne() {
    Cluster cluster =
        Clusterfiles.reader()
            .checkTrees(false)
            .parse(
                spec(
                    "ssh: {pk: /key, passwd: word}",
                    "hosts:",
                    "- {ips: [10.0.0.1], roles: [master]}",
                    "- {ips: [10.0.0.2], roles: [node], ssh: {pk: '', passwd: own}}"),
                "Clusterfile");
    assertThat(cluster.host("10.0.0.1").ssh().keyFile()).contains("/key");
    assertThat(cluster.host("10.0.0.2").ssh().keyFile()).isEmpty();
    assertThat(cluster.host("10.0.0.2").ssh().password()).contains(Secret.of("own"));
  }

  @Test
  void secretsAreNeverInAMessage() {
    for (String value :
        List.of(
            "*hunter2",
            "&hunter2",
            "!hunter2 x",
            "!!hunter2 x",
            "!hunter2!x y",
            "%hunter2",
            "@hunter2",
            "`hunter2",
            "\"hunter2",
            "'hunter2",
            "{hunter2",
            "[hunter2]",
            "{hunter2: x}",
            "|hunter2",
            ">hunter2",
            "\"hunter2\\q\"",
            "\"hunter2\\0\"",
            "hunter2: x",
            "- hunter2")) {
      String text =
          spec("ssh:", "  passwd: " + value, "hosts: [{ips: [10.0.0.1], roles: [master]}]");
      List<String> found = problems(text);
      assertThat(String.join("\n", found)).as(value).doesNotContain("hunter2");
      if (!value.startsWith("&")) {
        assertThat(found).as(value).isNotEmpty();
      }
    }
  }
}
