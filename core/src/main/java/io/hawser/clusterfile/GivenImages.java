package io.hawser.clusterfile;

import io.hawser.cluster.ImageType;
import io.hawser.clusterfile.yaml.Position;
import io.hawser.spelling.NearestWord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The trees that the caller gave for images, and what becomes of the mounts with them. */
final class GivenImages {
  private GivenImages() {}

  /**
   * A tree.
   *
   * @param name the mount's name or imageName, or null where the order decides
   */
  record Given(@Nullable String name, Path tree) {
    /** Takes a path, {@code DIR} or {@code NAME=DIR}; relative to the working directory. */
    static Given of(Object item) {
      if (item instanceof Path path) {
        return new Given(null, absolute(path));
      }
      if (!(item instanceof CharSequence)) {
        throw new IllegalArgumentException("an image is a Path, \"DIR\" or \"NAME=DIR\"");
      }
      String text = item.toString();
      int equals = text.indexOf('=');
      boolean named = equals > 0 && !text.matches("[/.~].*");
      return named
          ? new Given(text.substring(0, equals), absolute(Path.of(text.substring(equals + 1))))
          : new Given(null, absolute(Path.of(text)));
    }

    private static Path absolute(Path path) {
      return path.toAbsolutePath().normalize();
    }
  }

  /** The mounts of the Clusterfile with the given trees in place of their own. */
  static List<MountEntry> place(List<Given> given, List<MountEntry> mounts, Problems problems) {
    List<@Nullable Path> trees = new ArrayList<>();
    mounts.forEach(mount -> trees.add(null));
    for (Given image : given) {
      int index = image.name() == null ? -1 : indexOf(image.name(), mounts);
      if (index >= 0) {
        trees.set(index, image.tree());
      } else if (image.name() != null) {
        problems.add(
            Position.WHOLE_FILE,
            "status.mounts",
            "no image is named \"" + image.name() + "\"",
            NearestWord.hint(image.name(), mounts.stream().map(MountEntry::name).toList()));
      }
    }
    for (Given image : given) {
      if (image.name() == null) {
        int free = trees.indexOf(null);
        if (free >= 0) {
          trees.set(free, image.tree());
        } else {
          problems.add(
              Position.WHOLE_FILE,
              "status.mounts",
              "there is no image left for the tree " + image.tree());
        }
      }
    }
    List<MountEntry> placed = new ArrayList<>();
    for (int i = 0; i < mounts.size(); i++) {
      Path tree = trees.get(i);
      placed.add(
          tree == null
              ? mounts.get(i)
              : mounts.get(i).withGiven(ImageDirectory.at(tree, problems)));
    }
    return placed;
  }

  private static int indexOf(String name, List<MountEntry> mounts) {
    for (int i = 0; i < mounts.size(); i++) {
      if (mounts.get(i).name().equals(name) || mounts.get(i).imageName().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Mounts made of the trees alone, for a Clusterfile without {@code status.mounts}. */
  static List<MountEntry> mounts(List<Given> given, List<String> images, Problems problems) {
    List<MountEntry> mounts = new ArrayList<>();
    for (Given image : given) {
      int index = mounts.size();
      String listed = index < images.size() ? images.get(index) : null;
      String name =
          Optional.ofNullable(image.name())
              .or(() -> Optional.ofNullable(listed))
              .orElse(index == 0 ? "rootfs" : "image-" + (index + 1));
      ImageDirectory directory = ImageDirectory.at(image.tree(), problems);
      ImageDescription file = directory.description();
      ImageType type = MountFields.type(file.labels(), "images[" + index + "]", problems);
      ImageType otherwise =
          index == 0 || !directory.described() ? ImageType.ROOTFS : ImageType.APPLICATION;
      mounts.add(
          new MountEntry(
              name,
              type == null ? otherwise : type,
              name,
              directory.tree(),
              file.env(),
              file.labels(),
              "images[" + index + "]",
              Position.WHOLE_FILE,
              Position.WHOLE_FILE,
              Map.of(),
              file.entrypoint(),
              file.cmd(),
              directory.architectures()));
    }
    return mounts;
  }
}
