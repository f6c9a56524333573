package io.hawser.bootstrap.checks;

import io.hawser.bootstrap.preflight.Finding;
import java.util.ArrayList;
import java.util.List;

/** Whether SELinux or a firewall may be in the way; they are often meant to be there. */
final class SecurityCheck implements Question {
  @Override
  public Finding inspect(ReachedHost host) {
    if (!host.facts().values().containsKey("firewall")) {
      return host.untold("whether they are at work");
    }
    List<String> found = new ArrayList<>();
    if (host.facts().get("selinux").equals("1")) {
      found.add("SELinux is enforced");
    }
    if (!host.facts().get("firewall").isEmpty()) {
      found.add(host.facts().get("firewall").replace(" ", " and ") + " is at work");
    }
    return found.isEmpty()
        ? Finding.ok("neither is at work")
        : Finding.warning(String.join("; ", found))
            .advice(
                null,
                "allow the registry's port between the hosts, and label the data root for"
                    + " containers");
  }
}
