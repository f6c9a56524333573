package io.hawser.examples.installer;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.cluster.SshAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster made, grown and shrunk by options alone, without a Clusterfile written by hand. */
class FlagsOnMockTest {
  @TempDir Path directory;
  private MockedInstaller installer;
  private Path key;

  @BeforeEach
  void make() throws IOException {
    installer = new MockedInstaller(directory);
    key = Files.writeString(directory.resolve("id"), "any key will do: nobody connects\n");
  }

  private int runWith(Object... more) {
    Object[] words = new Object[more.length + 6];
    words[0] = "run";
    words[1] = installer.image;
    words[2] = "--pk";
    words[3] = key;
    words[4] = "--masters";
    words[5] = "10.0.0.1";
    System.arraycopy(more, 0, words, 6, more.length);
    return installer.run(words);
  }

  private static List<String> roles(Cluster cluster) {
    return cluster.hosts().stream().map(RoleWords::of).toList();
  }

  @Test
  @DisplayName("the saved Clusterfile equals the flags")
  void runSavesWhatTheFlagsSayAndBringsItUp() throws IOException {
    int status =
        runWith(
            "--nodes",
            "10.0.0.3-10.0.0.4,[fd00::5]:2222",
            "--registries",
            "10.0.0.1,10.0.0.2",
            "--user",
            "root",
            "-e",
            "a={{ .b }} \"$x\"",
            "-e",
            "a=2");
    assertThat(installer.err).isEmpty();
    assertThat(status).as(installer.out).isZero();
    assertThat(installer.out).contains("saved " + installer.saved(), "no password in it");
    Cluster cluster = installer.cluster();
    assertThat(cluster.name()).isEqualTo("default");
    assertThat(roles(cluster))
        .containsExactly(
            "10.0.0.1:22  master, registry",
            "10.0.0.3:22  node",
            "10.0.0.4:22  node",
            "[fd00::5]:2222  node",
            "10.0.0.2:22  registry");
    SshAccess access = SshAccess.builder().keyFile(key.toString()).build();
    assertThat(cluster.hosts())
        .extracting(Host::ssh)
        .allMatch(own -> own.toBuilder().port(22).build().equals(access));
    assertThat(cluster.envValues("a")).containsExactly("a={{ .b }} \"$x\"".substring(2), "2");
    assertThat(cluster.rootfs().orElseThrow().mountPoint()).hasToString(installer.image);
    assertThat(Files.getPosixFilePermissions(installer.saved()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.getPosixFilePermissions(installer.saved().getParent()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(installer.serves("10.0.0.1")).isTrue();
    assertThat(installer.serves("10.0.0.2")).isTrue();
    assertThat(installer.list("10.0.0.4")).contains("10.0.0.1:5000", "10.0.0.2:5000");
  }

  @Test
  void theSameRunAgainChangesNothingAndAnotherOneIsRefused() throws IOException {
    assertThat(runWith("--nodes", "10.0.0.2")).as(installer.out).isZero();
    String text = Files.readString(installer.saved()) + "# mine\n";
    Files.writeString(installer.saved(), text);
    assertThat(runWith("--nodes", "10.0.0.2")).isZero();
    assertThat(installer.out).contains("nothing had to change");
    assertThat(installer.saved()).hasContent(text);
    assertThat(runWith("--nodes", "10.0.0.2-10.0.0.3")).isEqualTo(2);
    assertThat(installer.err).contains("is there already", "other hosts", "add and remove");
    assertThat(runWith("--nodes", "10.0.0.2", "-e", "a=1")).isEqualTo(2);
    assertThat(installer.err).contains("other environment").doesNotContain("other hosts");
    assertThat(installer.saved()).hasContent(text);
    assertThat(runWith("--cluster", "Other!")).isEqualTo(2);
    assertThat(installer.err).contains("not a cluster name");
  }

  @Test
  @DisplayName("a password is saved only on demand, and refused in the arguments")
  void passwordsAreKeptByNobodyUnlessAskedFor() throws IOException {
    Path file = Files.writeString(directory.resolve("word"), "hunter2\n");
    Object[] run = {"run", installer.image, "-m", "10.0.0.1", "--password-file", file};
    assertThat(installer.run(run)).as(installer.err).isZero();
    assertThat(installer.saved()).content().doesNotContain("hunter2", "passwd");
    assertThat(installer.run("run", installer.image, "-m", "10.0.0.1", "-p", "hunter2"))
        .isEqualTo(2);
    assertThat(installer.err).contains("can be seen").doesNotContain("hunter2");
    assertThat(installer.run("run", installer.image, "-m", "10.0.0.1")).isEqualTo(2);
    assertThat(installer.err).contains("nothing to log in with");
    assertThat(installer.run("run", installer.image, "-m", "10.0.0.1", "--ask-password"))
        .isEqualTo(2);
    assertThat(installer.err).contains("needs a terminal");

    Files.delete(installer.saved());
    installer.piped = "hun\"ter\\3\n";
    assertThat(
            installer.run(
                "run", installer.image, "-m", "10.0.0.1", "--password-stdin", "--save-password"))
        .isZero();
    assertThat(installer.out).contains("with the password").doesNotContain("ter\\3");
    assertThat(installer.cluster().firstMaster().ssh().password().orElseThrow().reveal())
        .isEqualTo("hun\"ter\\3");
    installer.piped = "two\nlines\n";
    assertThat(installer.run("plan", "--password-stdin")).isEqualTo(2);
    assertThat(installer.err).contains("exactly one line").doesNotContain("two");
  }

  @Test
  void registriesAreAddedAndRemovedAndAHostWithoutARoleLeaves() {
    runWith("--nodes", "10.0.0.2,10.0.0.3");
    assertThat(roles(installer.cluster())).contains("10.0.0.1:22  master");

    assertThat(installer.run("add", "--registries", "10.0.0.2,10.0.0.4"))
        .as(installer.out)
        .isZero();
    assertThat(installer.out)
        .contains("~ 10.0.0.1:22: master -> master, registry")
        .contains("~ 10.0.0.2:22: node -> node, registry")
        .contains("+ 10.0.0.4:22: registry")
        .contains("saved " + installer.saved());
    assertThat(roles(installer.cluster()))
        .containsExactly(
            "10.0.0.1:22  master, registry",
            "10.0.0.2:22  node, registry",
            "10.0.0.3:22  node",
            "10.0.0.4:22  registry");
    assertThat(installer.list("10.0.0.3"))
        .contains("10.0.0.1:5000", "10.0.0.2:5000", "10.0.0.4:5000");
    assertThat(installer.run("add", "--registries", "10.0.0.2")).isZero();
    assertThat(installer.out).contains("says so already", "nothing had to change");

    assertThat(installer.run("remove", "--registries", "10.0.0.2,10.0.0.4", "--yes"))
        .as(installer.out + installer.err)
        .isZero();
    assertThat(installer.out)
        .contains("~ 10.0.0.2:22: node, registry -> node")
        .contains("- 10.0.0.4:22: registry (leaves the cluster)");
    assertThat(roles(installer.cluster()))
        .containsExactly("10.0.0.1:22  master, registry", "10.0.0.2:22  node", "10.0.0.3:22  node");
    assertThat(installer.serves("10.0.0.2")).isFalse();
    assertThat(installer.ssh.files("10.0.0.4").paths()).noneMatch(path -> path.contains("hawser"));
    assertThat(installer.ssh.files("10.0.0.2").paths())
        .as("a node still")
        .anyMatch(path -> path.contains("/default/rootfs/"));
    assertThat(installer.list("10.0.0.3")).doesNotContain("10.0.0.2:5000", "10.0.0.4:5000");
    assertThat(installer.run("plan")).isZero();
    assertThat(installer.out).contains("nothing to change");
  }

  @Test
  void whatMustStayIsNotRemovedAndAllOfItIsSaidAtOnce() throws IOException {
    runWith("--nodes", "10.0.0.2", "--registries", "10.0.0.2");
    String text = Files.readString(installer.saved());
    assertThat(
            installer.run(
                "remove", "-y", "--masters", "10.0.0.1", "--registries", "10.0.0.2,10.0.0.9"))
        .isEqualTo(2);
    assertThat(installer.err)
        .contains("10.0.0.1 is the first master", "no registry would be left")
        .contains("10.0.0.9 has not the role registry");
    assertThat(installer.run("remove", "--nodes", "10.0.0.2")).isEqualTo(2);
    assertThat(installer.err).contains("say --yes");
    installer.interactive = true;
    installer.typed.add("n");
    assertThat(installer.run("remove", "--nodes", "10.0.0.2")).isEqualTo(2);
    assertThat(installer.err).contains("[y/N]", "nothing was done");
    assertThat(installer.saved()).hasContent(text);
    installer.typed.add("yes");
    assertThat(installer.run("delete", "--nodes", "10.0.0.2")).isZero();
    assertThat(roles(installer.cluster()))
        .containsExactly("10.0.0.1:22  master", "10.0.0.2:22  registry");
    assertThat(installer.run("remove", "-y")).isEqualTo(2);
    assertThat(installer.run("add", "--nodes", "10.0.0.3", "--masters", "10.0.0.3")).isEqualTo(2);
    assertThat(installer.err).contains("both --masters and --nodes");
  }

  @Test
  @DisplayName("a host that the preflight refuses is not in the Clusterfile; the others are added")
  void onlyWhatCameSoFarIsWritten() {
    runWith("--nodes", "10.0.0.2");
    installer.ssh.unreachable("10.0.0.4");
    assertThat(installer.run("add", "--nodes", "10.0.0.3-10.0.0.4")).isEqualTo(1);
    assertThat(installer.out).contains("not added, see above: [10.0.0.4:22]");
    assertThat(installer.cluster().hosts())
        .extracting(Host::address)
        .containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.3");
    assertThat(installer.list("10.0.0.3")).contains("10.0.0.1:5000");
    assertThat(installer.run("add", "--nodes", "10.0.0.4")).isEqualTo(1);
    assertThat(installer.cluster().hosts()).hasSize(3);

    installer.ssh.heal("10.0.0.4");
    installer.ssh.when("10.0.0.4", "init").answer(1, "", "no luck\n");
    assertThat(installer.run("add", "--nodes", "10.0.0.4")).isEqualTo(1);
    assertThat(installer.cluster().hosts()).as("something lies there").hasSize(4);
    installer.ssh.when("10.0.0.4", "init").answer(0, "", "");
    assertThat(installer.run("add", "--nodes", "10.0.0.4")).isZero();
    assertThat(installer.list("10.0.0.4")).contains("10.0.0.1:5000");
  }

  @Test
  @DisplayName("a dead registry host stays in the Clusterfile until it is forgotten")
  void aDeadHostIsForgotten() {
    runWith("--nodes", "10.0.0.3", "--registries", "10.0.0.1,10.0.0.2");
    installer.ssh.unreachable("10.0.0.2");
    assertThat(installer.run("remove", "-y", "--registries", "10.0.0.2")).isEqualTo(1);
    assertThat(installer.err).contains("still in the Clusterfile: 10.0.0.2:22", "--forget");
    assertThat(installer.cluster().hosts(Role.REGISTRY)).hasSize(2);
    assertThat(installer.list("10.0.0.3")).as("told already").doesNotContain("10.0.0.2:5000");
    assertThat(installer.run("remove", "-y", "--forget", "--registries", "10.0.0.2")).isZero();
    assertThat(roles(installer.cluster()))
        .containsExactly("10.0.0.1:22  master, registry", "10.0.0.3:22  node");
    assertThat(installer.run("plan")).as(installer.out).isZero();
    assertThat(installer.out).contains("nothing to change");
  }

  @Test
  void aClusterfileThatAPersonWroteKeepsItsCommentsAndATemplateIsRefused() throws IOException {
    runWith();
    Path mine = directory.resolve("Clusterfile");
    String text =
        Files.readString(installer.saved())
            .replace("  hosts:\n", "  # in the cellar\n  hosts:\n  # the one\n");
    Files.writeString(mine, text);
    assertThat(installer.run("add", "-f", mine, "--nodes", "10.0.0.2", "--dry-run")).isZero();
    assertThat(mine).hasContent(text);
    assertThat(installer.run("add", "-f", mine, "--nodes", "10.0.0.2")).isZero();
    assertThat(Files.readString(mine))
        .startsWith(text.substring(0, text.indexOf("status:")))
        .contains("# in the cellar", "# the one", "- \"10.0.0.2\"");
    Files.writeString(mine, text.replace("10.0.0.1", "{{ \"10.0.0.1\" }}"));
    assertThat(installer.run("add", "-f", mine, "--nodes", "10.0.0.2")).isEqualTo(2);
    assertThat(installer.err).contains("is a template");
    assertThat(installer.run("add", "-f", mine, "--cluster", "x", "-n", "10.0.0.2")).isEqualTo(2);
    assertThat(installer.run("run", installer.image, "-f", mine, "-m", "10.0.0.1")).isEqualTo(2);
    assertThat(installer.err).contains("use apply");
  }

  @Test
  void theModeOfTheRunHoldsForItsCluster() {
    assertThat(runWith("--plain-http", "--nodes", "10.0.0.2")).isZero();
    assertThat(installer.list("10.0.0.2")).contains("http://10.0.0.1:5000");
    assertThat(installer.run("apply")).isZero();
    assertThat(installer.out).contains("nothing had to change");
    assertThat(installer.run("list")).isZero();
    assertThat(installer.out).contains("default\n", "mode: safe", "node: [10.0.0.2:22]");
  }
}
