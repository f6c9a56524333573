package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import io.hawser.cluster.Role;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What labels of real images become, in real shells. */
class ImageScriptsTest {
  private static final String TELL =
      "printf '%s:' \"${0##*/}\"; printf '[%s]' \"$@\"; printf '<%s>\\n' \"$odd\"\n";

  private static final List<String> ODD_VALUES =
      List.of(
          "plain",
          "$HOME",
          "${HOME}/x",
          "`id >planted`",
          "$(id >planted)",
          "it's",
          "\"double\"",
          "back\\slash",
          "a;id >planted",
          "a&&id >planted",
          "two\nlines",
          "#",
          "-e",
          "%s",
          "{{ .x }}");

  @TempDir private Path temp;
  private Path tree;

  static Stream<String> shells() {
    return Stream.concat(Stream.of("/bin/sh"), LocalShell.otherShells().stream());
  }

  private void script(String name, String text) {
    try {
      tree = temp.resolve("tree");
      Files.createDirectories(tree.resolve("scripts"));
      Files.writeString(tree.resolve("scripts").resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final Host HOST = Host.at("127.0.0.11").roles(Role.MASTER).build();

  private Command command(String label, String value, Map<String, String> env) {
    ImageMount image =
        new ImageMount("r", ImageType.ROOTFS, "r:v1", tree, env, Map.of(label, value));
    Cluster cluster = Cluster.named("c").hosts(HOST).mount(image).build();
    // The tree of this machine in place of the host's.
    return ImageScripts.of(cluster)
        .command(HOST, label)
        .orElseThrow()
        .withDirectory(tree.resolve("scripts").toString());
  }

  private CommandResult run(String shell, Command command) {
    LocalShell local = new LocalShell(temp, shell.split(" ", -1));
    return local.run(HOST, command);
  }

  private static Map<String, String> env(String... pairs) {
    Map<String, String> env = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      env.put(pairs[i], pairs[i + 1]);
    }
    return env;
  }

  @ParameterizedTest
  @MethodSource("shells")
  @DisplayName("I7 C16 values of the environment reach scripts byte for byte and are never read")
  void valuesAreDataInEveryShell(String shell) {
    script("init-cri.sh", TELL);
    script("init.sh", TELL);
    for (String odd : ODD_VALUES) {
      Command command =
          command(
              "init",
              "init-cri.sh \"$odd\" $registryPort && bash init.sh",
              env("odd", odd, "registryPort", "5000"));
      assertThat(run(shell, command).orThrow().stdout())
          .as(shell + " " + odd)
          .isEqualTo("init-cri.sh:[" + odd + "][5000]<" + odd + ">\ninit.sh:[]<" + odd + ">\n");
    }
    assertThat(tree.resolve("scripts/planted")).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("shells")
  @DisplayName("I7 an undo that is kept on a host gives its script the same values")
  void keptUndoGivesTheSameValues(String shell) {
    script("clean.sh", TELL);
    for (String odd : ODD_VALUES) {
      Command clean = command("clean", "clean.sh \"$odd\"", env("odd", odd));
      Command kept = UndoScript.command("undo of init", UndoScript.of(clean));
      assertThat(run(shell, kept).orThrow().stdout())
          .as(shell + " " + odd)
          .isEqualTo("clean.sh:[" + odd + "]<" + odd + ">\n");
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aLabelKeepsTheMeaningThatAShellGivesIt(String shell) {
    script("init.sh", TELL);
    script("fail.sh", "exit 7\n");
    Map<String, String> env = env("odd", "x", "two", "a  b", "none", "");
    assertThat(run(shell, command("init", "init.sh $two $none $gone end", env)).stdout())
        .as("unquoted, a value is split at blanks and an empty one is no argument")
        .isEqualTo("init.sh:[a][b][end]<x>\n");
    assertThat(run(shell, command("init", "init.sh \"$two\" \"$none\"", env)).stdout())
        .isEqualTo("init.sh:[a  b][]<x>\n");
    assertThat(run(shell, command("init", "init.sh '$two' \\$none", env)).stdout())
        .isEqualTo("init.sh:[$two][$none]<x>\n");
    assertThat(run(shell, command("init", "init.sh $twofold ${two}fold", env)).stdout())
        .as("a longer name is another one")
        .isEqualTo("init.sh:[a][bfold]<x>\n");
    CommandResult stopped = run(shell, command("init", "fail.sh && bash init.sh", env));
    assertThat(stopped.stdout()).isEmpty();
    assertThat(stopped.exit().toString()).contains("7");
    assertThat(run(shell, command("init", "fail.sh || bash init.sh", env)).stdout())
        .isEqualTo("init.sh:[]<x>\n");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void programsThatScriptsPutInADirectoryOfTheirOwnAreFound(String shell) throws IOException {
    Path bin = Files.createDirectories(temp.resolve("the $bin"));
    script("init.sh", "cp /bin/true \"$BIN_DIR/own-program\" && own-program && echo ran\n");
    Command command = command("init", "init.sh", env("BIN_DIR", bin.toString()));
    assertThat(run(shell, command).orThrow().stdout()).isEqualTo("ran\n");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void dataThatIsNoLinkAnyMoreIsNotDeletedByTheRegistrysCleanScript(String shell)
      throws IOException {
    script("clean-registry.sh", "rm -rf \"$1\"\n");
    Path data = Files.createDirectories(temp.resolve("it's data"));
    Files.writeString(data.resolve("blob"), "theirs");
    Path link = temp.resolve("link");
    String label = "clean-registry.sh \"$registryData\"";
    CommandResult refused =
        run(shell, command("clean-registry", label, env("registryData", data.toString())));
    assertThat(refused.succeeded()).isFalse();
    assertThat(refused.stderr()).contains(data + " is no link to the data any more");
    Files.createSymbolicLink(link, data);
    Command clean = command("clean-registry", label, env("registryData", link.toString()));
    for (int i = 0; i < 2; i++) {
      assertThat(run(shell, clean).succeeded()).isTrue();
    }
    assertThat(link).doesNotExist();
    assertThat(data.resolve("blob")).hasContent("theirs");
  }

  @Test
  void theCheckFindsTheProgramsOfTheRootfsAndNeedNotCopyThem() {
    script("check.sh", "");
    String text =
        command("check", "check.sh $registryData", Map.of()).script().orElseThrow().text();
    assertThat(text)
        .isEqualTo("PATH=$PATH:'/var/lib/sealos/data/c/rootfs/opt'\nbash check.sh $registryData\n");
  }

  @Test
  void aChangedScriptOfAPatchIsAReasonToRunAgain() throws IOException {
    script("init.sh", TELL);
    Path patch = Files.createDirectories(temp.resolve("patch/scripts")).getParent();
    Files.writeString(patch.resolve("scripts/init.sh"), "echo 1\n");
    List<String> fingerprints = new ArrayList<>();
    for (String text : List.of("echo 1\n", "echo 2\n", "echo 1\n")) {
      Files.writeString(patch.resolve("scripts/init.sh"), text);
      Cluster cluster =
          Cluster.named("c")
              .hosts(HOST)
              .mount(image("r", ImageType.ROOTFS, tree, Map.of("init", "init.sh")))
              .mount(image("p", ImageType.PATCH, patch, Map.of()))
              .build();
      fingerprints.add(
          ImageScripts.of(cluster).change(HOST, "init", "clean").orElseThrow().fingerprint());
    }
    assertThat(fingerprints.get(0)).isEqualTo(fingerprints.get(2));
    assertThat(fingerprints.get(0)).isNotEqualTo(fingerprints.get(1));
  }

  private static ImageMount image(
      String name, ImageType type, Path tree, Map<String, String> labels) {
    return new ImageMount(name, type, name, tree, Map.of(), labels);
  }
}
