package io.hawser.bootstrap.adoption;

/**
 * What a host shows of having been brought up by sealos, or in its way, before Hawser came.
 *
 * @param member whether its init scripts ran, so that they must not run again
 * @param registry whether the registry that those scripts install serves there
 * @param problem why it cannot be taken over as it is; empty when it can
 * @param hint what to do about that; empty when there is no problem
 */
public record SealosTraces(boolean member, boolean registry, String problem, String hint) {
  static final SealosTraces NONE = new SealosTraces(false, false, "", "");
  static final SealosTraces MEMBER = new SealosTraces(true, false, "", "");
  static final SealosTraces REGISTRY = new SealosTraces(true, true, "", "");

  static SealosTraces refused(String problem, String hint) {
    return new SealosTraces(true, true, problem, hint);
  }

  /** Whether it cannot be taken over as it is. */
  public boolean isRefused() {
    return !problem.isEmpty();
  }

  /** What becomes of the host, for people. */
  public String fate() {
    if (isRefused()) {
      return problem;
    }
    if (!member) {
      return "no traces of sealos";
    }
    return "sealos brought this host up: its init scripts are not run again"
        + (registry ? ", and its registry serves on as it is" : "");
  }
}
