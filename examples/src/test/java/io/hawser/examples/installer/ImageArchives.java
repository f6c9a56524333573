package io.hawser.examples.installer;

import com.google.common.hash.Hashing;
import io.hawser.cluster.ImageMount;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes docker archives, as {@code sealos save} does. */
final class ImageArchives {
  private ImageArchives() {}

  /** An archive of an image whose only layer is the tree of a mount. */
  static Path docker(Path archive, ImageMount image, String architecture) throws IOException {
    byte[] layer = layer(image.mountPoint());
    byte[] configuration =
        configuration(image, architecture, sha256(layer)).getBytes(StandardCharsets.UTF_8);
    String manifest =
        "[{\"Config\":\"%s.json\",\"RepoTags\":[\"%s\"],\"Layers\":[\"layer.tar\"]}]"
            .formatted(sha256(configuration), image.imageName());
    try (TarArchiveOutputStream tar = tar(Files.newOutputStream(archive))) {
      put(tar, "layer.tar", layer);
      put(tar, sha256(configuration) + ".json", configuration);
      put(tar, "manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
    }
    return archive;
  }

  private static String configuration(ImageMount image, String architecture, String layer) {
    String env =
        image.env().entrySet().stream()
            .map(entry -> quoted(entry.getKey() + "=" + entry.getValue()))
            .collect(Collectors.joining(","));
    String labels =
        image.labels().entrySet().stream()
            .map(entry -> quoted(entry.getKey()) + ":" + quoted(entry.getValue()))
            .collect(Collectors.joining(","));
    return ("{\"architecture\":\"%s\",\"os\":\"linux\",\"config\":{\"Env\":[%s],\"Labels\":{%s}},"
            + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"sha256:%s\"]}}")
        .formatted(architecture, env, labels, layer);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static byte[] layer(Path tree) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<Path> paths;
    try (Stream<Path> all = Files.walk(tree)) {
      paths = all.filter(path -> !path.equals(tree)).sorted().toList();
    }
    try (TarArchiveOutputStream tar = tar(out)) {
      for (Path path : paths) {
        boolean directory = Files.isDirectory(path);
        String name = tree.relativize(path) + (directory ? "/" : "");
        put(tar, name, directory ? new byte[0] : Files.readAllBytes(path), mode(path));
      }
    }
    return out.toByteArray();
  }

  private static int mode(Path path) throws IOException {
    Map<String, Object> attributes = Files.readAttributes(path, "unix:mode");
    return (int) attributes.get("mode") & 07777;
  }

  private static TarArchiveOutputStream tar(OutputStream out) {
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    return tar;
  }

  private static void put(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    put(tar, name, content, 0644);
  }

  private static void put(TarArchiveOutputStream tar, String name, byte[] content, int mode)
      throws IOException {
    TarArchiveEntry entry =
        new TarArchiveEntry(
            name, name.endsWith("/") ? TarConstants.LF_DIR : TarConstants.LF_NORMAL);
    entry.setMode(mode);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static String sha256(byte[] bytes) {
    return Hashing.sha256().hashBytes(bytes).toString();
  }
}
