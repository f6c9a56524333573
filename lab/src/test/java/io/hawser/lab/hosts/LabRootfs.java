package io.hawser.lab.hosts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * A rootfs in sealos's layout: scripts and templates from {@code lab/src/test/resources/rootfs},
 * the hosts' own registry binary, and a registry tree that skopeo wrote through a real registry.
 */
public final class LabRootfs {
  /** The images that its registry holds, each of three layers or more. */
  public static final List<String> IMAGES = List.of("lab/app:v1", "lab/db:v2", "lab/deep/tool:v3");

  /** How long each layer is before it is packed. */
  public static final int LAYER_BYTES = 700_000;

  /** What the first image is made from; the others from the numbers after it. */
  public static final long SEED = 77;

  private LabRootfs() {}

  /** Makes one in an empty directory; the registry on host 1 that it uses for that is removed. */
  public static Path make(Lab lab, Path directory) throws IOException {
    return make(lab, directory, images(directory));
  }

  /** The same with other images, which are pushed in this order. */
  public static Path make(Lab lab, Path directory, List<SourceImage> images) throws IOException {
    Path rootfs = Files.createDirectories(directory).resolve("rootfs");
    copy(Path.of("src/test/resources/rootfs"), rootfs);
    Path storage = Files.createDirectories(rootfs.resolve("registry"));
    Files.createDirectories(rootfs.resolve("cri"));
    try (SeedRegistry seed = SeedRegistry.start(lab)) {
      images.forEach(seed::push);
      seed.copyStorage(storage);
    }
    SeedRegistry.shell(lab, "on 1 cat /usr/bin/docker-registry >'" + rootfs + "/cri/registry'");
    rootfs.resolve("cri/registry").toFile().setExecutable(true, false);
    return rootfs;
  }

  /** Writes {@link #IMAGES} below a directory. */
  public static List<SourceImage> images(Path directory) throws IOException {
    List<SourceImage> images = new ArrayList<>();
    for (int i = 0; i < IMAGES.size(); i++) {
      List<Integer> layers = Collections.nCopies(3 + i, LAYER_BYTES);
      images.add(SourceImage.write(directory.resolve("oci-" + i), IMAGES.get(i), SEED + i, layers));
    }
    return images;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(
          file -> {
            try {
              Files.copy(file, to.resolve(from.relativize(file).toString()));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
