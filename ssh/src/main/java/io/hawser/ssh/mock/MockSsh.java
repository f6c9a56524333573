package io.hawser.ssh.mock;

/** Placeholder until the mock's branch lands. */
public final class MockSsh {
  private MockSsh() {}
}
