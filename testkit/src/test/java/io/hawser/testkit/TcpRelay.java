package io.hawser.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a client and a server, counts what the client sends, and can swallow all of it.
 */
final class TcpRelay implements Closeable {
  private final ServerSocket listener;
  private final String server;
  private final int port;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicLong sent = new AtomicLong();
  private volatile boolean swallows;

  TcpRelay(int serverPort) throws IOException {
    this(InetAddress.getLoopbackAddress().getHostAddress(), serverPort);
  }

  TcpRelay(String server, int serverPort) throws IOException {
    this.server = server;
    this.port = serverPort;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** How many bytes clients have sent. */
  long sent() {
    return sent.get();
  }

  /** From now on nothing passes, and nobody is told: as behind a firewall that forgot. */
  void swallow() {
    swallows = true;
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      sockets.add(client);
      Socket there = new Socket(server, port);
      sockets.add(there);
      start(() -> pass(client, there, true));
      start(() -> pass(there, client, false));
    }
  }

  private void pass(Socket from, Socket to, boolean counts) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] buffer = new byte[1 << 15];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      if (counts) {
        sent.addAndGet(n);
      }
      if (!swallows) {
        out.write(buffer, 0, n);
        out.flush();
      }
    }
    if (!swallows) {
      to.close();
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // one side went away
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
