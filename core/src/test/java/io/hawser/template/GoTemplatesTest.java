package io.hawser.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GoTemplatesTest {
  @Test
  void aFunctionOfOnesOwnIsCalledWithJavaValues() {
    TemplateEngine engine =
        GoTemplates.standard()
            .function("described", arguments -> arguments.get(0) + "/" + arguments.get(1));
    String template = "{{ described (dict \"b\" (list 1 (int64 2)) \"a\" nil) 1.5 }}";
    assertThat(engine.render(template, "t", Map.of())).isEqualTo("{a=null, b=[1, 2]}/1.5");
  }

  @Test
  void whatAFunctionAnswersIsAValueLikeOthers() {
    TemplateEngine engine =
        GoTemplates.standard().function("hosts", arguments -> List.of(Map.of("name", "{{ .x }}")));
    assertThat(engine.render("{{ range hosts }}{{ .name }}{{ end }}", "t", Map.of()))
        .isEqualTo("{{ .x }}");
  }

  @Test
  void aFunctionThatRefusesIsAnErrorWithItsLine() {
    TemplateEngine engine =
        GoTemplates.standard()
            .function(
                "never",
                arguments -> {
                  throw new IllegalArgumentException("not today");
                });
    assertThatThrownBy(() -> engine.render("\n{{ never }}", "x.tmpl", Map.of()))
        .isInstanceOf(TemplateException.class)
        .hasMessage("x.tmpl:2: never: not today");
  }

  @Test
  @DisplayName("I7 env is an error unless it is allowed, and then it sees what is given only")
  void environmentIsSeenWhereAllowed() {
    String template = "{{ env \"HOME\" }}[{{ env \"GONE\" }}]";
    assertThatThrownBy(() -> Templates.render(template, "t", Map.of()))
        .hasMessage(
            "t:1: unknown function \"env\" (a template sees no environment but its values)");
    assertThat(
            GoTemplates.standard()
                .environment(Map.of("HOME", "/root"))
                .render(template, "t", Map.of()))
        .isEqualTo("/root[]");
  }

  @Test
  void strictIsAChoice() {
    GoTemplates engine = GoTemplates.standard();
    assertThat(engine.render("{{ .a }}", "t", Map.of("b", 1))).isEqualTo("<no value>");
    assertThatThrownBy(() -> engine.strict(true).render("{{ .a }}", "t", Map.of("b", 1)))
        .hasMessageStartingWith("t:1: key \"a\" is missing");
  }

  @Test
  void aNameThatTemplatesCannotWriteIsRefused() {
    for (String name : List.of("", "a b", "1a", "and", "a.b")) {
      assertThatThrownBy(() -> GoTemplates.standard().function(name, arguments -> ""))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void formsOfLaterGoVersionsAreUnderstood() {
    assertThat(Templates.render("{{ range 3 }}{{ . }}{{ end }}", "t", Map.of())).isEqualTo("012");
    String elseWith = "{{ with .a }}a{{ else with .b }}{{ . }}{{ end }}";
    assertThat(Templates.render(elseWith, "t", Map.of("b", "x"))).isEqualTo("x");
    assertThat(Templates.render("{{ sha512sum \"a\" }}", "t", Map.of())).startsWith("1f40fc92da24");
  }

  @Test
  void aCharacterIsNeverCutInTwo() {
    for (String template :
        List.of(
            "{{ trunc 1 \"é\" }}",
            "{{ substr 1 2 \"é\" }}",
            "{{ b64dec \"/w==\" }}",
            "{{ b64dec \"?\" }}",
            "{{ \"\\xff\" }}")) {
      assertThatThrownBy(() -> Templates.render(template, "t", Map.of()))
          .as(template)
          .isInstanceOf(TemplateException.class);
    }
  }

  @Test
  void complexNumbersAndAddressesAreRefused() {
    for (String template : List.of("{{ 1i }}", "{{ 1+2i }}", "{{ printf \"%p\" .a }}")) {
      assertThatThrownBy(() -> Templates.render(template, "t", Map.of("a", 1)))
          .as(template)
          .isInstanceOf(TemplateException.class);
    }
  }

  @Test
  void aRenderingDoesNotChangeTheValuesItGets() {
    Map<String, Map<String, String>> values = Map.of("m", Map.of("a", "1"));
    String template = "{{ $_ := set .m \"a\" 2 }}{{ .m.a }}";
    assertThat(Templates.render(template, "t", values)).isEqualTo("2");
    assertThat(Templates.render("{{ .m.a }}", "t", values)).isEqualTo("1");
  }
}
