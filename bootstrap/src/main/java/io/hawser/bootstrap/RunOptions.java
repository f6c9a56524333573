package io.hawser.bootstrap;

import io.hawser.cluster.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what users register, and how runs go on. Not thread-safe. */
final class RunOptions {
  private final List<ExternalDependency> dependencies = new ArrayList<>();
  private final List<Hook> hooks = new ArrayList<>();
  private final List<StepListener> listeners = new ArrayList<>();
  private FailurePolicy policy = FailurePolicy.goOn();
  private @Nullable Deadline deadline;

  void add(ExternalDependency dependency) {
    checkName("dependency", dependency.name());
    dependencies.add(dependency);
  }

  void add(Hook hook) {
    checkName("hook", hook.name());
    if (hook.phase().isEmpty()) {
      throw new IllegalArgumentException(
          "hook " + hook.name() + " does not say when it comes; call before(...) or after(...)");
    }
    hooks.add(hook);
  }

  /** Under its name it stands in journals, plans and reports, so that must be its alone. */
  private void checkName(String what, String name) {
    if (ClusterSteps.BUILT_IN.contains(name)) {
      throw new IllegalArgumentException(
          "a step of Hawser is called " + name + "; call the " + what + " otherwise");
    }
    boolean dependency = dependencies.stream().anyMatch(known -> known.name().equals(name));
    boolean hook = hooks.stream().anyMatch(known -> known.name().equals(name));
    if (dependency || hook) {
      String both = what.equals("dependency") ? "dependencies" : "hooks";
      String kinds = dependency == what.equals("dependency") ? both : "a dependency and a hook";
      throw new IllegalArgumentException(
          (kinds.equals(both) ? "two " : "") + kinds + " are called " + name);
    }
  }

  void policy(FailurePolicy newPolicy) {
    policy = newPolicy;
  }

  void deadline(Duration limit) {
    deadline = Deadline.of(limit);
  }

  /** For tests, which do not wait. */
  void deadline(Deadline newDeadline) {
    deadline = newDeadline;
  }

  void listener(StepListener listener) {
    listeners.add(listener);
  }

  List<ExternalDependency> dependencies() {
    return List.copyOf(dependencies);
  }

  Hooks hooks(Cluster cluster) {
    return new Hooks(cluster, hooks);
  }

  RunTerms terms() {
    return new RunTerms(policy, deadline, listeners);
  }
}
