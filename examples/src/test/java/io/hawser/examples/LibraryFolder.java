package io.hawser.examples;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Jars that may not stand on the class path of the tests, copied into a folder by the build. */
final class LibraryFolder {
  private final List<Path> jars;

  private LibraryFolder(List<Path> jars) {
    this.jars = jars;
  }

  static LibraryFolder of(String name) throws IOException {
    Path all = Path.of(System.getProperty("hawser.libraries", "target/libraries"));
    try (Stream<Path> files = Files.list(all.resolve(name))) {
      return new LibraryFolder(files.sorted().toList());
    }
  }

  List<Path> jars() {
    return jars;
  }

  /** A loader that adds the jars to the classes of the tests. */
  URLClassLoader besideTests() {
    return new URLClassLoader(urls(jars), LibraryFolder.class.getClassLoader());
  }

  /** A loader of the whole class path of the tests anew, with the jars before everything. */
  URLClassLoader beforeTests() {
    Stream<Path> tests =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of);
    List<Path> path = Stream.concat(jars.stream(), tests).toList();
    return new URLClassLoader(urls(path), ClassLoader.getPlatformClassLoader());
  }

  /** The same without the tests' own versions of the jars, as a program that has one of each. */
  URLClassLoader insteadOfTests() {
    List<String> names = jars.stream().map(LibraryFolder::name).toList();
    Stream<Path> tests =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(entry -> !names.contains(name(entry)));
    List<Path> path = Stream.concat(jars.stream(), tests).toList();
    return new URLClassLoader(urls(path), ClassLoader.getPlatformClassLoader());
  }

  /** The artifact of a jar, without its version. */
  private static String name(Path jar) {
    return jar.getFileName().toString().replaceFirst("-[0-9].*", "");
  }

  private static URL[] urls(List<Path> files) {
    return files.stream().map(LibraryFolder::url).toArray(URL[]::new);
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }
}
