package io.hawser.ssh.jsch;

import com.jcraft.jsch.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What one JSch instance has to say, at trace level; JSch's static logger is left alone. */
final class JschLog implements Logger {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(JschLog.class);

  private final String host;
  private volatile @Nullable Throwable loginFailure;

  JschLog(String host) {
    this.host = host;
  }

  /** JSch turns a link lost while logging in into "Auth fail"; only its log tells them apart. */
  @Nullable Throwable loginFailure() {
    return loginFailure;
  }

  @Override
  public boolean isEnabled(int level) {
    return level >= Logger.WARN || LOG.isTraceEnabled();
  }

  @Override
  public void log(int level, String message) {
    LOG.trace("{}: {}", host, message);
  }

  @Override
  public void log(int level, String message, Throwable cause) {
    if (message.startsWith("an exception during authentication")) {
      loginFailure = cause;
    }
    LOG.trace("{}: {}", host, message, cause);
  }
}
