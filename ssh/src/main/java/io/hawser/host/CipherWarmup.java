package io.hawser.host;

import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the JVM compile its AES-GCM while the connection is made. The JVM counts calls, not bytes,
 * until it uses the processor's own instructions, so that the first 50 MiB of a fresh JVM would
 * take over a second; many short packets get there in a fifth of one.
 */
final class CipherWarmup {
  /** For less it is not worth it. */
  static final long WORTH_BYTES = 32L << 20;

  static final String THREAD = "hawser-cipher-warmup";

  private static final Logger LOG = LoggerFactory.getLogger(CipherWarmup.class);
  private static final CipherWarmup OF_JVM = new CipherWarmup();
  private static final int CALLS = 8_000;
  private static final int SHORT = 200;

  /**
   * As long as the transport's packets, and how often: the code is not compiled for short alone.
   */
  private static final int LONG = 32_768;

  private static final int EVERY = 50;
  private static final int TAG_BYTES = 16;

  private final AtomicBoolean begun = new AtomicBoolean();

  /** Begins it, once in the life of the JVM, on a thread of its own, if so much is worth it. */
  static void ahead(long bytes) {
    OF_JVM.begin(bytes);
  }

  /** Begins it if so much is worth it and it has not begun yet; says whether. */
  boolean begin(long bytes) {
    if (bytes < WORTH_BYTES || !begun.compareAndSet(false, true)) {
      return false;
    }
    Thread thread = new Thread(CipherWarmup::run, THREAD);
    thread.setDaemon(true);
    thread.start();
    return true;
  }

  private static void run() {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      SecretKeySpec key = new SecretKeySpec(new byte[16], "AES");
      byte[] packet = new byte[Integer.BYTES + LONG + TAG_BYTES];
      for (int call = 0; call < CALLS; call++) {
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG_BYTES, nonce(call)));
        cipher.updateAAD(packet, 0, Integer.BYTES);
        int length = call % EVERY == 0 ? LONG : SHORT;
        cipher.doFinal(packet, Integer.BYTES, length, packet, Integer.BYTES);
      }
    } catch (GeneralSecurityException e) {
      // Then the transport uses another cipher.
      LOG.debug("AES-GCM was not made fast ahead: {}", e.getMessage());
    }
  }

  /** The JVM refuses one that was used with the same key. */
  private static byte[] nonce(int call) {
    return new byte[] {(byte) (call >> 8), (byte) call, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  }
}
