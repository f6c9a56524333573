package io.hawser.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusterfiles that want to take the machine down, in a JVM that has 64 MiB for all of it. */
class ClusterfileBombsTest {
  private static final String HOSTS = "hosts: [{ips: [10.0.0.1], roles: [master]}]";
  private static final int MIB = 1 << 20;

  /** Made one after the other: together they would not fit. */
  private static Map<String, Supplier<String>> bombs() {
    Map<String, Supplier<String>> bombs = new LinkedHashMap<>();
    bombs.put("warm", () -> ClusterfilesTest.spec(HOSTS));
    bombs.put("more than 64 aliases", () -> aliases(1, 80));
    bombs.put("more than 250000 keys and values", () -> aliases(5, 12));
    bombs.put(
        "more than 250000 keys and values: hosts",
        () ->
            "a: &a ["
                + "10.0.0.1,".repeat(9_000)
                + "]\nb: &b {ips: *a, roles: [node]}\nspec: {hosts: ["
                + "*b,".repeat(60)
                + "]}\n");
    bombs.put("an alias without a complete anchor", () -> "kind: Cluster\nspec: &a {hosts: *a}\n");
    bombs.put("nested deeper than 50 levels", () -> "[".repeat(3 * MIB));
    bombs.put("nested deeper than 50 levels: maps", () -> "{a: ".repeat(MIB / 2));
    bombs.put("nested deeper than 50 levels: block", () -> "- ".repeat(MIB));
    bombs.put("longer than 3145728 characters", () -> "a".repeat(12 * MIB));
    bombs.put("more than 1000 documents", () -> "---\n".repeat(3 * MIB / 4));
    bombs.put("more than 1000 documents: full", () -> "kind: Cluster\n---\n".repeat(MIB / 6));
    bombs.put("more than 250000 keys and values: list", () -> "a: [" + "x,".repeat(MIB) + "]");
    bombs.put("more than 250000 keys and values: empty", () -> "- \n".repeat(MIB - 10));
    bombs.put(
        "there are more problems than these 1000",
        () ->
            ClusterfilesTest.spec(
                "hosts: [{roles: [master], ips: [" + "x,".repeat(200_000) + "]}]"));
    bombs.put(
        "there are more problems than these 1000: keys",
        () -> {
          StringBuilder text = new StringBuilder(ClusterfilesTest.spec(HOSTS));
          for (int i = 0; i < 100_000; i++) {
            text.append("key").append(i).append(": x\n");
          }
          return text.toString();
        });
    bombs.put(
        "there are more problems than these 1000: twice",
        () -> ClusterfilesTest.spec(HOSTS) + "a: 1\n".repeat(100_000));
    bombs.put("there is no document of kind Cluster", () -> "kind: " + "x".repeat(3 * MIB - 100));
    bombs.put("unknown field", () -> ClusterfilesTest.spec(HOSTS, "k".repeat(1_000) + ": x"));
    bombs.put(
        "a YAML tag other", () -> "a: !!javax.script.ScriptEngineManager [x]\n".repeat(20_000));
    bombs.put("YAML syntax", () -> "a: \"" + "\\x41".repeat(MIB / 2));
    bombs.put("YAML syntax: comments", () -> "# x\n".repeat(MIB / 2) + "a: [");
    bombs.put("template: ", () -> "{{ range 100000000 }}{{ end }}");
    bombs.put("template: output", () -> "{{ range 1000000 }}" + "x".repeat(1_000) + "{{ end }}");
    bombs.put(
        "longer than 3145728 characters: rendered",
        () -> "{{ range until 3500 }}" + "x".repeat(1_000) + "{{ end }}");
    bombs.put(
        "more than 250000 keys and values: rendered",
        () -> "a:\n{{ range until 1000 }}{{ range until 400 }}-\n{{ end }}{{ end }}");
    return bombs;
  }

  private static String aliases(int width, int levels) {
    StringBuilder bomb = new StringBuilder("kind: Config\na0: &a0 [x]\n");
    for (int i = 1; i <= levels; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a" + i + ": &a" + i + " [" + (alias + ", ").repeat(width - 1) + alias + "]\n");
    }
    return bomb.toString();
  }

  /** What runs in the small JVM: prints a line for each bomb. */
  public static void main(String... arguments) {
    bombs()
        .forEach(
            (name, bomb) -> {
              String text = bomb.get();
              long start = cpu();
              String outcome = "read";
              try {
                Clusterfiles.parse(text, "Clusterfile");
              } catch (ClusterfileException e) {
                String wanted = name.split(": ")[0];
                boolean refused = String.valueOf(e.getMessage()).contains(wanted);
                boolean small = e.problems().size() <= 1_100;
                outcome = refused && small ? "refused" : "other " + shortened(e);
              }
              System.out.println((cpu() - start) / 1_000_000 + " ms " + outcome + " " + name);
            });
  }

  private static String shortened(ClusterfileException e) {
    String message = String.valueOf(e.getMessage());
    return message.substring(0, Math.min(300, message.length()));
  }

  /** Time of the processor, not of the clock: other tests run at the same time. */
  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  @Test
  @DisplayName("I1 I2 I3 no Clusterfile takes more than 64 MiB, or more than a second")
  void bombsDoNotGoOff(@TempDir Path work) throws Exception {
    Path log = work.resolve("log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-Xss512k", "-cp", classPath()));
    command.add(ClusterfileBombsTest.class.getName());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ends").isTrue();
      List<String> lines = Files.readAllLines(log);
      assertThat(lines).hasSize(bombs().size());
      assertThat(lines.get(0)).contains("read warm");
      assertThat(lines.subList(1, lines.size()))
          .allSatisfy(line -> assertThat(line).matches("\\d{1,3} ms refused .*"));
    } finally {
      process.destroyForcibly();
    }
  }

  private static String classPath() throws Exception {
    Set<String> path = new LinkedHashSet<>();
    for (String name :
        List.of(
            ClusterfileBombsTest.class.getName(),
            Clusterfiles.class.getName(),
            "org.snakeyaml.engine.v2.api.LoadSettings",
            "com.google.common.net.InetAddresses",
            "org.assertj.core.api.Assertions",
            "org.junit.jupiter.api.Test")) {
      path.add(
          Path.of(Class.forName(name).getProtectionDomain().getCodeSource().getLocation().toURI())
              .toString());
    }
    return String.join(System.getProperty("path.separator"), path);
  }
}
