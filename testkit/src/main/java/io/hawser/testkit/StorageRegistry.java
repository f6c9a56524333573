package io.hawser.testkit;

import com.google.common.net.InetAddresses;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A read-only container registry over a storage directory of CNCF distribution, for tests and
 * demonstrations only: it is small and plain, not hardened and not fast.
 *
 * <p>Serves manifests, blobs, the lists of tags and repositories; answers 405 to writes, and 401
 * without a fitting user and password where it was given a file of users. Nothing is cached: files
 * that are added later are served at once, damaged ones as they are. Ranges are not supported.
 * Threads are daemons and end with {@link #close()}. Thread-safe.
 */
public final class StorageRegistry implements Closeable {
  private final HttpServer server;
  private final ExecutorService threads;

  private StorageRegistry(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts with a storage directory, a free port of 127.0.0.1 and no users.
   *
   * @param storage the directory that holds {@code docker/registry/v2}; it may come later
   */
  public static Builder serving(Path storage) {
    return new Builder(storage);
  }

  /**
   * Starts with what a distribution {@code config.yml} says: the port of {@code http.addr}, {@code
   * storage.filesystem.rootdirectory}, {@code auth.htpasswd.path}, {@code http.tls.certificate} and
   * {@code http.tls.key}. Other settings have no effect. The file is read line by line, not as
   * YAML: block mappings and plain or quoted values only.
   *
   * @param root the directory that stands for the host's {@code /}
   * @param config the absolute path of the file on that host
   * @throws UncheckedIOException if the file cannot be read
   * @throws IllegalArgumentException if it asks for another storage than the file system's
   */
  public static Builder configured(Path root, CharSequence config) {
    Path file = HostPaths.resolve(root, config.toString());
    RegistryConfig values;
    try {
      values = RegistryConfig.parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the registry's configuration " + file, e);
    }
    String storage =
        values
            .get("storage.filesystem.rootdirectory")
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        file + ": storage.filesystem.rootdirectory is missing"));
    Builder builder = new Builder(HostPaths.resolve(root, storage)).port(values.port());
    values
        .get("auth.htpasswd.path")
        .ifPresent(path -> builder.htpasswd(HostPaths.resolve(root, path)));
    values
        .get("http.tls.certificate")
        .ifPresent(
            path ->
                builder.tls(
                    HostPaths.resolve(root, path),
                    HostPaths.resolve(root, values.get("http.tls.key").orElse(path))));
    return builder;
  }

  /** The base of its URLs, for example {@code http://127.0.0.11:5000}. */
  public URI uri() {
    InetSocketAddress address = server.getAddress();
    String scheme = server instanceof HttpsServer ? "https://" : "http://";
    return URI.create(scheme + address.getAddress().getHostAddress() + ":" + address.getPort());
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Stops listening and cuts every connection. May be called again. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Collects the values of a {@link StorageRegistry}. Not thread-safe. */
  public static final class Builder {
    private final Path storage;
    private String address = "127.0.0.1";
    private int port;
    private @Nullable Path htpasswd;
    private @Nullable Path certificate;
    private @Nullable Path key;

    private Builder(Path storage) {
      this.storage = storage;
    }

    /** The address to listen on, an IP literal. */
    public Builder address(CharSequence address) {
      this.address = address.toString();
      return this;
    }

    /** The port to listen on; 0 takes a free one. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /**
     * A file of users with bcrypt passwords, read anew for each request; while it is missing nobody
     * is let in.
     */
    public Builder htpasswd(Path file) {
      this.htpasswd = file;
      return this;
    }

    /** Serves TLS with a certificate and its key, both in PEM, also in one file; read at start. */
    public Builder tls(Path certificate, Path key) {
      this.certificate = certificate;
      this.key = key;
      return this;
    }

    /**
     * Starts the registry.
     *
     * @throws UncheckedIOException if it cannot listen there
     */
    public StorageRegistry start() {
      AtomicInteger count = new AtomicInteger();
      ExecutorService threads =
          Executors.newCachedThreadPool(
              work -> {
                Thread thread =
                    new Thread(work, "storage-registry-" + address + "-" + count.incrementAndGet());
                thread.setDaemon(true);
                return thread;
              });
      try {
        HttpServer server = listen();
        Htpasswd users = htpasswd == null ? null : new Htpasswd(htpasswd);
        server.createContext("/", new RegistryRequests(new StorageTree(storage), users));
        server.setExecutor(threads);
        // The server's own thread takes after the thread that starts it: a daemon here.
        threads.submit(server::start).get();
        return new StorageRegistry(server, threads);
      } catch (IOException e) {
        threads.shutdownNow();
        throw new UncheckedIOException("cannot listen on " + address + ":" + port, e);
      } catch (InterruptedException e) {
        threads.shutdownNow();
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while the registry started", e);
      } catch (java.util.concurrent.ExecutionException e) {
        threads.shutdownNow();
        throw new IllegalStateException("the registry did not start", e);
      }
    }

    private HttpServer listen() throws IOException {
      InetSocketAddress socket = new InetSocketAddress(InetAddresses.forString(address), port);
      if (certificate == null || key == null) {
        return HttpServer.create(socket, 0);
      }
      SSLContext tls = PemTls.serving(certificate, key);
      HttpsServer server = HttpsServer.create(socket, 0);
      server.setHttpsConfigurator(new HttpsConfigurator(tls));
      return server;
    }
  }
}
