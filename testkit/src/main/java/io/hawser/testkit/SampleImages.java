package io.hawser.testkit;

import io.hawser.cluster.ImageMount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes container images for tests: a registry's storage directory, alone or with a whole rootfs
 * around it that runs on embedded hosts.
 *
 * <p>The images are {@code sample/app-0:v1}, {@code sample/app-1:v1} and so on, in OCI and in
 * Docker format by turns, and {@code sample/multi:v1}, an OCI index for amd64 and arm64. All share
 * their first layer. Content is pseudo-random and the same for the same numbers on the same JDK.
 * Immutable.
 */
public final class SampleImages {
  private static final List<String> ARCHITECTURES = List.of("amd64", "arm64");

  private final int images;
  private final int layers;
  private final int layerBytes;
  private final long seed;

  private SampleImages(int images, int layers, int layerBytes, long seed) {
    this.images = images;
    this.layers = layers;
    this.layerBytes = layerBytes;
    this.seed = seed;
  }

  /** So many images of three layers of 64 KiB, and the multi-platform one. */
  public static SampleImages of(int images) {
    return checked(images, 3, 1 << 16, 1);
  }

  /** With so many layers in each image; 1 at least. */
  public SampleImages withLayers(int layers) {
    return checked(images, layers, layerBytes, seed);
  }

  /** With layers of so many bytes each. */
  public SampleImages withLayerBytes(int layerBytes) {
    return checked(images, layers, layerBytes, seed);
  }

  /** With other content: another seed gives other digests under the same names. */
  public SampleImages withSeed(long seed) {
    return checked(images, layers, layerBytes, seed);
  }

  private static SampleImages checked(int images, int layers, int layerBytes, long seed) {
    if (images < 0 || layers < 1 || layerBytes < 0) {
      throw new IllegalArgumentException(
          images + " images of " + layers + " layers of " + layerBytes + " bytes");
    }
    return new SampleImages(images, layers, layerBytes, seed);
  }

  /**
   * Writes the images as the storage of a registry. Images that are there already stay.
   *
   * @param directory gets {@code docker/registry/v2}; made when missing
   * @return the images in order, the multi-platform one last
   */
  public List<SampleImage> writeStorage(Path directory) {
    try {
      SampleStorage storage = new SampleStorage(directory);
      List<SampleImage> written = new ArrayList<>();
      for (int i = 0; i < images; i++) {
        written.add(writeImage(storage, "sample/app-" + i, i % 2 == 0));
      }
      written.add(writeMultiPlatform(storage, "sample/multi"));
      return List.copyOf(written);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes a rootfs whose {@code registry/} holds the images: scripts in the style of sealos that
   * keep below {@code $HAWSER_ROOT}, templates, a stub of the registry program and a Kubefile.
   *
   * @param directory gets the tree; made when missing
   * @return the tree as a mount of a cluster, with its labels and environment
   */
  public ImageMount writeRootfs(Path directory) {
    writeStorage(directory.resolve("registry"));
    return SampleRootfs.write(directory);
  }

  private SampleImage writeImage(SampleStorage storage, String name, boolean oci)
      throws IOException {
    List<String> digests = storage.writeManifest(name, oci, "amd64", layers(name));
    String digest = digests.get(digests.size() - 1);
    storage.writeTag(name, "v1", digest);
    return new SampleImage(name, "v1", digest, digests);
  }

  private SampleImage writeMultiPlatform(SampleStorage storage, String name) throws IOException {
    List<String> all = new ArrayList<>();
    List<String> manifests = new ArrayList<>();
    for (String architecture : ARCHITECTURES) {
      List<String> digests =
          storage.writeManifest(name, true, architecture, layers(name + "-" + architecture));
      all.addAll(digests);
      manifests.add(digests.get(digests.size() - 1));
    }
    String digest = storage.writeIndex(name, ARCHITECTURES, manifests);
    storage.writeTag(name, "v1", digest);
    all.add(digest);
    return new SampleImage(name, "v1", digest, all.stream().distinct().toList());
  }

  private List<SampleLayer> layers(String name) {
    List<SampleLayer> made = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      String path = i == 0 ? "base" : name.replace('/', '-') + "-" + i;
      made.add(SampleLayer.of(path, layerBytes, seed));
    }
    return made;
  }
}
