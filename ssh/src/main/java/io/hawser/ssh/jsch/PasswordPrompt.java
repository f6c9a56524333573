package io.hawser.ssh.jsch;

import com.jcraft.jsch.UIKeyboardInteractive;
import com.jcraft.jsch.UserInfo;
import io.hawser.Secret;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a server that asks for the password: once, and only where one hidden answer is wanted. A
 * second question means that the first answer was wrong, or that something else is asked; each
 * repetition would bring the account closer to being locked.
 */
@SuppressWarnings("NullAway") // JSch's interfaces take null for "I do not answer"
final class PasswordPrompt implements UserInfo, UIKeyboardInteractive {
  private static final Logger LOG = LoggerFactory.getLogger(PasswordPrompt.class);

  private final String host;
  private @Nullable Secret password;

  PasswordPrompt(String host, @Nullable Secret password) {
    this.host = host;
    this.password = password;
  }

  @Override
  public String @Nullable [] promptKeyboardInteractive(
      String destination, String name, String instruction, String[] prompts, boolean[] echo) {
    boolean oneHidden = prompts.length == 1 && !echo[0];
    if (!oneHidden || password == null) {
      return null;
    }
    String answer = password.reveal();
    password = null;
    return new String[] {answer};
  }

  @Override
  public boolean promptPassword(String message) {
    return password != null;
  }

  @Override
  public @Nullable String getPassword() {
    String answer = password == null ? null : password.reveal();
    password = null;
    return answer;
  }

  @Override
  public boolean promptPassphrase(String message) {
    return false;
  }

  @Override
  public @Nullable String getPassphrase() {
    return null;
  }

  @Override
  public boolean promptYesNo(String message) {
    return false;
  }

  @Override
  public void showMessage(String message) {
    LOG.debug("{} says: {}", host, message);
  }
}
