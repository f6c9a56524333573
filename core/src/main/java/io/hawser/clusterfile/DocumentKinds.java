package io.hawser.clusterfile;

import io.hawser.clusterfile.yaml.Position;
import io.hawser.clusterfile.yaml.YamlNode;
import io.hawser.spelling.NearestWord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the documents of a stream apart by their kinds. */
final class DocumentKinds {
  private static final List<String> KNOWN =
      List.of(
          "Cluster",
          "Config",
          "InitConfiguration",
          "JoinConfiguration",
          "ClusterConfiguration",
          "ResetConfiguration",
          "UpgradeConfiguration",
          "KubeletConfiguration",
          "KubeProxyConfiguration");

  private DocumentKinds() {}

  /** The one document of kind Cluster; null after a problem. */
  static YamlNode.@Nullable Fields cluster(List<YamlNode> documents, Problems problems) {
    boolean whole = !problems.any();
    YamlNode.Fields cluster = null;
    for (YamlNode document : documents) {
      if (!(document instanceof YamlNode.Fields fields)) {
        problems.warn(
            document.at(),
            "",
            "expected a document that is a mapping, found " + document.described(),
            null);
        continue;
      }
      String kind = kind(fields, problems);
      if (!kind.equals("Cluster")) {
        continue;
      }
      if (cluster == null) {
        cluster = fields;
      } else {
        problems.add(
            fields.at(),
            "kind",
            "two documents of kind Cluster: at " + cluster.at() + " and " + fields.at(),
            "one file describes one cluster");
      }
    }
    // Where reading ended at a fault it may stand behind that.
    if (cluster == null && whole) {
      problems.add(Position.WHOLE_FILE, "", "there is no document of kind Cluster");
    }
    return cluster;
  }

  private static String kind(YamlNode.Fields document, Problems problems) {
    FieldReader reader = FieldReader.of(document, "", problems);
    String kind = reader.text("kind");
    if (kind == null) {
      if (reader.node("kind").isEmpty()) {
        problems.warn(document.at(), "kind", "the document has no kind", null);
      }
      return "";
    }
    // Kinds of other programs are passed on, but a misspelled one of ours must not be.
    if (!KNOWN.contains(kind) && NearestWord.to(kind, KNOWN).isPresent()) {
      problems.warn(
          reader.at("kind"),
          "kind",
          "unknown kind \"" + kind + "\"",
          NearestWord.hint(kind, KNOWN));
    }
    return kind;
  }

  /** All documents as they are written; their nodes are those of the very same text. */
  static List<ClusterfileDocument> texts(List<YamlNode> documents, String text) {
    TextLines lines = new TextLines(text);
    List<DocumentText> places = DocumentText.of(text, lines);
    List<ClusterfileDocument> found = new ArrayList<>();
    for (YamlNode document : documents) {
      int line = document.at().line();
      DocumentText place = DocumentText.at(line, places);
      found.add(
          new ClusterfileDocument(
              NodePath.text(document, "kind").orElse(""),
              NodePath.text(document, "apiVersion").orElse(""),
              line,
              text.substring(place.from(), place.to())));
    }
    return List.copyOf(found);
  }
}
