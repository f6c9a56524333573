package io.hawser.examples.distributor;

import com.google.common.hash.Hashing;
import com.google.common.hash.HashingInputStream;
import io.hawser.host.TreeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Objects under keys, over HTTP as S3 has it: {@code HEAD}, {@code PUT} and {@code GET}. The key of
 * a blob is its SHA-256. Signatures are left out; with S3, {@link #place} would be a presigned URL.
 */
public final class ObjectStore {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int OK = 200;

  private final URI bucket;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  /**
   * A store.
   *
   * @param bucket where the objects are, with a slash at the end
   */
  public ObjectStore(URI bucket) {
    this.bucket = bucket;
  }

  /** Where hosts get the object of a key. */
  URI place(String key) {
    return bucket.resolve(key);
  }

  /**
   * Puts a blob into the store unless it is there.
   *
   * @return whether it is there now; false for one that is not what its name says
   */
  boolean put(TreeFile blob) throws IOException, InterruptedException {
    String key = StoreReplica.digest(blob.path());
    HttpRequest head =
        HttpRequest.newBuilder(place(key)).method("HEAD", BodyPublishers.noBody()).build();
    if (client.send(head, BodyHandlers.discarding()).statusCode() == OK) {
      return true;
    }
    if (!isWhatItSays(blob, key)) {
      return false;
    }
    HttpRequest put = HttpRequest.newBuilder(place(key)).PUT(body(blob)).build();
    int status = client.send(put, BodyHandlers.discarding()).statusCode();
    if (status / 100 != 2) {
      throw new IOException(this + " answered " + status + " to PUT of " + key);
    }
    return true;
  }

  private static boolean isWhatItSays(TreeFile blob, String key) throws IOException {
    try (HashingInputStream in = new HashingInputStream(Hashing.sha256(), blob.open())) {
      in.transferTo(OutputStream.nullOutputStream());
      return in.hash().toString().equals(key);
    }
  }

  private static BodyPublisher body(TreeFile blob) {
    BodyPublisher content = BodyPublishers.ofInputStream(() -> open(blob));
    return blob.size() == 0
        ? BodyPublishers.noBody()
        : BodyPublishers.fromPublisher(content, blob.size());
  }

  private static InputStream open(TreeFile blob) {
    try {
      return blob.open();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + blob.path(), e);
    }
  }

  @Override
  public String toString() {
    return bucket.toString();
  }
}
