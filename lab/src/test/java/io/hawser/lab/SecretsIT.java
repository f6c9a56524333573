package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.lab.hosts.Installer;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.LabRootfs;
import io.hawser.lab.hosts.Ran;
import io.hawser.lab.hosts.RealHosts;
import io.hawser.lab.secrets.Canary;
import io.hawser.lab.secrets.CanarySearch;
import io.hawser.lab.secrets.ProcessSampler;
import io.hawser.lab.secrets.SecretHosts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets of every kind through whole runs of the installer at level TRACE, while the argument
 * lists and environments of all processes are sampled: on the hosts, and of the installer itself.
 */
@RealHosts(3)
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretsIT {
  private static final Canary CONTROL = Canary.plain("control");

  private final Lab lab;
  private Path directory;
  private Path rootfs;
  private SecretHosts hosts;

  SecretsIT(Lab lab) {
    this.lab = lab;
  }

  @BeforeAll
  void makeHosts(@TempDir Path temporary) throws IOException {
    directory = temporary;
    rootfs = LabRootfs.make(lab, directory);
    // As in real images: a file that tells scripts how to log in to the registry.
    Files.writeString(
        rootfs.resolve("etc/registry.yml.tmpl"), "password: {{ .registryPassword }}\n");
    hosts = new SecretHosts(lab, directory);
  }

  @Test
  @DisplayName("S1 S2 C8 no secret in logs, reports, processes or files of a whole run")
  void noSecretInLogsReportsProcessesOrFiles() throws IOException {
    Run run = new Run("chosen", env(hosts.registryEnv()), good());
    try (ProcessSampler sampler = sampler()) {
      run.all("preflight", "apply", "verify", "plan", "apply");
      run.assertFilesHide(2);
      run.all("reset");
      run.sampled(sampler, 100);
    }
    run.assertFilesHide(0);
    run.assertNothingLeaked();
  }

  @Test
  @DisplayName("S1 S2 S3 no generated password in logs, reports, processes or files")
  void noGeneratedPasswordInLogsReportsProcessesOrFiles() throws IOException {
    Run run = new Run("generated", env("unused=x"), good());
    try (ProcessSampler sampler = sampler()) {
      run.all("apply", "verify");
      run.assertFilesHide(2);
      run.all("reset");
      run.sampled(sampler, 100);
    }
    run.assertNothingLeaked();
  }

  @Test
  @DisplayName("S1 S2 N5 C8 no secret that is refused in logs, reports or processes")
  void noRefusedSecretInLogsReportsOrProcesses() throws IOException {
    List<String> wrong =
        List.of(
            hosts.keyLogin(hosts.wrongPassphrase),
            hosts.wrongSudo(),
            SecretHosts.passwordLogin("root", hosts.wrongRootPassword));
    Run run = new Run("refused", env(hosts.registryEnv()), wrong);
    try (ProcessSampler sampler = sampler()) {
      for (String command : List.of("preflight", "verify")) {
        Ran ran = run.installer.run(command);
        assertThat(ran.status()).as(ran.output()).isEqualTo(1);
        String offer = lab.address(3) + ": Next authentication method: password";
        assertThat(ran.lines()).filteredOn(line -> line.contains(offer)).as("offers").hasSize(1);
        run.shown.append(ran.output()).append(run.installer.report(command));
      }
      // Only the host with the wrong sudo password runs any.
      run.sampled(sampler, 2);
    }
    assertThat(run.shown.toString())
        .contains("passphrase")
        .contains("sudo did not take the password of user deploy")
        .contains("user root was refused; tried the password");
    run.assertNothingLeaked();
  }

  private List<String> good() throws IOException {
    return List.of(
        hosts.keyLogin(hosts.passphrase),
        SecretHosts.passwordLogin("deploy", hosts.sudoPassword),
        SecretHosts.passwordLogin("root", hosts.rootPassword));
  }

  private static String env(String item) {
    return "[" + item + "]";
  }

  /** Looks at everything that is not in this JVM's own network: the hosts, and the installer. */
  private static ProcessSampler sampler() {
    Path own = network(new File("/proc/self"));
    return ProcessSampler.start(process -> !network(process).equals(own));
  }

  private static Path network(File process) {
    try {
      return Files.readSymbolicLink(process.toPath().resolve("ns/net"));
    } catch (IOException e) {
      return Path.of("gone");
    }
  }

  /** Runs of the installer with one Clusterfile, and what was seen of them. */
  private final class Run {
    private final Installer installer;
    private final String name;
    private final Path home;
    private final StringBuilder shown = new StringBuilder();
    private String processes = "";

    Run(String name, String env, List<String> logins) throws IOException {
      this.name = name;
      this.home = Files.createDirectories(directory.resolve(name));
      Path temporary = Files.createDirectories(home.resolve("tmp"));
      this.installer =
          new Installer(lab, home, clusterfile(name, env, logins), "safe")
              .option("-Dorg.slf4j.simpleLogger.defaultLogLevel=trace")
              .option("-Djava.io.tmpdir=" + temporary);
    }

    void all(String... commands) throws IOException {
      for (String command : commands) {
        shown.append(installer.run(command).ok().output()).append(installer.report(command));
      }
    }

    /** The search for what was given and for what was generated, once it is there. */
    private CanarySearch search() throws IOException {
      List<Canary> all = new ArrayList<>(hosts.given());
      Path store = home.resolve(".hawser/" + name + "/secrets");
      for (String secret : List.of("registry-password", "registry-http-secret")) {
        if (Files.exists(store.resolve(secret))) {
          all.add(Canary.of("generated " + secret, Files.readString(store.resolve(secret))));
        }
      }
      return new CanarySearch(all);
    }

    /** The control: a process on a host that shows a secret for a moment. */
    void sampled(ProcessSampler sampler, int atLeastCommands) throws IOException {
      lab.on(2, "CONTROL=" + CONTROL.value() + " sleep 0.3").ok();
      sampler.close();
      processes = sampler.arguments() + sampler.environments();
      assertThat(new CanarySearch(List.of(CONTROL)).inBytes(sampler.environments())).isNotEmpty();
      assertThat(sampler.commands()).as("seen").hasSizeGreaterThanOrEqualTo(atLeastCommands);
      System.out.println("secrets, " + name + ": " + sampler.summary());
    }

    void assertFilesHide(int atLeastSecretForRoot) throws IOException {
      CanarySearch search = search();
      for (int host = 1; host <= lab.size(); host++) {
        if (host <= atLeastSecretForRoot) {
          assertThat(search.in(hosts.newFiles(host, "root")))
              .as("the control: what only root reads on host " + host)
              .anyMatch(hit -> hit.contains("base64"))
              .anyMatch(hit -> hit.contains("as it is"));
        }
        for (String user : List.of("nobody", "deploy")) {
          assertThat(search.in(hosts.newFiles(host, user)))
              .as("what %s can read on host %s", user, host)
              .isEmpty();
        }
      }
    }

    void assertNothingLeaked() throws IOException {
      assertThat(shown.toString()).contains(" TRACE ").contains("SSH_MSG_NEWKEYS sent");
      CanarySearch search = search();
      assertThat(search.in(shown.toString())).as("logs and reports").isEmpty();
      assertThat(search.inBytes(processes)).as("processes").isEmpty();
      Map<Path, List<String>> files = search.files(home);
      assertThat(files.keySet())
          .as("files of the controller: %s", files)
          .allMatch(file -> file.startsWith(home.resolve(".hawser")))
          .noneMatch(CanarySearch::isWide);
    }
  }

  private Path clusterfile(String name, String env, List<String> logins) throws IOException {
    String text =
        """
        apiVersion: apps.sealos.io/v1beta1
        kind: Cluster
        metadata:
          name: %s
        spec:
          image: [lab/rootfs:v1]
          env: %s
          hosts:
          - ips: [%s]
            roles: [master, registry]
            ssh: %s
          - ips: [%s]
            roles: [node, registry]
            ssh: %s
          - ips: [%s]
            roles: [node]
            ssh: %s
        status:
          mounts:
          - name: lab-rootfs
            type: rootfs
            imageName: lab/rootfs:v1
            mountPoint: %s
            env:
              odd: plain
              criData: /var/lib/containerd
              registryData: /var/lib/registry
              registryConfig: /etc/registry
              registryDomain: sealos.hub
              registryPort: "5000"
              registryPassword: passw0rd
            labels:
              check: check.sh $registryData
              clean: clean.sh
              clean-cri: clean-cri.sh $registryDomain $registryPort
              init: init.sh
              init-cri: init-cri.sh $registryDomain $registryPort
              sealos.io.type: rootfs
        """
            .formatted(
                name,
                env,
                lab.address(1),
                logins.get(0),
                lab.address(2),
                logins.get(1),
                lab.address(3),
                logins.get(2),
                rootfs);
    return Files.writeString(directory.resolve("Clusterfile-" + name), text);
  }
}
