package io.hawser.lab.hosts;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Runs the methods of {@link InControllerNetwork} in that network. */
final class NetworkExtension implements InvocationInterceptor {
  private static final String LAB = "lab";

  /** With this begin the lines of a test that are to be seen when it succeeds. */
  private static final String SHOWN = "shown: ";

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context) {
    invocation.skip();
    Lab lab = LabExtension.lab(context);
    List<String> words = new ArrayList<>();
    words.add(System.getProperty("java.home") + "/bin/java");
    words.add("-Dhawser.home=" + lab.tool().getParent().getParent());
    words.addAll(List.of(options(context)));
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.add(NetworkExtension.class.getName());
    words.add(method.getTargetClass().getName());
    words.add(method.getExecutable().getName());
    for (Object argument : method.getArguments()) {
      words.add(argument instanceof Lab ? LAB : argument.toString());
    }
    lab.exec(words.toArray(String[]::new)).ok().lines().stream()
        .filter(line -> line.startsWith(SHOWN))
        .forEach(System.out::println);
  }

  private static String[] options(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getElement(), InControllerNetwork.class)
        .or(
            () ->
                AnnotationSupport.findAnnotation(
                    context.getRequiredTestClass(), InControllerNetwork.class))
        .map(InControllerNetwork::options)
        .orElseThrow();
  }

  /** Runs one test method: class, method, arguments. */
  public static void main(String[] words) throws ReflectiveOperationException {
    Class<?> type = Class.forName(words[0]);
    Method test = null;
    for (Method candidate : type.getDeclaredMethods()) {
      if (candidate.getName().equals(words[1])) {
        test = candidate;
      }
    }
    Object[] arguments = new Object[words.length - 2];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = words[i + 2].equals(LAB) ? Lab.attached() : Path.of(words[i + 2]);
    }
    var constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    test.setAccessible(true);
    // An exception that is thrown ends the JVM with status 1, and its stack on stderr.
    test.invoke(constructor.newInstance(), arguments);
    System.exit(0);
  }
}
