package io.hawser.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A page as an XML parser sees it. */
record ParsedPage(Document document) {
  private static final Set<String> FORBIDDEN =
      Set.of(
          "script",
          "link",
          "iframe",
          "frame",
          "object",
          "embed",
          "img",
          "image",
          "use",
          "base",
          "form",
          "input",
          "button",
          "audio",
          "video",
          "source",
          "foreignObject",
          "a",
          "animate");

  static ParsedPage of(String html) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return new ParsedPage(builder.parse(new InputSource(new StringReader(html))));
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw new AssertionError("the page is not well-formed: " + e.getMessage(), e);
    }
  }

  private List<Element> all(String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static List<Attr> attributes(Element element) {
    List<Attr> attributes = new ArrayList<>();
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      attributes.add((Attr) element.getAttributes().item(i));
    }
    return attributes;
  }

  /** No element and no attribute that fetches something or runs something, nor in the style. */
  void loadsAndRunsNothing() {
    for (Element element : all("*")) {
      assertThat(FORBIDDEN).doesNotContain(element.getTagName());
      for (Attr attribute : attributes(element)) {
        assertThat(attribute.getName())
            .as("%s", element.getTagName())
            .doesNotStartWith("on")
            .isNotIn("src", "href", "xlink:href", "style", "action", "srcset", "data", "ping");
        if (!Set.of("aria-label", "class").contains(attribute.getName())) {
          assertThat(attribute.getValue()).doesNotContain("url(");
        }
      }
    }
    assertThat(all("style")).hasSize(1);
    String style = all("style").get(0).getTextContent();
    assertThat(style).contains("prefers-color-scheme: dark", "@media print");
    assertThat(style.replace(" ", "")).doesNotContain("url(", "@import", "expression(", "alert");
    assertThat(all("meta")).anyMatch(m -> m.getAttribute("content").contains("default-src 'none'"));
  }

  /** What somebody needs who hears the page. */
  void isAccessible() {
    assertThat(document.getDocumentElement().getAttribute("lang")).isEqualTo("en");
    Element svg = all("svg").get(0);
    assertThat(svg.getAttribute("role")).isEqualTo("img");
    for (String id : svg.getAttribute("aria-labelledby").split(" ")) {
      assertThat(byId(id).getTextContent()).isNotBlank();
    }
    assertThat(all("table")).isNotEmpty();
    for (Element table : all("table")) {
      assertThat(table.getElementsByTagName("caption").getLength()).isOne();
      assertThat(table.getElementsByTagName("th").getLength()).isGreaterThan(1);
    }
    assertThat(all("th")).allMatch(th -> Set.of("col", "row").contains(th.getAttribute("scope")));
    assertThat(all("details")).allMatch(d -> d.getElementsByTagName("summary").getLength() > 0);
    Set<String> ids = new HashSet<>();
    for (Element element : all("*")) {
      String id = element.getAttribute("id");
      assertThat(id.isEmpty() || ids.add(id)).as("id %s once", id).isTrue();
    }
  }

  Element byId(String id) {
    return all("*").stream()
        .filter(element -> element.getAttribute("id").equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no element has the id " + id));
  }

  String text() {
    return Objects.requireNonNull(all("main").get(0).getTextContent());
  }

  String title() {
    return all("title").get(0).getTextContent();
  }

  /** The texts of the drawing. */
  List<String> svgText() {
    return all("text").stream().map(Element::getTextContent).toList();
  }
}
