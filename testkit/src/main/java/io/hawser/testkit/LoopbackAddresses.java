package io.hawser.testkit;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Finds loopback addresses that no other run on this machine uses. */
final class LoopbackAddresses {
  /** Held as long as an address is used, also while its host is off. */
  private static final int CLAIM_PORT = 22022;

  private static final int LAST = 250;

  private LoopbackAddresses() {}

  /** An address and the socket that keeps others off it. */
  record Claim(String address, ServerSocket socket) {
    void release() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Claims addresses from 127.0.0.11 on where some ports are free.
   *
   * @throws IllegalStateException if there are not enough; the message says what to do
   */
  static List<Claim> claim(int count, List<Integer> ports) {
    List<Claim> claims = new ArrayList<>();
    String last = "";
    for (int i = 11; i <= LAST && claims.size() < count; i++) {
      String address = "127.0.0." + i;
      try {
        claims.add(claim(address, ports));
      } catch (IOException e) {
        last = address + ": " + e.getMessage();
        if (!canBind(address)) {
          break;
        }
      }
    }
    if (claims.size() == count) {
      return claims;
    }
    claims.forEach(Claim::release);
    throw new IllegalStateException(
        count
            + " loopback addresses with free ports "
            + ports
            + " are needed, "
            + claims.size()
            + " were found ("
            + last
            + "). Where a system has only 127.0.0.1, as macOS does, add some:"
            + " sudo ifconfig lo0 alias 127.0.0.11 up, and so on; else choose another SSH port");
  }

  private static Claim claim(String address, List<Integer> ports) throws IOException {
    ServerSocket socket = listen(address, CLAIM_PORT);
    try {
      for (int port : ports) {
        listen(address, port).close();
      }
      return new Claim(address, socket);
    } catch (IOException e) {
      socket.close();
      throw new IOException("port in use", e);
    }
  }

  private static boolean canBind(String address) {
    try {
      listen(address, 0).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static ServerSocket listen(String address, int port) throws IOException {
    InetAddress ip = InetAddresses.forString(address);
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(ip, port), 1);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
