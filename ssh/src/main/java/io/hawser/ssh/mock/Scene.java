package io.hawser.ssh.mock;

/** What all clients of one mock share. Thread-safe. */
final class Scene {
  private final ScriptedRules rules = new ScriptedRules();
  private final MemoryHosts hosts = new MemoryHosts();
  private final HostFaults faults = new HostFaults();
  private final Transcript transcript = new Transcript();
  private volatile boolean lenient;

  ScriptedRules rules() {
    return rules;
  }

  MemoryHosts hosts() {
    return hosts;
  }

  HostFaults faults() {
    return faults;
  }

  Transcript transcript() {
    return transcript;
  }

  boolean isLenient() {
    return lenient;
  }

  void beLenient() {
    lenient = true;
  }
}
