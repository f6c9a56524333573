package io.hawser.bootstrap.checks;

import com.google.common.collect.ImmutableSet;
import io.hawser.bootstrap.preflight.PreflightCheck;
import io.hawser.spelling.NearestWord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects which checks preflight makes. Not thread-safe. */
public final class PreflightOptions {
  private final List<PreflightCheck> added = new ArrayList<>();
  private final Set<String> skipped = new LinkedHashSet<>();
  private boolean everyByte;

  /**
   * Adds a check, after those added before.
   *
   * @throws IllegalArgumentException if another check has its name
   */
  public void add(PreflightCheck check) {
    if (PreflightNames.ALL.containsKey(check.name())) {
      throw new IllegalArgumentException(
          "a check of Hawser is called " + check.name() + "; call yours otherwise");
    }
    if (added.stream().anyMatch(known -> known.name().equals(check.name()))) {
      throw new IllegalArgumentException("two checks are called " + check.name());
    }
    added.add(check);
  }

  /** Leaves out checks by name. */
  public void skip(Collection<? extends CharSequence> names) {
    names.forEach(name -> skipped.add(name.toString()));
  }

  /** Whether every byte of the artifacts is read; false by default. */
  public void everyByte(boolean all) {
    everyByte = all;
  }

  boolean everyByte() {
    return everyByte;
  }

  List<PreflightCheck> added() {
    return List.copyOf(added);
  }

  /** The names to skip, which may be those of checks that were added later. */
  Set<String> skipped() {
    Set<String> known = new LinkedHashSet<>(PreflightNames.ALL.keySet());
    added.forEach(check -> known.add(check.name()));
    known.remove(PreflightNames.REACH);
    for (String name : skipped) {
      if (name.equals(PreflightNames.REACH)) {
        throw new IllegalArgumentException(
            "the check \"reach\" cannot be skipped: all others need what it finds");
      }
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "no check is called \"" + name + "\"; " + NearestWord.hint(name, known));
      }
    }
    return ImmutableSet.copyOf(skipped);
  }
}
