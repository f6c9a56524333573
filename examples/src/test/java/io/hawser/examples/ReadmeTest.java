package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java samples of the README compile as they stand there. */
class ReadmeTest {
  @TempDir Path output;

  @Test
  void theJavaSamplesCompile() throws IOException {
    List<String> samples = samples("java");
    assertThat(samples).hasSize(2);
    assertThat(samples.get(0).lines().count()).as("lines of the first sample").isLessThan(30);
    assertThat(compile(samples)).isEmpty();
  }

  static List<String> samples(String language) throws IOException {
    Matcher blocks =
        Pattern.compile("```" + language + "(?: [^\n]*)?\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("..", "README.md")));
    return blocks.results().map(block -> block.group(1)).toList();
  }

  private String compile(List<String> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-cp", System.getProperty("java.class.path"), "-d", output.toString(), "-proc:none");
    List<JavaFileObject> files = sources.stream().map(ReadmeTest::file).toList();
    boolean compiled = compiler.getTask(messages, null, null, options, null, files).call();
    return compiled ? "" : messages.toString();
  }

  private static JavaFileObject file(String source) {
    return new SimpleJavaFileObject(
        URI.create("string:///Sample.java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }
}
