package io.hawser.lab.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The samples of a Markdown page: fenced blocks with {@code file=PATH} in their info string are
 * files, those called {@code sh run} are run beside them.
 *
 * @param page where it lies
 * @param files the files, in the order of the page
 * @param commands the blocks to run, in the order of the page
 */
record SamplePage(Path page, List<Block> files, List<Block> commands) {
  private static final Pattern FILE = Pattern.compile("(?:^|\\s)file=(\\S+)");

  /**
   * A fenced block.
   *
   * @param line the line of its fence, from 1
   * @param path where its text belongs, relative; empty for one that is run
   * @param text its lines, each with its line feed
   */
  record Block(int line, String path, String text) {}

  static SamplePage read(Path page) throws IOException {
    return parse(page, Files.readString(page));
  }

  static SamplePage parse(Path page, String text) {
    List<Block> files = new ArrayList<>();
    List<Block> commands = new ArrayList<>();
    for (Fence fence : Fence.of(text)) {
      Matcher file = FILE.matcher(fence.info());
      if (file.find()) {
        files.add(new Block(fence.line(), file.group(1), fence.text()));
      } else if (fence.info().equals("sh run")) {
        commands.add(new Block(fence.line(), "", fence.text()));
      }
    }
    return new SamplePage(page, List.copyOf(files), List.copyOf(commands));
  }

  boolean hasSamples() {
    return !files.isEmpty() || !commands.isEmpty();
  }

  /** What keeps the page from being run, one line each. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    List<Path> seen = new ArrayList<>();
    for (Block file : files) {
      Path path = Path.of(file.path()).normalize();
      if (path.isAbsolute() || path.startsWith("..") || path.toString().isEmpty()) {
        faults.add(place(file) + "file=" + file.path() + " leaves the page's folder");
      } else if (seen.contains(path)) {
        faults.add(place(file) + "file=" + file.path() + " is there twice");
      }
      seen.add(path);
    }
    if (commands.isEmpty() && !files.isEmpty()) {
      faults.add(place(files.get(0)) + "no block \"sh run\" of this page tries its files");
    }
    return faults;
  }

  /** Page and line of a block, as editors and compilers write it. */
  String place(Block block) {
    return page + ":" + block.line() + ": ";
  }

  @Override
  public String toString() {
    return page.toString();
  }

  void write(Path folder) throws IOException {
    for (Block file : files) {
      Path target = folder.resolve(file.path());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.text());
    }
  }
}
