package io.hawser.cluster;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a document of kind Config does to a file of images, before templates are rendered.
 *
 * @param name its name; of two with one name in a Clusterfile the later counts
 * @param match the name of the image that it is for; empty for all images
 * @param path the file, relative to the image's root, with {@code /} between names
 * @param strategy what becomes of what the image has there
 * @param data the text; it may be a secret and is not shown by {@link #toString}
 */
public record Config(String name, String match, String path, Strategy strategy, String data) {
  /** How data and the file of the image are brought together. */
  public enum Strategy {
    /** The file becomes the data, whether the image has one or not. */
    OVERRIDE,
    /**
     * The data, a YAML mapping, is laid over each document of the file: mappings key by key, all
     * else as a whole, also by empty values. Comments are lost.
     */
    MERGE,
    /** The data comes before what is in the file. */
    INSERT,
    /** The data comes after what is in the file. */
    APPEND;

    /** The one that a Clusterfile calls by this word. */
    public static Optional<Strategy> of(CharSequence word) {
      return Arrays.stream(values()).filter(one -> one.word().contentEquals(word)).findFirst();
    }

    /** What a Clusterfile calls it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it is for an image. */
  public boolean matches(ImageMount image) {
    return match.isEmpty() || match.equals(image.imageName());
  }

  /**
   * Whether a text can be a path of it: relative, without {@code .} and {@code ..}, and not below
   * {@code registry/}, whose content goes to the registries.
   */
  public static boolean isPath(CharSequence text) {
    return !text.isEmpty()
        && !text.toString().startsWith("registry/")
        && text.chars().noneMatch(Character::isISOControl)
        && Arrays.stream(text.toString().split("/", -1))
            .noneMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
  }

  /**
   * What becomes of the file.
   *
   * @param text what the image has there, or null if it has no such file
   * @throws IllegalArgumentException saying what about the file is in the way, without its text
   */
  public String applyTo(@Nullable String text) {
    if (strategy == Strategy.OVERRIDE) {
      return data;
    }
    if (text == null) {
      throw new IllegalArgumentException("is not in the image");
    }
    return switch (strategy) {
      case INSERT -> data + "\n" + text;
      case APPEND -> text + "\n" + data;
      case MERGE, OVERRIDE -> YamlMerge.of(text, data);
    };
  }

  @Override
  public String toString() {
    return "Config " + name + " (" + strategy.word() + " " + path + ")";
  }
}
