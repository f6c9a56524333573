package io.hawser.ssh.mock;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Host;
import io.hawser.host.AgentTexts;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * The agent in memory and, where there is a shell, the real one in a shell with a temporary root:
 * every call goes to both, and both must answer the same.
 */
final class AgentPair {
  static final String STATE = "/var/lib/hawser/test";
  private static final Host HOST = Host.at("10.0.0.1").build();

  /** Keeps the state of services in files, as much of systemctl as the agent asks for. */
  private static final String SYSTEMCTL =
      """
      #!/bin/sh
      for word; do case $word in -*) ;; *) set -- "$@" "$word" ;; esac; shift; done
      verb=$1; unit=${2%.service}; dir=${0%/*}/state; mkdir -p "$dir"
      case $verb in
        enable) : > "$dir/$unit.enabled" ;;
        disable) rm -f "$dir/$unit.enabled" ;;
        start|restart|reload-or-restart) : > "$dir/$unit.active" ;;
        stop) rm -f "$dir/$unit.active" ;;
        is-enabled) [ -e "$dir/$unit.enabled" ] ;;
        is-active) [ -e "$dir/$unit.active" ] ;;
      esac
      """;

  final MockSsh ssh = MockSsh.create();
  final MemoryFiles files = ssh.files("10.0.0.1");
  private final Path root;
  private final Path tools;
  private final boolean real;

  AgentPair(Path temp) throws IOException {
    root = temp.resolve("root");
    tools = temp.resolve("tools");
    for (String directory : List.of("etc/systemd/system", "var/lib", "srv")) {
      Files.createDirectories(root.resolve(directory));
      files.makeDirectory(root + "/" + directory);
    }
    Files.createDirectories(tools);
    real = Files.isExecutable(Path.of("/bin/sh"));
    Path systemctl = Files.writeString(tools.resolve("systemctl"), SYSTEMCTL);
    Files.setPosixFilePermissions(systemctl, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  boolean real() {
    return real;
  }

  Path root() {
    return root;
  }

  /** Lays a file on both hosts. */
  void lay(String path, String text, int mode) {
    files.write(root + path, text).mode(root + path, mode);
    try {
      Path file = Path.of(root + path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      String letters = "rwxrwxrwx";
      StringBuilder permissions = new StringBuilder();
      for (int bit = 0; bit < 9; bit++) {
        permissions.append((mode >> (8 - bit) & 1) == 1 ? letters.charAt(bit) : '-');
      }
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lays a link on both hosts, in place of one that is there. */
  void link(String path, String target) throws IOException {
    files.link(root + path, target);
    Path link = Path.of(root + path);
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, Path.of(target));
  }

  /** What both answer, without the last line, which must be {@code end}. */
  List<String> call(byte[] input, String... verbAndArguments) {
    CommandResult memory = inMemory(input, verbAndArguments);
    assertThat(memory.succeeded()).as(memory.stderr()).isTrue();
    if (real) {
      String shell = shell(input, 0, verbAndArguments);
      // Hosts in memory have no network between them, so they pass nothing on.
      assertThat(
              shell.lines().filter(line -> !line.equals("r")).map(AgentPair::comparable).sorted())
          .as("the shell, against memory: %s", shell)
          .containsExactlyElementsOf(
              memory.lines().stream().map(AgentPair::comparable).sorted().toList());
    }
    List<String> lines = memory.lines();
    assertThat(lines).last().isEqualTo("end");
    return lines.subList(0, lines.size() - 1);
  }

  List<String> call(String input, String... verbAndArguments) {
    return call(input.getBytes(StandardCharsets.UTF_8), verbAndArguments);
  }

  /** The order of lines, the words of reasons and what is free are not promised. */
  private static String comparable(String line) {
    return line.replaceFirst("^((\\d+ )?(kept|failed)) .*", "$1")
        .replaceFirst("^v (\\d+|-) (\\d+|-)$", "v NUMBER NUMBER")
        // What a machine answers to a survey is its own; the names are the same.
        .replaceFirst(
            "^(clock|machine|addresses|engines|firewall|ipvs|selinux|(no_)?proxy.[a-z]+|port.\\d+|room.[^=]+)=.*",
            "$1")
        .stripTrailing();
  }

  private List<String> words(String... verbAndArguments) {
    List<String> words = new ArrayList<>(List.of(verbAndArguments));
    words.add(1, root.toString());
    words.add(2, STATE);
    return words;
  }

  CommandResult inMemory(byte[] input, String... verbAndArguments) {
    Script script = Script.of("hawser-agent", "");
    String[] words = words(verbAndArguments).toArray(new String[0]);
    Command command = Command.script(script, words).withInput(out -> out.write(input));
    return ssh.run(HOST, command);
  }

  /** What both say on standard error when they refuse a call; that of the one in memory. */
  String refusal(String... verbAndArguments) {
    CommandResult memory = inMemory(new byte[0], verbAndArguments);
    assertThat(memory.exitCode()).isEqualTo(1);
    if (real) {
      assertThat(shell(new byte[0], 1, verbAndArguments)).doesNotEndWith("end\n");
    }
    return memory.stderr();
  }

  private String shell(byte[] input, int status, String... verbAndArguments) {
    List<String> words = new ArrayList<>(List.of("/bin/sh", tools + "/agent.sh"));
    words.addAll(words(verbAndArguments));
    try {
      Files.writeString(tools.resolve("agent.sh"), AgentTexts.of(verbAndArguments[0]));
      Path errors = tools.resolve("stderr");
      ProcessBuilder builder = new ProcessBuilder(words).redirectError(errors.toFile());
      builder.environment().merge("PATH", tools + ":", (old, tool) -> tool + old);
      Process process = builder.start();
      try (var out = process.getOutputStream()) {
        out.write(input);
      }
      byte[] answer = process.getInputStream().readAllBytes();
      assertThat(process.waitFor()).as(Files.readString(errors)).isEqualTo(status);
      return new String(answer, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Both hosts hold the same files with the same content. */
  void assertSameFiles() throws IOException {
    if (!real) {
      return;
    }
    try (var found = Files.walk(root)) {
      List<String> onDisk =
          found
              .filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
              .map(Path::toString)
              // What systemctl enabled besides: the units in memory have no such directories.
              .filter(path -> !path.endsWith(".wants"))
              .sorted()
              .toList();
      assertThat(files.paths(root.toString())).isEqualTo(onDisk);
      for (String path : onDisk) {
        if (!Files.isSymbolicLink(Path.of(path))) {
          assertThat(files.bytes(path)).as(path).isEqualTo(Files.readAllBytes(Path.of(path)));
        }
      }
    }
  }

  /**
   * A tar stream; paths that end with a slash are directories, contents that start with -> links.
   */
  static byte[] tar(String... pathsAndContents) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (int index = 0; index < pathsAndContents.length; index += 2) {
        String path = pathsAndContents[index];
        String text = pathsAndContents[index + 1];
        boolean link = text.startsWith("->");
        byte[] content = link ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry =
            link ? new TarArchiveEntry(path, TarConstants.LF_SYMLINK) : new TarArchiveEntry(path);
        entry.setLinkName(link ? text.substring(2) : "");
        entry.setMode(path.endsWith("/") ? 0750 : 0640);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  static String sha(String text) {
    return MemoryNode.file(0, text.getBytes(StandardCharsets.UTF_8)).sha256();
  }

  static String file(String path, String mode, String text) {
    return "file " + path + " " + mode + " " + sha(text) + " " + AgentFields.encode(text) + "\n";
  }

  static String unit(String name, String text) {
    return "unit " + name + " " + sha(text) + " " + AgentFields.encode(text) + "\n";
  }

  static String swap(String path, String before, String after) {
    String old = before.isEmpty() ? "%" : sha(before);
    return String.join(" ", "swap", path, old, sha(after), "names", AgentFields.encode(after))
        + "\n";
  }
}
