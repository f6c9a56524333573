package io.hawser.ssh.jsch;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What JSch has had only since 2.27 and 2.28. Hawser does without where an older one is on the
 * class path, as in Jenkins: threads with JSch's names, smaller windows, no names of signals.
 */
final class NewerMembers {
  private static final Logger LOG = LoggerFactory.getLogger(NewerMembers.class);

  private static final @Nullable MethodHandle THREADS =
      find(Session.class, "setThreadFactory", void.class, ThreadFactory.class);
  private static final @Nullable MethodHandle WINDOW =
      find(Channel.class, "setLocalWindowSizeMax", void.class, int.class);
  private static final @Nullable MethodHandle SIGNAL =
      find(Channel.class, "getExitSignal", String.class);

  private NewerMembers() {}

  private static @Nullable MethodHandle find(
      Class<?> owner, String name, Class<?> result, Class<?>... parameters) {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(owner, name, MethodType.methodType(result, parameters));
    } catch (NoSuchMethodException | IllegalAccessException e) {
      LOG.debug("this JSch has no {}", name);
      return null;
    }
  }

  /** Makes the session's threads with this factory. */
  static void setThreadFactory(Session session, ThreadFactory threads) {
    call(THREADS, session, threads);
  }

  /**
   * Lets the other side send this much before it waits; the default would halve the speed over a
   * distance.
   */
  static void widen(Channel channel, int bytes) {
    try {
      call(WINDOW, channel, bytes);
    } catch (IllegalStateException e) {
      if (!(e.getCause() instanceof JSchException)) {
        throw e;
      }
      LOG.debug("the window stays as it is", e);
    }
  }

  /** The signal that ended the command, if it is known. */
  static @Nullable String exitSignal(Channel channel) {
    return (String) call(SIGNAL, channel);
  }

  private static @Nullable Object call(@Nullable MethodHandle member, Object... arguments) {
    if (member == null) {
      return null;
    }
    try {
      return member.invokeWithArguments(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
