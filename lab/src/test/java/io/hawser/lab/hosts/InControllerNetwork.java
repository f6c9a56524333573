package io.hawser.lab.hosts;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test methods of a class annotated with {@link RealHosts} run in a JVM of their own, in the
 * network from which the hosts are reachable: so they use Hawser as any program there would. Each
 * gets a new instance; parameters may be a {@link Lab} and paths.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NetworkExtension.class)
public @interface InControllerNetwork {
  /** Further options of the JVM. */
  String[] options() default {};
}
