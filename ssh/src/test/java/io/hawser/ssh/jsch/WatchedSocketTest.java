package io.hawser.ssh.jsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writes to a peer that takes nothing any more, as when the link is cut. */
@Timeout(30)
class WatchedSocketTest {
  @Test
  @DisplayName("F1 F13 a write that is stuck, since the peer takes nothing, is ended at the limit")
  void aStuckWriteIsEnded() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket peer = server.accept()) {
      WatchedSocket watched = new WatchedSocket(socket);
      watched.out().write(1);
      assertThat(peer.getInputStream().read()).isEqualTo(1);
      watched.closeIfStuck(Duration.ZERO);
      assertThat(socket.isClosed()).as("with nothing under way").isFalse();

      CompletableFuture<Void> stuck =
          CompletableFuture.runAsync(
              () -> {
                try {
                  watched.out().write(new byte[64 << 20]);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      while (!socket.isClosed()) {
        assertThat(stuck).isNotDone();
        watched.closeIfStuck(Duration.ofMillis(200));
      }
      assertThatThrownBy(() -> stuck.get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseInstanceOf(IOException.class);
    }
  }

  @Test
  @DisplayName(
      "F9 F13 a write that waits for a slow peer is not ended as long as the peer is heard")
  void aSlowWriteIsNotEnded() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket peer = server.accept()) {
      WatchedSocket watched = new WatchedSocket(socket);
      CompletableFuture<Void> slow =
          CompletableFuture.runAsync(
              () -> {
                try {
                  watched.out().write(new byte[64 << 20]);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      // The limit passes three times while nothing is taken.
      long start = System.nanoTime();
      while (System.nanoTime() - start < 3 * TimeUnit.SECONDS.toNanos(1)) {
        peer.getOutputStream().write(1);
        assertThat(watched.in().read()).isEqualTo(1);
        watched.closeIfStuck(Duration.ofSeconds(1));
      }
      assertThat(slow).isNotDone();
      assertThat(socket.isClosed()).isFalse();
      assertThat(peer.getInputStream().readNBytes(64 << 20)).hasSize(64 << 20);
      slow.get(10, TimeUnit.SECONDS);
    }
  }
}
