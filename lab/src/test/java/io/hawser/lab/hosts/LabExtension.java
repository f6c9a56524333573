package io.hawser.lab.hosts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts and ends the lab of a class that is annotated with {@link RealHosts}. */
final class LabExtension implements ExecutionCondition, BeforeAllCallback, ParameterResolver {
  private static final List<String> PROGRAMS =
      List.of("bash", "ip", "tc", "unshare", "nsenter", "debootstrap", "skopeo", "ssh", "python3");
  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(LabExtension.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    String wish = System.getProperty("hawser.lab", "auto");
    if (wish.equals("off")) {
      return ConditionEvaluationResult.disabled("real hosts are switched off: hawser.lab=off");
    }
    Optional<String> obstacle = obstacle();
    if (obstacle.isPresent() && !wish.equals("required")) {
      return ConditionEvaluationResult.disabled("no real hosts here: " + obstacle.get());
    }
    return ConditionEvaluationResult.enabled("real hosts");
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Optional<String> obstacle = obstacle();
    if (obstacle.isPresent()) {
      throw new IllegalStateException(
          "hawser.lab=required, but there can be no real hosts here: " + obstacle.get());
    }
    if (hosts(context) > 0) {
      lab(context);
    }
  }

  /** Started by whoever asks first: with one instance per class that is its constructor. */
  static Lab lab(ExtensionContext context) {
    return context
        .getStore(STORE)
        .computeIfAbsent(Lab.class, type -> Lab.up(hosts(context)), Lab.class);
  }

  private static int hosts(ExtensionContext context) {
    return context.getRequiredTestClass().getAnnotation(RealHosts.class).value();
  }

  private static Optional<String> obstacle() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.of("this is not Linux");
    }
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.of("not root");
    }
    List<String> missing = PROGRAMS.stream().filter(program -> !onPath(program)).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("not found: " + missing + "; apt-get install $(cat lab/packages)");
  }

  private static boolean onPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
    return Arrays.stream(path.split(":"))
        .filter(directory -> !directory.isEmpty())
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Lab.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return lab(context);
  }
}
