package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.bootstrap.Bootstraps;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.EnvOrder;
import io.hawser.filesystem.FilesystemException;
import io.hawser.filesystem.Filesystems;
import io.hawser.template.GoTemplates;
import io.hawser.template.TemplateEngine;
import io.hawser.template.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates of images, rendered by an engine of choice. */
class TemplateEngineOnMockTest {
  private static final String HOST = "10.0.0.4";
  private static final String ROOTFS = "/var/lib/sealos/data/mocked/rootfs/";

  /** Knows {@code <% name %>} only. */
  private static final TemplateEngine OTHER =
      (text, name, values) -> {
        String rendered = text.toString();
        for (Map.Entry<String, ?> value : values.entrySet()) {
          rendered =
              rendered.replace("<% " + value.getKey() + " %>", String.valueOf(value.getValue()));
        }
        if (rendered.contains("<%")) {
          throw new TemplateException(name.toString(), 1, "no such name");
        }
        return rendered;
      };

  @TempDir private Path directory;
  private MockedCluster mocked;
  private Path tree;

  @BeforeEach
  void makeCluster() {
    mocked = new MockedCluster(directory);
    tree = mocked.cluster.rootfs().orElseThrow().mountPoint();
  }

  private void put(String name, String text) throws IOException {
    Files.createDirectories(tree.resolve(name).getParent());
    Files.writeString(tree.resolve(name), text);
  }

  private String onHost(String name) {
    return mocked.ssh.files(HOST).text(ROOTFS + name);
  }

  @Test
  void anotherEngineRendersTreesAndThePlanAgrees() throws IOException {
    put("etc/other.conf.tmpl", "<% registryDomain %> {{ .gone }}");
    Filesystems.builder(mocked.cluster, mocked.ssh)
        .templates(OTHER)
        .build()
        .mountRootfs(List.of(HOST));
    assertThat(onHost("etc/other.conf")).isEqualTo("sealos.hub {{ .gone }}");
    String plan =
        Bootstraps.builder(mocked.cluster, mocked.ssh)
            .secrets(mocked.secrets)
            .templates(OTHER)
            .build()
            .plan()
            .toTable();
    assertThat(plan.lines().filter(line -> line.matches(HOST + " +mount .*"))).isEmpty();
  }

  @Test
  void aTemplateThatTheEngineRefusesFailsItsHostWithItsPlace() throws IOException {
    put("etc/other.conf.tmpl", "<% gone %>");
    FilesystemException failure =
        catchThrowableOfType(
            FilesystemException.class,
            () ->
                Filesystems.builder(mocked.cluster, mocked.ssh)
                    .templates(OTHER)
                    .build()
                    .mountRootfs(List.of(HOST)));
    assertThat(failure).hasMessageContaining("etc/other.conf.tmpl:1: no such name");
  }

  @Test
  void theEnvironmentIsAtTheTopLevelAndBelowEnv() throws IOException {
    put("etc/both.tmpl", "{{ .registryDomain }}={{ .Env.registryDomain }} {{ len .Env.odd }}");
    Cluster cluster = mocked.cluster.withCallEnv(Map.of("odd", "{{ x"), EnvOrder.CALL_WINS);
    Filesystems.of(cluster, mocked.ssh).mountRootfs(List.of(HOST));
    assertThat(onHost("etc/both")).isEqualTo("sealos.hub=sealos.hub 4");
  }

  @Test
  @DisplayName("I8 C25 trees of 2,000 templates rendered for hosts at once do not mix")
  void treesOfManyTemplatesAreRenderedAtOnce() throws IOException {
    for (int i = 0; i < 400; i++) {
      put("manifests/t" + i + ".tmpl", i % 7 == 0 ? "" : "{{ .own }} " + i + "{{/* only */}}");
    }
    Cluster cluster =
        mocked.cluster.withHosts(
            host -> host.toBuilder().env(Map.of("own", host.address())).build());
    Filesystems.builder(cluster, mocked.ssh)
        .templates(GoTemplates.standard().strict(true))
        .build()
        .mountRootfs(MockedCluster.HOSTS);
    for (String host : MockedCluster.HOSTS) {
      List<String> rendered =
          IntStream.range(0, 400)
              .mapToObj(i -> mocked.ssh.files(host).text(ROOTFS + "manifests/t" + i))
              .toList();
      List<String> expected =
          IntStream.range(0, 400).mapToObj(i -> i % 7 == 0 ? "" : host + " " + i).toList();
      assertThat(rendered).isEqualTo(expected);
    }
  }
}
