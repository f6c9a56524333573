package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.examples.docs.DocsPage;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that embed Hawser bring their own versions of its libraries, as Jenkins does. */
class OldLibrariesTest {
  private static final String OLDEST = "oldest";

  @TempDir Path directory;

  @Test
  void everythingWorksWithTheOldestLibraries() throws Exception {
    try (URLClassLoader loader = LibraryFolder.of(OLDEST).insteadOfTests()) {
      assertThat(origin(loader, "com.jcraft.jsch.JSch")).contains(OLDEST);
      assertThat(origin(loader, "com.google.common.base.Joiner")).contains(OLDEST);
      assertThat(origin(loader, "org.slf4j.Logger")).contains(OLDEST);
      assertThat(origin(loader, "org.snakeyaml.engine.v2.api.Load")).contains(OLDEST);
      assertThat(call(loader, "mainJob")).isEqualTo("main job done");
      assertThat(call(loader, "remoteJob")).isEqualTo("remote job done");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsch-0.2.20", "jsch-2.27.0"})
  void commandsRunOverAnOlderJsch(String folder) throws Exception {
    try (URLClassLoader loader = LibraryFolder.of(folder).insteadOfTests()) {
      assertThat(origin(loader, "com.jcraft.jsch.JSch")).contains(folder);
      assertThat(call(loader, "remoteJob")).isEqualTo("remote job done");
    }
  }

  @Test
  void commandsRunOverAnOlderJschThatHasANewerOneBehindIt() throws Exception {
    try (URLClassLoader loader = LibraryFolder.of(OLDEST).beforeTests()) {
      assertThat(origin(loader, "com.jcraft.jsch.JSch")).contains(OLDEST);
      assertThat(call(loader, "remoteJob")).isEqualTo("remote job done");
    }
  }

  @ParameterizedTest
  @DisplayName("a JSch that is too old is named with its version and jar, before any login")
  @CsvSource({"jsch-0.1.55, 0.1.54"})
  void aJschThatIsTooOldIsNamed(String folder, String version) throws Exception {
    try (URLClassLoader loader = LibraryFolder.of(folder).beforeTests()) {
      Object builder =
          loader.loadClass("io.hawser.ssh.jsch.SshClients").getMethod("jsch").invoke(null);
      Throwable failure = null;
      try {
        builder.getClass().getMethod("build").invoke(builder);
      } catch (InvocationTargetException e) {
        failure = e.getCause();
      }
      assertThat(failure)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll(
              "JSch " + version + " of file:", "jsch-0.1.55.jar", "0.2.16 or later", "Exclude");
      String shown = DocsPage.read("docs/compatibility.md").block("text", getClass(), 0);
      DocsPage.assertSaid(
          shown, failure.getMessage().replaceFirst("file:\\S+/jsch", "file:/app/lib/jsch"));
    }
  }

  /** What the job does not come by: every member that is called exists in the oldest, too. */
  @Test
  void allSourcesCompileAgainstTheOldestLibraries() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of("-cp", classPath(), "-d", directory.toString(), "-proc:none", "-nowarn");
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      var sources = files.getJavaFileObjectsFromPaths(sources());
      boolean compiled = compiler.getTask(messages, files, null, options, null, sources).call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
  }

  private static String classPath() throws IOException {
    Stream<String> older = LibraryFolder.of(OLDEST).jars().stream().map(Path::toString);
    Stream<String> newer =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar") && !entry.contains("hawser"));
    return Stream.concat(older, newer).collect(Collectors.joining(File.pathSeparator));
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : List.of("core", "ssh", "filesystem", "registry", "bootstrap")) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .filter(file -> !file.endsWith("module-info.java"))
            .forEach(sources::add);
      }
    }
    return sources;
  }

  private String call(ClassLoader loader, String job) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Class<?> jobs = loader.loadClass(JobOnOldLibraries.class.getName());
      Object made = jobs.getConstructor(Path.class).newInstance(directory);
      return (String) jobs.getMethod(job).invoke(made);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static String origin(ClassLoader loader, String name) throws ClassNotFoundException {
    return loader.loadClass(name).getProtectionDomain().getCodeSource().getLocation().toString();
  }
}
