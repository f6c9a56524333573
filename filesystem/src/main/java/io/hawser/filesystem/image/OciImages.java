package io.hawser.filesystem.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The images of an OCI image layout (image-spec 1.0 and 1.1), and of the directories that skopeo
 * writes with {@code dir:}. Manifests may be of docker's types, too. An index may list platforms
 * whose manifests or layers are not in the archive; they are passed over.
 */
final class OciImages {
  private static final List<String> NAMES =
      List.of("io.containerd.image.name", "org.opencontainers.image.ref.name");

  private static final int DEEPEST_INDEX = 3;
  private static final int MOST_MANIFESTS = 500;

  private final BlobStore blobs;
  private int manifests;

  private OciImages(BlobStore blobs) {
    this.blobs = blobs;
  }

  /** What an {@code index.json} lists; manifests under one name are one image. */
  static List<ListedImage> listed(BlobStore blobs, byte[] index) throws IOException {
    OciImages images = new OciImages(blobs);
    Map<Set<String>, Platforms> byName = new LinkedHashMap<>();
    for (JsonFields entry : JsonFields.object(index, "index.json").objects("manifests")) {
      Platforms platforms = byName.computeIfAbsent(names(entry), names -> new Platforms());
      images.add(Descriptor.of(entry), platforms, 0);
    }
    List<ListedImage> listed = new ArrayList<>();
    for (Map.Entry<Set<String>, Platforms> image : byName.entrySet()) {
      if (!image.getValue().parts.isEmpty()) {
        listed.add(new ListedImage(image.getKey(), image.getValue().parts));
      }
    }
    return listed;
  }

  /** What one manifest or index is. */
  static List<ListedImage> single(BlobStore blobs, byte[] manifest) throws IOException {
    Platforms platforms = new Platforms();
    new OciImages(blobs).add(JsonFields.object(manifest, "manifest.json"), platforms, "", 0);
    return platforms.parts.isEmpty()
        ? List.of()
        : List.of(new ListedImage(Set.of(), platforms.parts));
  }

  /** What an image has for each architecture, and the variant of that. */
  private static final class Platforms {
    private final Map<String, ImageParts> parts = new TreeMap<>();
    private final Map<String, String> variants = new TreeMap<>();

    /** Of several variants the least special one, which all processors run. */
    void put(String architecture, String variant, ImageParts image) throws IOException {
      ImageParts known = parts.get(architecture);
      String other = variants.getOrDefault(architecture, "");
      if (known != null && !known.id().equals(image.id()) && other.equals(variant)) {
        throw new MalformedImage("it holds two images for " + architecture + " under one name");
      }
      if (known == null || variant.compareTo(other) < 0) {
        parts.put(architecture, image);
        variants.put(architecture, variant);
      }
    }
  }

  private static Set<String> names(JsonFields entry) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    for (String annotation : NAMES) {
      String name = entry.fields("annotations").text(annotation);
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }

  private void add(Descriptor descriptor, Platforms platforms, int depth) throws IOException {
    if (descriptor.isForeign() || !blobs.has(descriptor)) {
      return;
    }
    String name = "manifest " + descriptor;
    JsonFields manifest = JsonFields.object(blobs.document(descriptor), name);
    add(manifest, platforms, descriptor.variant(), depth);
  }

  private void add(JsonFields manifest, Platforms platforms, String variant, int depth)
      throws IOException {
    if (depth > DEEPEST_INDEX || ++manifests > MOST_MANIFESTS) {
      throw new MalformedImage("its indexes are nested too deep or list too much");
    }
    if (manifest.has("manifests")) {
      for (JsonFields entry : manifest.objects("manifests")) {
        add(Descriptor.of(entry), platforms, depth + 1);
      }
      return;
    }
    if (!manifest.has("config") || !manifest.has("layers")) {
      throw new MalformedImage(
          manifest.where()
              + " is no image, or one of docker's first format: copy it with a new skopeo");
    }
    if (depth == 0 || isWhole(manifest)) {
      image(manifest, platforms, variant);
    }
  }

  /** Also what an index lists may be there in part only. */
  private boolean isWhole(JsonFields manifest) throws IOException {
    for (JsonFields layer : manifest.objects("layers")) {
      if (!blobs.has(Descriptor.of(layer))) {
        return false;
      }
    }
    return blobs.has(Descriptor.of(manifest.fields("config")));
  }

  private void image(JsonFields manifest, Platforms platforms, String variant) throws IOException {
    Descriptor config = Descriptor.of(manifest.fields("config"));
    ImageConfiguration configuration =
        ImageConfiguration.of(blobs.document(config), "configuration " + config);
    if (!configuration.os().equals(ImageConfiguration.LINUX)) {
      return;
    }
    List<FileSection> sections = new ArrayList<>();
    List<String> digests = new ArrayList<>();
    for (JsonFields layer : manifest.objects("layers")) {
      Descriptor descriptor = Descriptor.of(layer);
      sections.add(blobs.get(descriptor));
      digests.add(descriptor.hex());
    }
    platforms.put(
        configuration.architecture(), variant, ImageParts.of(configuration, sections, digests));
  }
}
