package io.hawser.lab.hosts;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests of a class need real hosts: a {@link Lab} is started before them, handed to constructor
 * or test method parameters of that type, and ended after them, also when the JVM is killed.
 *
 * <p>The system property {@code hawser.lab} decides what happens where real hosts cannot be had (no
 * Linux, not root, a program missing): {@code auto} skips the class and says why, {@code required}
 * fails it, {@code off} skips it everywhere.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(LabExtension.class)
public @interface RealHosts {
  /** How many; 0 for a test that starts its own. */
  int value();
}
