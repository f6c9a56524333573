package io.hawser.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates that want to take the machine down, in a JVM that has 64 MiB for all of it. */
class TemplateBombsTest {
  private static final String GROW = "{{ range until 60 }}";

  private static final List<String> BOMBS =
      List.of(
          "{{ range 100000000 }}{{ end }}",
          "{{ range until 2000 }}{{ range until 2000 }}{{ end }}{{ end }}",
          "{{ range 1000000 }}" + "x".repeat(1000) + "{{ end }}",
          "{{ range 900000 }}{{ $x := repeat 100 \"x\" }}{{ end }}",
          "{{ $x := \"x\" }}" + GROW + "{{ $x = print $x $x }}{{ end }}",
          "{{ $x := \"x\" }}" + GROW + "{{ $x = replace \"x\" \"xxxx\" $x }}{{ end }}",
          "{{ $x := \"x\" }}" + GROW + "{{ $x = html (print $x \"<<<<\" $x) }}{{ end }}",
          "{{ $x := \"<\" }}" + GROW + "{{ $x = toJson (list $x $x) }}{{ end }}",
          "{{ $l := list 1 }}" + GROW + "{{ $l = concat $l $l }}{{ end }}",
          "{{ $l := list 1 }}" + GROW + "{{ $l = list $l $l }}{{ end }}{{ $l }}",
          "{{ $l := list 1 }}" + GROW + "{{ $l = list $l $l }}{{ end }}{{ toJson $l }}",
          "{{ $l := list 1 }}" + GROW + "{{ $l = list $l $l }}{{ end }}{{ toPrettyJson $l }}",
          "{{ $l := list 1 }}" + GROW + "{{ $l = list $l $l }}{{ end }}{{ toYaml $l }}",
          "{{ $l := list 1 }}" + GROW + "{{ $l = list $l $l }}{{ end }}{{ deepCopy $l }}",
          "{{ $l := list 1 }}{{ $m := list 1 }}"
              + GROW
              + "{{ $l = list $l $l }}{{ $m = list $m $m }}{{ end }}{{ deepEqual $l $m }}",
          "{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ $d }}",
          "{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ toYaml $d }}",
          "{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ toJson $d }}",
          "{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ deepCopy $d }}",
          "{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ merge $d $d (dict \"d\" $d) }}{{ $d }}",
          "{{ $d := dict }}{{ range 1000000 }}{{ $_ := set $d (print (len $d)) 1 }}{{ end }}",
          "{{ define \"a\" }}{{ template \"a\" . }}{{ end }}{{ template \"a\" . }}",
          "{{ define \"a\" }}x{{ if lt . 300 }}{{ template \"a\" (int (add1 .)) }}"
              + "{{ template \"a\" (int (add1 .)) }}{{ end }}{{ end }}{{ template \"a\" 1 }}",
          "{{ until 100000000 }}",
          "{{ untilStep -9223372036854775808 9223372036854775807 1 }}",
          "{{ seq 1 100000000 }}",
          "{{ $l := until 200000 }}{{ len (uniq $l) }}",
          "{{ $l := until 100000 }}{{ range 100 }}{{ $_ := toStrings $l }}{{ end }}",
          "{{ range 1000000 }}{{ $_ := .long | contains \"q\" }}{{ end }}",
          "{{ range 1000000 }}{{ $_ := .long | sha256sum }}{{ end }}",
          "{{ splitList \"\" (repeat 4000000 \"x\") | len }}",
          "{{ repeat 4000000 \"x\" | wrapWith 1 (repeat 1000 \"y\") | len }}",
          "{{ repeat 1000000 \"\\n\" | indent 1000 | len }}",
          "{{ printf \"%10000d\" 1 | repeat 1000 }}",
          "{{ regexMatch \"(a*)*b\" (repeat 40 \"a\") }}",
          "{{ regexMatch \"(.|\\n)*z\" (repeat 100000 \"a\") }}",
          "{{ regexReplaceAll \"\" (repeat 100000 \"a\") (repeat 1000 \"b\") }}",
          "{{ regexFindAll \"a{0,1000}a{0,1000}b\" (repeat 100000 \"a\") -1 }}",
          "{{ mustFromJson (repeat 1000000 \"[\") }}",
          "{{ fromYaml (repeat 100000 \"- \") }}",
          "{{ fromYaml (repeat 1000 \"[\") }}",
          "{{ fromYaml (printf \"a: &a [x,x,x,x,x,x,x,x]\\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\\nc: &c"
              + " [*b,*b,*b,*b,*b,*b,*b,*b]\\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\\ne: &e"
              + " [*d,*d,*d,*d,*d,*d,*d,*d]\\nf: [*e,*e,*e,*e,*e,*e,*e,*e]\") | toYaml | len }}",
          "{{ $x := 1e300 }}{{ range until 60 }}{{ $x = mulf $x $x 1e-300 }}{{ end }}{{ $x }}",
          "{{ round 1.5 2147483647 }}{{ printf \"%.10000f\" 1e300 | len }}",
          "{{ range 1000000 }}{{ .gone }}{{ end }}");

  /** What runs in the small JVM: prints a line for each bomb. */
  public static void main(String... arguments) {
    Map<String, String> data = Map.of("long", "x".repeat(1 << 20));
    for (String bomb : BOMBS) {
      long start = cpu();
      String outcome;
      try {
        outcome = "rendered " + rendered(bomb, data);
      } catch (TemplateException e) {
        outcome = "refused " + e.getMessage();
      }
      System.out.println((cpu() - start) / 1_000_000 + " ms " + outcome);
    }
    System.out.println("all " + BOMBS.size());
  }

  /** Time of the processor, not of the clock: other tests run at the same time. */
  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static int rendered(String bomb, Map<String, String> data) {
    return bomb.contains(".gone")
        ? Templates.problems(bomb, "bomb", data).size()
        : Templates.render(bomb, "bomb", data).length();
  }

  @Test
  @DisplayName("I7 no template takes more than 64 MiB, or more than ten seconds")
  void bombsDoNotGoOff(@TempDir Path work) throws Exception {
    Set<String> path = new LinkedHashSet<>();
    for (String name :
        List.of(
            TemplateBombsTest.class.getName(),
            Templates.class.getName(),
            "org.snakeyaml.engine.v2.api.LoadSettings",
            "com.google.common.net.PercentEscaper")) {
      path.add(
          Path.of(Class.forName(name).getProtectionDomain().getCodeSource().getLocation().toURI())
              .toString());
    }
    Path log = work.resolve("log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-Xss512k", "-cp"));
    command.add(String.join(System.getProperty("path.separator"), path));
    command.add(TemplateBombsTest.class.getName());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ends").isTrue();
      String output = Files.readString(log);
      assertThat(output).endsWith("all " + BOMBS.size() + System.lineSeparator());
      assertThat(output.lines().filter(line -> line.contains(" ms ")))
          .hasSize(BOMBS.size())
          .allSatisfy(
              line -> assertThat(Long.parseLong(line.split(" ")[0])).as(line).isLessThan(10_000));
    } finally {
      process.destroyForcibly();
    }
  }
}
