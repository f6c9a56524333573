package io.hawser.lab;

import com.google.common.collect.Iterables;
import io.hawser.lab.hosts.Lab;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is done on a real host and undone again, and the rows of the preflight that it gives;
 * {@code @2} in any of them stands for the address of host 2.
 *
 * @param host on which host, from 1
 * @param make shell text that makes the fault
 * @param heal shell text that takes it away
 * @param rows how the rows begin, each {@code ADDRESS CHECK STATUS MESSAGE}, in their order
 */
record MadeFault(int host, String make, String heal, List<String> rows) {
  private static final String DATA = "/var/lib/sealos";
  private static final String CONFIGURED = "/etc/hawser/lab/";

  static MadeFault of(int host, String make, String heal, String... rows) {
    return new MadeFault(host, make, heal, List.of(rows));
  }

  /** A file system of its own where the trees go. */
  private static MadeFault disk(int host, String options, String row) {
    return of(
        host,
        "mkdir -p " + DATA + " && mount -t tmpfs -o " + options + " none " + DATA,
        "umount " + DATA + " && rmdir " + DATA,
        row);
  }

  /** A program that the host does not have any more. */
  private static MadeFault without(int host, String programs, String row) {
    return of(
        host,
        "for p in " + programs + "; do f=$(command -v $p) && mv $f $f.away; done",
        "for p in " + programs + "; do mv /usr/bin/$p.away /usr/bin/$p; done",
        row);
  }

  /** A program of this name runs, which does nothing but that. */
  private static MadeFault running(int host, String program, String row) {
    return of(
        host,
        "cp /usr/bin/sleep /var/tmp/"
            + program
            + "; /var/tmp/"
            + program
            + " 300 >/dev/null 2>&1 &"
            + " echo $! >/run/taken",
        "kill $(cat /run/taken); rm /run/taken /var/tmp/" + program,
        row);
  }

  /** Another program of that name is found first on the PATH. */
  private static MadeFault instead(int host, String program, String script, String row) {
    return of(
        host,
        "f=/usr/local/bin/"
            + program
            + "; printf '#!/bin/sh\\n%s\\n' '"
            + script
            + "' >$f"
            + " && chmod 755 $f",
        "rm /usr/local/bin/" + program,
        row);
  }

  /** A certificate lies where Hawser's registry would have it. */
  private static MadeFault certificate(int host, String of, int days, String row) {
    String pem = CONFIGURED + "registry_tls.pem";
    return of(
        host,
        "mkdir -p "
            + CONFIGURED
            + " && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days "
            + days
            + " -subj /CN=x -addext subjectAltName=IP:"
            + of
            + " -keyout /dev/null -out "
            + pem,
        "rm " + pem,
        row);
  }

  /** What a configured registry has on a host, for comparison with the fault of another one. */
  static String configured(String secret) {
    return "mkdir -p "
        + CONFIGURED
        + " && printf 'http:\\n  secret: "
        + secret
        + "\\n' >"
        + CONFIGURED
        + "registry.yml";
  }

  /** Those of registries. */
  static List<MadeFault> ofRegistries() {
    return List.of(
        certificate(
            2,
            "192.0.2.1",
            90,
            "@2 certificate FAILED the registry's certificate is for 192.0.2.1, not for @2"),
        certificate(1, "@1", 5, "@1 certificate WARNING the registry's certificate expires at"),
        of(
            1,
            configured("another"),
            "rm " + CONFIGURED + "registry.yml",
            "@1 registry secret WARNING the registry has another http.secret than @2",
            "@2 registry secret WARNING the registry has another http.secret than @1"));
  }

  /** Those of what a host is and has. */
  static List<MadeFault> ofHosts() {
    return List.of(
        disk(2, "ro", "@2 mounts FAILED /var/lib/sealos is mounted read-only"),
        disk(3, "noexec", "@3 mounts FAILED /var/lib/sealos is mounted noexec"),
        disk(1, "size=64k", "@1 space FAILED /var/lib/sealos is too small"),
        disk(1, "nr_inodes=4", "@1 space FAILED /var/lib/sealos has too few inodes"),
        without(3, "tar", "@3 tools FAILED not found: tar"),
        without(3, "mktemp", "@3 tools FAILED not found: mktemp"),
        without(1, "curl wget", "@1 tools FAILED not found: curl or wget (to prove"),
        without(3, "systemctl", "@3 endpoints WARNING no systemctl, so no health watch"),
        without(1, "docker-registry", "@1 registry program FAILED no registry program"),
        running(1, "kubelet", "@1 engines WARNING kubelet runs here already"),
        running(3, "firewalld", "@3 security WARNING firewalld is at work"),
        of(
            3,
            "mkdir -p /etc/ufw && echo ENABLED=yes >/etc/ufw/ufw.conf",
            "rm /etc/ufw/ufw.conf",
            "@3 security WARNING ufw is at work"),
        // What the kernel shows where SELinux is in it, which it is not here.
        of(
            2,
            "mount -t tmpfs none /sys/fs && mkdir /sys/fs/selinux && echo 1 >/sys/fs/selinux/enforce",
            "umount /sys/fs",
            "@2 security WARNING SELinux is enforced"),
        instead(
            3,
            "date",
            "exec /usr/bin/date -d \"90 seconds\" \"$@\"",
            "@3 clock FAILED the clock is "),
        instead(
            1,
            "date",
            "exec /usr/bin/date -d \"90 seconds ago\" \"$@\"",
            "@1 clock FAILED the clock is "),
        of(
            2,
            "mount --bind /run/id-of-another /etc/machine-id",
            "umount /etc/machine-id",
            "@1 identity FAILED the machine-id ",
            "@2 identity FAILED the machine-id "),
        of(
            2,
            "hostname host3",
            "hostname host2",
            "@2 identity FAILED the host name host3 is also that of @3",
            "@3 identity FAILED the host name host3 is also that of @2"));
  }

  /** Those of networks, and of what was there before. */
  static List<MadeFault> ofNetworks() {
    return List.of(
        of(
            1,
            "sleep 90 | openssl s_server -accept 5000 -nocert >/dev/null 2>&1 &"
                + " echo $! >/run/taken; sleep 1",
            "kill $(cat /run/taken); rm /run/taken",
            "@1 registry port FAILED port 5000 is taken by openssl"),
        of(
            1,
            "iptables -I INPUT ! -i lo -p tcp --dport 5000 -j DROP",
            "iptables -D INPUT ! -i lo -p tcp --dport 5000 -j DROP",
            "@2 peers FAILED @1 port 5000 does not answer",
            "@3 peers FAILED @1 port 5000 does not answer",
            "@2 relay NOT_CHECKED could not check: what peers says of @1"),
        of(
            2,
            "iptables -I INPUT -p tcp --syn --dport 49152:65151 -j DROP",
            "iptables -D INPUT -p tcp --syn --dport 49152:65151 -j DROP",
            "@1 relay WARNING ports from 49152 on are not reached on @2"),
        of(
            2,
            "ip addr add @3/32 dev lo && echo 1 >/proc/sys/net/ipv4/conf/all/arp_ignore",
            "ip addr del @3/32 dev lo && echo 0 >/proc/sys/net/ipv4/conf/all/arp_ignore",
            "@2 address FAILED the host has the address of another host of the cluster, too: @3 (lo)",
            // What it answers to the other one never leaves it.
            "@3 peers FAILED @2 port 5000 does not answer"),
        of(
            2,
            "ip link set eth0 mtu 1400",
            "ip link set eth0 mtu 1500",
            "@2 mtu WARNING packets may be 1400 bytes long, and those of other hosts 1500"),
        of(
            3,
            "ip link add eth7 type veth peer name lan7 && ip addr add 192.168.77.3/24 dev eth7",
            "ip link del eth7",
            "@3 address WARNING the host is on several networks: eth"),
        of(
            2,
            "echo 'http_proxy=http://192.0.2.9:3128' >/etc/environment.new"
                + " && mount --bind /etc/environment.new /etc/environment",
            "umount /etc/environment && rm /etc/environment.new",
            "@2 proxy WARNING http_proxy of the login environment would take what is for"
                + " sealos.hub, @1"),
        of(
            3,
            "d=/etc/systemd/system/containerd.service.d; mkdir $d && printf"
                + " '[Service]\\nEnvironment=\"HTTPS_PROXY=http://192.0.2.9:3128\"\\n' >$d/proxy.conf",
            "rm -r /etc/systemd/system/containerd.service.d",
            "@3 proxy WARNING HTTPS_PROXY of the unit of containerd would take what is for"),
        of(
            1,
            "mkdir -p /var/lib/sealos/data/lab/registry/mine",
            "rm -r /var/lib/sealos",
            "@1 registry data WARNING /var/lib/sealos/data/lab/registry holds 1 entries"),
        of(
            2,
            "cp /etc/hosts /run/hosts && echo '192.0.2.7 other sealos.hub' >>/etc/hosts",
            "cp /run/hosts /etc/hosts && rm /run/hosts",
            "@2 hosts file WARNING /etc/hosts gives sealos.hub to 192.0.2.7"));
  }

  /** All of them, at most one on each host at a time, so that each row has one cause. */
  static List<List<MadeFault>> rounds() {
    List<List<MadeFault>> rounds = new ArrayList<>();
    for (MadeFault fault : Iterables.concat(ofHosts(), ofNetworks(), ofRegistries())) {
      Optional<List<MadeFault>> free =
          rounds.stream()
              .filter(round -> round.stream().noneMatch(other -> other.isBeside(fault)))
              .findFirst();
      free.orElseGet(
              () -> {
                rounds.add(new ArrayList<>());
                return rounds.get(rounds.size() - 1);
              })
          .add(fault);
    }
    return rounds;
  }

  /** Whether both cannot be told apart, when made together. */
  private boolean isBeside(MadeFault other) {
    return host == other.host || (isOfClock() && other.isOfClock());
  }

  private boolean isOfClock() {
    return make.contains("/bin/date");
  }

  /** A text with the hosts' addresses. */
  static String named(String text, Lab lab) {
    String named = text;
    for (int i = 1; i <= lab.size(); i++) {
      named = named.replace("@" + i, lab.address(i));
    }
    return named;
  }
}
