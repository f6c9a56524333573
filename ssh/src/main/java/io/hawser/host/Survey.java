package io.hawser.host;

import com.google.common.collect.ImmutableSet;
import io.hawser.ssh.Command;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Questions to a host that take more looking around than its facts, asked in one call. The answers
 * have the form of facts:
 *
 * <ul>
 *   <li>{@code clock.offset}: by how many milliseconds its clock is before that of this machine,
 *       the time on the way subtracted, and {@code clock.doubt}, by how many that may be wrong
 *   <li>{@code machine}: its machine-id
 *   <li>{@code addresses}: each as {@code INTERFACE,MTU,ADDRESS}; empty when it does not tell
 *   <li>{@code engines}: of {@code dockerd crio k3s-server k3s-agent rke2 kubelet} those that run
 *   <li>{@code firewall}: of {@code firewalld ufw} those at work; {@code selinux}: {@code 1} when
 *       it is enforced
 *   <li>{@code lacks}: programs of every system, such as {@code df}, that it does not have
 *   <li>{@code ipvs}: {@code 1} where the kernel has IPVS or can load it, {@code 0} where it cannot
 *   <li>{@code proxy.login}, {@code proxy.containerd}: the names of variables that set a proxy, in
 *       the environment of logins and in containerd's; {@code no_proxy.login} and {@code
 *       no_proxy.containerd}: for which hosts there is none
 *   <li>{@code port.PORT}: who listens there, each as {@code ADDRESS,PROGRAM}, the address as in
 *       {@code /proc/net/tcp}
 *   <li>{@code room.PATH}: free bytes, free inodes, the options of the mount, and the mount, of the
 *       file system on which the path lies, or would lie
 *   <li>{@code peer.ADDRESS/PORT}: {@code open}, {@code refused} (the way is free, nobody listens),
 *       {@code silent} after three seconds, or {@code failed} with the reason
 * </ul>
 *
 * An answer {@code unchecked}, with or without a reason, is none. What cannot be known otherwise is
 * empty, or {@code -}.
 *
 * @param ports TCP ports of the host
 * @param paths absolute paths on the host
 * @param peers ports of other hosts, each as {@code ADDRESS/PORT}; nothing is sent to them
 */
public record Survey(
    Collection<Integer> ports,
    Collection<? extends CharSequence> paths,
    Collection<? extends CharSequence> peers) {
  /** Copies the questions, each once. */
  public Survey {
    ports = ImmutableSet.copyOf(ports);
    paths = strings(paths);
    peers = strings(peers);
  }

  /** Texts of other kinds, such as Groovy's, are no strings. */
  private static ImmutableSet<String> strings(Collection<? extends CharSequence> texts) {
    return texts.stream().map(CharSequence::toString).collect(ImmutableSet.toImmutableSet());
  }

  NodeFacts ask(AgentClient agent) {
    List<String> words = new ArrayList<>();
    ports.forEach(port -> words.add("port=" + port));
    paths.forEach(path -> words.add("path=" + path));
    peers.forEach(peer -> words.add("peer=" + peer));
    Answers answers = new Answers();
    agent.call(
        answers,
        Command.DEFAULT_TIMEOUT,
        AgentClient.NOTHING,
        "survey",
        words.toArray(new String[0]));
    return NodeFacts.of(answers.values);
  }

  /** Takes the time when the first line comes: the others may be a while behind it. */
  private static final class Answers implements Consumer<String> {
    private static final int MOST_LETTERS = 1 << 16;

    private final long before = System.currentTimeMillis();
    private final Map<String, String> values = new TreeMap<>();
    private int letters;

    @Override
    public void accept(String line) {
      int equals = line.indexOf('=');
      letters += line.length();
      if (equals <= 0 || letters > MOST_LETTERS) {
        return;
      }
      String name = line.substring(0, equals);
      String value = line.substring(equals + 1).strip();
      if (name.equals("clock")) {
        compare(value);
      } else {
        values.put(name, value);
      }
    }

    private void compare(String clock) {
      long after = System.currentTimeMillis();
      if (clock.matches("[0-9]{12,15}")) {
        // Without fractions a second is anywhere in itself.
        boolean whole = clock.endsWith("000");
        long theirs = Long.parseLong(clock) + (whole ? 500 : 0);
        values.put("clock.offset", String.valueOf(theirs - (before + after) / 2));
        values.put("clock.doubt", String.valueOf((after - before + 1) / 2 + (whole ? 500 : 0)));
      }
    }
  }
}
