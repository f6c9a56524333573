package io.hawser.bootstrap.checks;

import com.google.common.collect.ImmutableMap;
import io.hawser.bootstrap.adoption.Adoption;

/** The checks that Hawser has, in the order of their rows, and what each asks. */
public final class PreflightNames {
  static final String REACH = "reach";
  static final String INPUT = "input";
  static final String SOURCE = "source";
  static final String SCRIPTS = "scripts";
  static final String IMAGES = "images";
  static final String TOOLS = "tools";
  static final String ENV = "env";
  static final String IDENTITY = "identity";
  static final String ADDRESS = "address";
  static final String CLOCK = "clock";
  static final String SPACE = "space";
  static final String MOUNTS = "mounts";
  static final String ENGINES = "engines";
  static final String ADOPT = Adoption.NAME;
  static final String DATA = "registry data";
  static final String PROGRAM = "registry program";
  static final String PORT = "registry port";
  static final String LOGIN = "registry login";
  static final String CERTIFICATE = "certificate";
  static final String HOSTS_FILE = "hosts file";
  static final String SECURITY = "security";
  static final String PEERS = "peers";
  static final String PROXY = "proxy";
  static final String MTU = "mtu";
  static final String ENDPOINTS = "endpoints";
  static final String SCRIPT = "check";

  /** What each asks, by name, in the order of the rows. */
  public static final ImmutableMap<String, String> ALL =
      ImmutableMap.<String, String>builder()
          .put(REACH, "the host answers to SSH, lets the user in, and sudo works; never skipped")
          .put(INPUT, "the number of masters is odd, and addresses are of one family")
          .put(SOURCE, "the images' artifacts are whole, and there for the hosts' architectures")
          .put(SCRIPTS, "the scripts that labels name are in the images")
          .put(IMAGES, "the images' trees fit the host, and their templates can be rendered")
          .put(TOOLS, "the programs that Hawser and the rootfs's scripts need are on the PATH")
          .put(ENV, "no environment was given that does not count")
          .put(IDENTITY, "no other host has its name or its machine-id")
          .put(ADDRESS, "its address is on it, and it has no second network")
          .put(CLOCK, "its clock is that of the other hosts")
          .put(SPACE, "bytes and inodes for what it does not have yet, on the right file systems")
          .put(MOUNTS, "what is written to is not read-only, and what runs is not noexec")
          .put(ENGINES, "no other container engine or node runs there")
          .put(ADOPT, "what sealos left there can be taken over")
          .put(DATA, "the registry's data directory holds nothing of somebody else")
          .put(PROGRAM, "there is, or will be, a registry to run")
          .put(PORT, "nobody else listens on the registry's port")
          .put(LOGIN, "the registry's password is not one that everybody knows")
          .put(CERTIFICATE, "the registry's certificate is valid and names the host")
          .put(HOSTS_FILE, "nobody else gives the registry's name to another address")
          .put(SECURITY, "neither SELinux nor a firewall is in the way")
          .put(PEERS, "it reaches the ports of the registries on the other hosts")
          .put(PROXY, "no proxy takes what is for the registries")
          .put(MTU, "its network's packets are as long as those of the others")
          .put(ENDPOINTS, "the nodes' runtime can be told of the registries")
          .put(SCRIPT, "the rootfs's own check script passes")
          .buildOrThrow();

  private PreflightNames() {}
}
