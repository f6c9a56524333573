package io.hawser.filesystem.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The images of an archive of any format, told by what lies in it. */
final class ImageArchive {
  private static final String LAYOUT = "oci-layout";
  private static final String INDEX = "index.json";
  private static final String MANIFEST = "manifest.json";

  private ImageArchive() {}

  /** Whether a path is an archive: a file, or a directory in a format of archives. */
  static boolean isArchive(Path path) {
    return Files.isRegularFile(path)
        || (Files.isRegularFile(path.resolve(LAYOUT)) && Files.isRegularFile(path.resolve(INDEX)))
        || (Files.isRegularFile(path.resolve(MANIFEST))
            && (Files.isRegularFile(path.resolve("version"))
                || Files.isRegularFile(path.resolve("repositories"))));
  }

  /**
   * The images of an archive.
   *
   * @param scratch a file that does not exist, for the archive if it is compressed as a whole
   */
  static List<ListedImage> images(Path path, Path scratch, ImageLimits limits) throws IOException {
    if (Files.isDirectory(path)) {
      return images(new DirectoryFiles(path));
    }
    FileSection whole = new FileSection(path, 0, Files.size(path));
    if (!Compression.isGzip(whole)) {
      return images(TarFiles.of(path));
    }
    unpack(whole, scratch, limits);
    return images(TarFiles.of(scratch));
  }

  private static void unpack(FileSection whole, Path target, ImageLimits limits)
      throws IOException {
    try (BufferedInputStream in = Compression.buffered(whole.open());
        InputStream unpacked =
            new UnpackedInput(Compression.unpacked(in), whole.size(), limits.bytes(), limits);
        OutputStream out = Files.newOutputStream(target)) {
      unpacked.transferTo(out);
    }
  }

  private static List<ListedImage> images(ArchiveFiles files) throws IOException {
    Optional<FileSection> index = files.find(INDEX);
    if (index.isPresent() && files.find(LAYOUT).isPresent()) {
      BlobStore blobs = new BlobStore(files, BlobStore.LAYOUT);
      return some(OciImages.listed(blobs, index.get().document(INDEX)));
    }
    byte[] manifest =
        files
            .find(MANIFEST)
            .orElseThrow(
                () ->
                    new MalformedImage(
                        "it is no OCI image layout (oci-layout and index.json) and no docker archive"
                            + " (manifest.json)"))
            .document(MANIFEST);
    if (JsonFields.isList(manifest, MANIFEST)) {
      return some(DockerImages.listed(files, manifest));
    }
    return some(OciImages.single(new BlobStore(files, BlobStore.DIRECTORY), manifest));
  }

  private static List<ListedImage> some(List<ListedImage> images) throws IOException {
    if (images.isEmpty()) {
      throw new MalformedImage("it holds no image for Linux that is whole");
    }
    return images;
  }

  /**
   * The image that is meant.
   *
   * @param name what the caller calls it; matters only where there are several
   */
  static ListedImage choose(List<ListedImage> images, String name) throws IOException {
    if (images.size() == 1) {
      return images.get(0);
    }
    List<ListedImage> called = images.stream().filter(image -> image.isCalled(name)).toList();
    if (called.size() == 1) {
      return called.get(0);
    }
    String all =
        images.stream()
            .map(
                image ->
                    image.names().isEmpty()
                        ? "one without a name"
                        : String.join(" ", image.names()))
            .limit(20)
            .collect(Collectors.joining(", "));
    throw new MalformedImage(
        "it holds "
            + images.size()
            + " images and "
            + (called.isEmpty() ? "none" : "several")
            + (name.isEmpty() ? " is chosen" : " is called " + MalformedImage.quoted(name))
            + "; give NAME=FILE with one of: "
            + all);
  }
}
