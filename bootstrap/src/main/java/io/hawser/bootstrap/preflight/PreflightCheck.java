package io.hawser.bootstrap.preflight;

import io.hawser.cluster.Host;
import java.util.function.Predicate;

/**
 * A named question that {@link io.hawser.bootstrap.Bootstrap#preflight()} asks of hosts, without
 * changing them: a name, what it is about, the hosts it is asked of, and how it is answered.
 * Immutable.
 *
 * <pre>{@code
 * PreflightCheck.of(
 *     "swap",
 *     "no swap is on",
 *     host -> host.access().text("/proc/swaps").isEmpty()
 *         ? Finding.ok("no swap")
 *         : Finding.warning("swap is on").advice(null, "swapoff -a"));
 * }</pre>
 */
public final class PreflightCheck {
  private final String name;
  private final String about;
  private final Predicate<Host> filter;
  private final Inspection inspection;

  private PreflightCheck(String name, String about, Predicate<Host> filter, Inspection inspection) {
    this.name = name;
    this.about = about;
    this.filter = filter;
    this.inspection = inspection;
  }

  /**
   * A check of all hosts.
   *
   * @param name what its rows are called: lower case letters, digits and dashes, unique among the
   *     checks of a bootstrap
   * @param about one line that says what is asked
   * @throws IllegalArgumentException if the name is of other letters
   */
  public static PreflightCheck of(CharSequence name, CharSequence about, Inspection inspection) {
    String text = name.toString();
    if (!text.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException(
          "check name \"" + text + "\" is not of lower case letters, digits and dashes");
    }
    return new PreflightCheck(text, about.toString(), host -> true, inspection);
  }

  /** The same check, of some hosts only. */
  public PreflightCheck onHosts(Predicate<Host> hosts) {
    return new PreflightCheck(name, about, hosts, inspection);
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** What it asks, in one line. */
  public String about() {
    return about;
  }

  /** Whether it is asked of the host; of every host by default. */
  public boolean appliesTo(Host host) {
    return filter.test(host);
  }

  /** Asks one host, as {@link Inspection#inspect} does; what that throws goes on. */
  public Finding inspect(InspectedHost host) {
    return inspection.inspect(host);
  }

  @Override
  public String toString() {
    return name;
  }
}
