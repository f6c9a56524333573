package io.hawser.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Secret;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplatesTest {
  private static final Map<String, Object> DATA =
      new TreeMap<>(
          Map.of(
              "domain", "sealos.hub",
              "port", "5000",
              "empty", "",
              "count", 3,
              "on", true,
              "hosts", List.of("a", "b"),
              "map", Map.of("z", "1", "a", Map.of("b", "deep")),
              "version", "v1.27.3",
              "braces", "{{ .port }}",
              "text", "one\ntwo"));

  private static String render(String template) {
    return Templates.render(template, "t.tmpl", DATA);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "{{.domain}}:{{ .port }} ~ sealos.hub:5000",
        "{{ .Env.domain }} ~ sealos.hub",
        "{{ $.Env.port }} ~ 5000",
        "{{ .map.a.b }} {{ (index .map \"a\").b }} ~ deep deep",
        "{{ .missing }} ~ <no value>",
        "{{ .missing.deeper }} ~ <no value>",
        "{{ default \"x\" .missing }} {{ .empty | default \"y\" }} ~ x y",
        "{{ not .missing }} {{ eq .missing \"\" }} {{ ne .missing \"\" }} ~ true false true",
        "{{ if and .missing (contains \"x\" .missing) }}a{{ else }}b{{ end }} ~ b",
        "{{ if or .port (upper .missing) }}a{{ end }} ~ a",
        "{{ if eq .port \"1\" \"5000\" }}a{{ end }} ~ a",
        "{{ if .empty }}a{{ else if .on }}b{{ else }}c{{ end }} ~ b",
        "{{ with .domain }}{{ . }}{{ $.port }}{{ else }}no{{ end }} ~ sealos.hub5000",
        "{{ with .missing }}{{ . }}{{ else }}no{{ end }} ~ no",
        "{{ range $i, $h := .hosts }}{{ $i }}={{ $h }};{{ end }} ~ 0=a;1=b;",
        "{{ range .hosts }}{{ . }}{{ else }}none{{ end }} ~ ab",
        "{{ range .missing }}{{ . }}{{ else }}none{{ end }} ~ none",
        "{{ range $k, $v := .map }}{{ $k }},{{ end }} ~ a,z,",
        "{{ range .hosts }}{{ if eq . \"b\" }}{{ break }}{{ end }}{{ . }}{{ end }} ~ a",
        "{{ range .hosts }}{{ if eq . \"a\" }}{{ continue }}{{ end }}{{ . }}{{ end }} ~ b",
        "{{ range $i := 3 }}{{ $i }}{{ end }} ~ 012",
        "{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ end }}{{ $x }} ~ 2",
        "{{ $x := 1 }}{{ if true }}{{ $x := 2 }}{{ end }}{{ $x }} ~ 1",
        "{{ if $x := .port }}{{ $x }}{{ end }} ~ 5000",
        "a {{- /* gone */ -}} b{{/* gone */}} ~ ab",
        "a  {{- 1 -}}  b ~ a1b",
        "{{ 3 -}} x ~ 3x",
        "{{ -3 }}{{ 0x10 }}{{ 1.5 }}{{ 'a' }} ~ -3161.597",
        "{{ \"a\\tb\\u00e9\" }}{{ `raw\\n` }} ~ a\tb\u00e9raw\\n",
        "{{ true }} {{ .hosts }} {{ .map }} ~ true [a b] map[a:map[b:deep] z:1]",
        "{{ .braces }} ~ {{ .port }}",
        "{{ printf \"%s-%d-%v-%5s-%-3sX-%05d-%q-%t\" .port 7 .on \"r\" \"l\" 42 \"q\" true }} ~"
            + " 5000-7-true-    r-l  X-00042-\"q\"-true",
        "{{ printf \"%s %d %d\" .missing \"a\" }} ~ %!s(<nil>) %!d(string=a) %!d(MISSING)",
        "{{ len .port }}{{ len .hosts }}{{ len \"é\" }} ~ 422",
        "{{ index .hosts 1 }}{{ index .map \"z\" }} ~ b1",
        "{{ lower \"A\" }}{{ upper \"b\" }}{{ trim \" c \" }} ~ aBc",
        "{{ quote .port 1 }} {{ squote .port }} {{ quote .missing }}. ~ \"5000\" \"1\" '5000' .",
        "{{ join \",\" .hosts }} {{ replace \"a\" \"b\" \"banana\" }} ~ a,b bbnbnb",
        "{{ int \"42\" }}{{ int \"x\" }}{{ toString 5 }} ~ 4205",
        "{{ b64enc \"hello\" }} ~ aGVsbG8=",
        "{{ hasPrefix \"sea\" .domain }}{{ hasSuffix \"hub\" .domain }} ~ truetrue",
        "{{ lt 1 2 }}{{ le 2 2 }}{{ gt \"b\" \"a\" }}{{ ge 1 2 }} ~ truetruetruefalse",
        "{{ empty .empty }}{{ .port | contains \"00\" | not }} ~ truefalse",
      })
  void rendersAsGoDoes(String template, String expected) {
    assertThat(render(template)).isEqualTo(expected.replaceFirst("^ ", ""));
  }

  @Test
  void indentsLines() {
    assertThat(render("a:{{ .text | nindent 2 }}")).isEqualTo("a:\n  one\n  two");
    assertThat(render("{{ indent 1 .text }}")).isEqualTo(" one\n two");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      value = {
        "{{ if .a }}x ~ t.tmpl:1: {{end}} is missing for the block of line 1",
        "x{{ end }} ~ t.tmpl:1: unexpected {{end}}: no block is open",
        "{{ .port ~ t.tmpl:1: unclosed action",
        "{{ \"a }} ~ unterminated literal",
        "{{ defalt \"x\" .port }} ~ unknown function \"defalt\" (did you mean \"default\"?)",
        "{{ if false }}{{ uper .port }}{{ end }} ~ did you mean \"upper\"?",
        "{{ env \"AWS_SECRET\" }} ~ unknown function \"env\"",
        "{{ $x }} ~ undefined variable \"$x\"",
        "{{ }} ~ a value is missing",
        "{{ .port \"x\" }} ~ only a function takes arguments",
        "{{ (.port }} ~ unexpected \"}}\" in an action",
        "{{ .port ) }} ~ unexpected \")\" in an action",
        "{{ define \"one\" }}{{ end }}{{ template \"one\" }}{{ template \"oen\" }} ~ no template \"oen\""
            + " is defined (did you mean \"one\"?)",
        "{{ break }} ~ outside of {{range}}",
        "{{ upper .missing }} ~ upper: argument 1 must be a string, not nil; key \"missing\"",
        "{{ contains \"x\" .domian }} ~ key \"domian\" is missing (did you mean \"domain\"?)",
        "{{ .port.x }} ~ there is no field \"x\" in a string",
        "{{ eq .count .port }} ~ cannot compare int with string",
        "{{ lt .missing 1 }} ~ cannot compare nil with int",
        "{{ index .hosts 2 }} ~ index 2 is out of range, size 2",
        "{{ index .missing \"a\" }} ~ index of a nil",
        "{{ range .port }}{{ end }} ~ range over a string",
        "{{ printf \"%99999d\" 1 }} ~ a width of more than",
        "{{ indent 999999999 .text }} ~ a text of more than",
        "{{ range 10000000 }}{{ end }} ~ rounds of loops",
        "{{ semverCompare \"^1\" .domain }} ~ argument 2 is no semantic version",
        "{{ semverCompare .domain \"1\" }} ~ argument 1 is no range of versions",
        "{{ and }} ~ and needs an argument",
        "{{ 1x }} ~ bad number",
        "{{ ! }} ~ unexpected character '!'",
      })
  void I7_faultsAreErrorsWithFileAndLine(String template, String expected) {
    assertThatThrownBy(() -> render(template))
        .isInstanceOf(TemplateException.class)
        .hasMessageStartingWith("t.tmpl:1: ")
        .hasMessageContaining(expected.strip());
  }

  @Test
  void I7_theLineOfAFaultIsThatOfItsAction() {
    assertThatThrownBy(() -> render("a\n{{ .port }}\n\n{{ upper\n .missing }}"))
        .isInstanceOfSatisfying(
            TemplateException.class,
            e -> {
              assertThat(e.line()).isEqualTo(4);
              assertThat(e.file()).isEqualTo("t.tmpl");
            });
  }

  @Test
  void I7_nestingIsLimited() {
    String parens = "{{ " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + " }}";
    String blocks = "{{ if 1 }}".repeat(100_000) + "{{ end }}".repeat(100_000);
    assertThatThrownBy(() -> render(parens)).hasMessageContaining("nested deeper than");
    assertThatThrownBy(() -> render(blocks)).hasMessageContaining("nested deeper than");
  }

  @Test
  void I7_outputIsLimited() {
    String bomb = "{{ range 1000000 }}" + "x".repeat(1000) + "{{ end }}";
    assertThatThrownBy(() -> render(bomb)).hasMessageContaining("a text of more than");
  }

  @Test
  void I7_theWorkOfFunctionsIsLimited() {
    String bomb = "{{ range 1000000 }}{{ $x := contains \"q\" $.long }}{{ end }}";
    assertThatThrownBy(() -> Templates.render(bomb, "t", Map.of("long", "x".repeat(1 << 20))))
        .hasMessageContaining("too much text");
  }

  @Test
  void aLongChainOfElseIfIsNotNested() {
    String chain = "{{ if .empty }}{{ else if .empty }}" + "{{ else if .empty }}".repeat(5000);
    assertThat(render(chain + "{{ else }}x{{ end }}")).isEqualTo("x");
  }

  @Test
  void strictRenderingNamesTheMissingKeyAndTheNearest() {
    assertThatThrownBy(() -> Templates.renderStrict("a\n{{ .domian }}", "etc/x.tmpl", DATA))
        .isInstanceOf(TemplateException.class)
        .hasMessage("etc/x.tmpl:2: key \"domian\" is missing (did you mean \"domain\"?)");
  }

  @Test
  void strictRenderingTakesAMissingKeyAsAnArgumentOrCondition() {
    String template =
        "{{ default \"a\" .m }}{{ .m | default \"b\" }}{{ if .m }}x{{ end }}{{ not .m }}"
            + "{{ if or (and .m (contains \"a\" .m)) (eq .m \"\") }}x{{ end }}{{ empty .m }}";
    assertThat(Templates.renderStrict(template, "t", DATA)).isEqualTo("abtruetrue");
  }

  @ParameterizedTest
  @CsvSource({
    "{{ .m | quote }}",
    "{{ printf `%s` .m }}",
    "{{ or .m .n }}",
    "{{ $x := .m }}{{ $x }}"
  })
  void strictRenderingRefusesWhatWouldPrintAMissingKey(String template) {
    assertThatThrownBy(() -> Templates.renderStrict(template, "t", DATA))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("is missing");
  }

  @Test
  void allMissingKeysOfATemplateAreFound() {
    assertThat(Templates.problems("{{ .a1 }}\n{{ .port }}\n{{ .b1 }}", "t", DATA))
        .extracting(TemplateException::line)
        .containsExactly(1, 3);
  }

  @Test
  void aValueIsNeverInAMessage() {
    Map<String, String> data = Map.of("password", "hunter2");
    for (String template :
        List.of(
            "{{ semverCompare \"^1\" .password }}",
            "{{ semverCompare .password \"1.0\" }}",
            "{{ .password.x }}",
            "{{ eq 1 .password }}",
            "{{ indent .password \"x\" }}",
            "{{ index .password \"x\" }}")) {
      assertThatThrownBy(() -> Templates.render(template, "t", data))
          .isInstanceOf(TemplateException.class)
          .hasMessageNotContaining("hunter2");
    }
  }

  @Test
  void aSecretIsNoTemplateValue() {
    assertThatThrownBy(() -> Templates.render("{{ .p }}", "t", Map.of("p", Secret.of("x"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("io.hawser.Secret");
  }

  @Test
  void I8_parallelRenderingsDoNotMix() {
    Set<String> rendered =
        IntStream.range(0, 1000)
            .parallel()
            .mapToObj(
                i -> {
                  String text = "{{ $x := .k }}{{ range 5 }}{{ $x }},{{ end }}";
                  String expected = (i + ",").repeat(5);
                  String actual = Templates.render(text, "t" + i, Map.of("k", i));
                  return actual.equals(expected) ? "same" : i + ": " + actual;
                })
            .collect(Collectors.toSet());
    assertThat(rendered).containsExactly("same");
  }
}
