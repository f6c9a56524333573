package io.hawser.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The templates of a runtime as they are, beside real Go. They are not part of this project: the
 * environment variable HAWSER_RUNTIME names a checkout of labring-actions/runtime. Go is needed.
 */
class RealRuntimeTemplatesTest {
  private static final String RUNTIME = System.getenv("HAWSER_RUNTIME");

  private static final List<String> ENVIRONMENTS =
      List.of(
          "{}",
          environment("v1.27.3", "master,node", ",\"BIN_DIR\":\"/opt/bin\""),
          environment("v1.25.16", "node", ""),
          environment("1.28.0-rc.1", "", ",\"BIN_DIR\":\"\""),
          environment("latest", "master", ""));

  private static String environment(String version, String mode, String more) {
    return "{\"registryDomain\":\"sealos.hub\",\"registryPort\":\"5000\",\"registryUsername\":"
        + "\"admin\",\"registryPassword\":\"p\\\"a$s{{ .x }}\",\"registryData\":\"/var/lib/registry\","
        + "\"registryConfig\":\"/etc/registry\",\"sandboxImage\":\"pause:3.9\",\"criData\":\"/data\","
        + "\"criDockerdData\":\"/dockerd\",\"disableApparmor\":\"false\","
        + "\"SEALOS_SYS_IMAGE_ENDPOINT\":\"/run/image.sock\",\"SEALOS_SYS_CRI_ENDPOINT\":"
        + "\"/run/cri.sock\",\"SEALOS_SYS_KUBE_VERSION\":\""
        + version
        + "\",\"SEALOS_SYS_RUN_MODE\":\""
        + mode
        + "\""
        + more
        + "}";
  }

  @Test
  void theUnmodifiedTemplatesOfTheRuntimeGiveWhatGoGives(@TempDir Path work) throws Exception {
    assumeThat(RUNTIME)
        .as("SKIPPED: HAWSER_RUNTIME names no checkout of labring-actions/runtime")
        .isNotNull();
    List<Path> templates = templates(Path.of(RUNTIME));
    assertThat(templates).hasSizeGreaterThanOrEqualTo(18);
    StringBuilder cases = new StringBuilder();
    for (Path template : templates) {
      for (String environment : ENVIRONMENTS) {
        cases.append("=== ").append(template.getFileName()).append('\n');
        cases.append("values: ").append(environment).append('\n');
        cases.append(Files.readString(template)).append('\n');
      }
    }
    Files.writeString(work.resolve("runtime.cases"), cases);
    regenerate(work);
    List<GoldenCase> golden = GoldenCase.in(work);
    assertThat(golden).hasSize(templates.size() * ENVIRONMENTS.size());
    assertThat(golden).allSatisfy(one -> assertThat(one.difference()).isEmpty());
  }

  private static List<Path> templates(Path runtime) {
    try (var files = Files.walk(runtime)) {
      return files.filter(file -> file.toString().endsWith(".tmpl")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void regenerate(Path work) throws Exception {
    Path log = work.resolve("log");
    Process process =
        new ProcessBuilder("../lab/golden/regenerate", work.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("regenerate ends").isTrue();
      assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
