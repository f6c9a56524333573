package io.hawser.filesystem.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The images of a docker archive, as {@code docker save} and skopeo's {@code docker-archive:} write
 * it. Its layers have no digests of their own; what they are unpacked is proven by the
 * configuration's.
 */
final class DockerImages {
  /** Where the name of a configuration is its digest. */
  private static final Pattern DIGEST_NAME = Pattern.compile("(?:.*/)?([0-9a-f]{64})(?:\\.json)?");

  private DockerImages() {}

  /** What a {@code manifest.json} lists. */
  static List<ListedImage> listed(ArchiveFiles files, byte[] manifest) throws IOException {
    List<ListedImage> listed = new ArrayList<>();
    for (JsonFields image : JsonFields.list(manifest, "manifest.json")) {
      String name = image.text("Config");
      byte[] document = get(files, name).document(name);
      Matcher digest = DIGEST_NAME.matcher(name);
      if (digest.matches()) {
        Digests.prove(document, digest.group(1), name);
      }
      ImageConfiguration configuration = ImageConfiguration.of(document, name);
      List<FileSection> layers = new ArrayList<>();
      for (String layer : image.texts("Layers")) {
        layers.add(get(files, layer));
      }
      listed.add(
          new ListedImage(
              new LinkedHashSet<>(image.texts("RepoTags")),
              Map.of(
                  configuration.architecture(), ImageParts.of(configuration, layers, List.of()))));
    }
    return listed;
  }

  private static FileSection get(ArchiveFiles files, String name) throws IOException {
    return files
        .find(name)
        .orElseThrow(() -> new MalformedImage("it holds no " + MalformedImage.quoted(name)));
  }
}
