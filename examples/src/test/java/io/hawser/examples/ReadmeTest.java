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
  private static final String IMPORTS =
      """
      import static org.assertj.core.api.Assertions.assertThat;
      import io.hawser.bootstrap.*;
      import io.hawser.cluster.*;
      import io.hawser.clusterfile.*;
      import io.hawser.filesystem.*;
      import io.hawser.registry.*;
      import io.hawser.report.*;
      import io.hawser.ssh.*;
      import io.hawser.ssh.jsch.*;
      import io.hawser.ssh.mock.*;
      import java.nio.file.Path;
      import java.util.List;
      import org.junit.jupiter.api.Test;
      """;

  @TempDir Path output;

  @Test
  void theJavaSamplesCompile() throws IOException {
    List<String> samples = samples("java");
    assertThat(samples).hasSize(2);
    assertThat(samples.get(0).lines().count()).as("lines of the first sample").isLessThan(17);
    for (String sample : samples) {
      String source =
          IMPORTS
              + "abstract class Sample {\n"
              + "  Cluster cluster;\n"
              + "  record MyInstaller(Cluster cluster, SshClient ssh) {\n"
              + "    Report install() { return Bootstraps.of(cluster, ssh).init(); }\n"
              + "  }\n"
              + sample
              + "}\n";
      assertThat(compile(source)).isEmpty();
    }
  }

  static List<String> samples(String language) throws IOException {
    Matcher blocks =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("..", "README.md")));
    return blocks.results().map(block -> block.group(1)).toList();
  }

  private String compile(String source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Sample.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-cp", System.getProperty("java.class.path"), "-d", output.toString(), "-proc:none");
    boolean compiled = compiler.getTask(messages, null, null, options, null, List.of(file)).call();
    return compiled ? "" : messages.toString();
  }
}
