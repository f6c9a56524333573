package io.hawser.lab.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.base.Throwables;
import io.hawser.clusterfile.Clusterfiles;
import io.hawser.registry.Registries;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets stay where they belong, as far as that can be seen without real hosts. */
@Timeout(120)
class SecretsTest {
  @TempDir Path directory;

  @Test
  @DisplayName("S1 S2 no secret in logs, reports, processes or wide files of the main job")
  void noSecretInLogsReportsProcessesOrWideFiles() throws Exception {
    Canary password = Canary.odd("registryPassword");
    Files.writeString(directory.resolve("registry-password"), password.value());
    Path log = directory.resolve("log");
    long self = ProcessHandle.current().pid();
    ProcessSampler sampler =
        ProcessSampler.start(process -> !process.getName().equals(String.valueOf(self)));
    int status;
    try (sampler) {
      Process run =
          new ProcessBuilder(
                  System.getProperty("java.home") + "/bin/java",
                  "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                  // What the hosts write is theirs: they dump all that they are sent.
                  "-Dorg.slf4j.simpleLogger.log.org.apache.sshd=warn",
                  "-Dorg.slf4j.simpleLogger.log.io.hawser.testkit=warn",
                  "-Duser.home=" + directory,
                  "-cp",
                  System.getProperty("java.class.path"),
                  EmbeddedRun.class.getName(),
                  directory.toString())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      try {
        assertThat(run.waitFor(100, TimeUnit.SECONDS)).as("ended in time").isTrue();
      } finally {
        run.destroyForcibly();
      }
      status = run.exitValue();
    }
    String output = Files.readString(log, StandardCharsets.ISO_8859_1);
    assertThat(status).as(output.substring(Math.max(0, output.length() - 5_000))).isZero();
    assertThat(output).contains(" TRACE ").contains("SSH_MSG_NEWKEYS sent");

    CanarySearch search =
        new CanarySearch(
            List.of(
                password,
                canary("ssh password", "ssh-password"),
                canary("registry http secret", "http-secret")));
    assertThat(search.inBytes(output)).as("log and reports").isEmpty();
    if (new File("/proc/self/environ").canRead()) {
      System.out.println("secrets on embedded hosts: " + sampler.summary());
      assertThat(sampler.commands()).as("commands that were seen").hasSizeGreaterThan(5);
      assertThat(search.inBytes(sampler.arguments())).as("argument lists").isEmpty();
      assertThat(search.inBytes(sampler.environments())).as("environments").isEmpty();
    }
  }

  private Canary canary(String name, String file) throws Exception {
    return Canary.of(name, Files.readString(directory.resolve(file)));
  }

  @ParameterizedTest(name = "S1 a Clusterfile with the fault \"{0}\" is refused without a secret")
  @ValueSource(
      strings = {
        "ssh: {passwrd: SECRET}",
        "ssh: {passwd: [SECRET]}",
        "ssh: {passwd: {SECRET: SECRET}}",
        "ssh: {passwd: SECRET, passwd: SECRET}",
        "ssh: {passwd: SECRET",
        "ssh: {passwd: \"SECRET}",
        "ssh: {passwd: \"\\qSECRET\"}",
        "ssh: {passwd: *SECRET}",
        "ssh: {passwd: !!binary SECRET}",
        "ssh: {passwd: SECRET, port: x}",
        "ssh: SECRET",
        "ssh: {pk: \"-----BEGIN OPENSSH PRIVATE KEY-----\\nSECRET\"}",
        "ssh: {pkData: [SECRET], pkPasswd: [SECRET]}",
        "env: [registryPassword SECRET]",
        "env: {registryPassword: SECRET}",
        "env: [registryPassword=SECRET, 1registryPassword=SECRET]",
        "env: [[registryPassword=SECRET]]",
        "env: [\"registryPassword=SECRET\\tSECRET\"]",
        "env: [registryPassword=SECRET-SECRET-SECRET-SECRET]",
        "env: [registryUsername=SECRET, registryPassword=SECRET]",
      })
  void aFaultyClusterfileIsRefusedWithoutASecret(String fault) throws Exception {
    Canary secret = Canary.plain("secret");
    Path file = directory.resolve("Clusterfile");
    Files.writeString(
        file,
        "apiVersion: apps.sealos.io/v1beta1\nkind: Cluster\nmetadata: {name: faulty}\nspec:\n"
            + "  hosts: [{ips: [10.0.0.1], roles: [master]}]\n  "
            + fault.replace("SECRET", secret.value())
            + "\n");
    Throwable failure = catchThrowable(() -> Registries.builder(Clusterfiles.read(file)).build());
    assertThat(failure).isNotNull();
    assertThat(new CanarySearch(List.of(secret)).in(Throwables.getStackTraceAsString(failure)))
        .as("%s", failure.getMessage())
        .isEmpty();
  }
}
