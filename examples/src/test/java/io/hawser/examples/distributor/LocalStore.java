package io.hawser.examples.distributor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** An object store in memory on this machine, in place of S3. */
final class LocalStore implements AutoCloseable {
  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final Map<String, Integer> requests = new ConcurrentHashMap<>();
  private final AtomicLong bytesGiven = new AtomicLong();
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final HttpServer server;
  private volatile UnaryOperator<byte[]> lie = bytes -> bytes;

  LocalStore() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/bucket/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  ObjectStore client() {
    int port = server.getAddress().getPort();
    return new ObjectStore(URI.create("http://127.0.0.1:" + port + "/bucket/"));
  }

  /** Gives other bytes than it got from now on. */
  void lie(UnaryOperator<byte[]> newLie) {
    lie = newLie;
  }

  int requests(String method) {
    return requests.getOrDefault(method, 0);
  }

  long bytesGiven() {
    return bytesGiven.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String key = exchange.getRequestURI().getPath();
      String method = exchange.getRequestMethod();
      byte[] body = exchange.getRequestBody().readAllBytes();
      requests.merge(method, 1, Integer::sum);
      byte[] object = objects.get(key);
      if (method.equals("PUT")) {
        objects.put(key, body);
        exchange.sendResponseHeaders(200, -1);
      } else if (object == null) {
        exchange.sendResponseHeaders(404, -1);
      } else if (method.equals("HEAD")) {
        exchange.sendResponseHeaders(200, -1);
      } else {
        byte[] said = lie.apply(object);
        exchange.sendResponseHeaders(200, said.length);
        exchange.getResponseBody().write(said);
        bytesGiven.addAndGet(said.length);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
