package io.hawser.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hawser.Secret;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A server that greets one client, tells which algorithms it has, and hears which the client has.
 */
final class KexInitServer implements AutoCloseable {
  /** The lists of a KEXINIT, in their order. */
  enum Kind {
    KEX("curve25519-sha256,kex-strict-s-v00@openssh.com"),
    HOST_KEY("ssh-ed25519"),
    CIPHER_TO_SERVER("aes128-ctr"),
    CIPHER_TO_CLIENT("aes128-ctr"),
    MAC_TO_SERVER("hmac-sha2-256"),
    MAC_TO_CLIENT("hmac-sha2-256"),
    COMPRESSION_TO_SERVER("none"),
    COMPRESSION_TO_CLIENT("none"),
    LANGUAGE_TO_SERVER(""),
    LANGUAGE_TO_CLIENT("");

    private final String good;

    Kind(String good) {
      this.good = good;
    }
  }

  private static final int KEXINIT = 20;

  private final ServerSocket listener;
  private final CompletableFuture<List<String>> heard = new CompletableFuture<>();

  /** Serves in a thread of its own; its lists are good ones except that of one kind. */
  KexInitServer(Kind kind, String algorithms) throws IOException {
    listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(() -> serve(kind, algorithms), "kexinit-server");
    thread.setDaemon(true);
    thread.start();
  }

  Host host() {
    SshAccess access =
        SshAccess.builder().port(listener.getLocalPort()).password(Secret.of("canary")).build();
    return Host.at("127.0.0.1").ssh(access).build();
  }

  /** The client's list of a kind. */
  List<String> offered(Kind kind) throws Exception {
    return List.of(heard.get().get(kind.ordinal()).split(","));
  }

  private void serve(Kind kind, String algorithms) {
    try (Socket socket = listener.accept()) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.write("SSH-2.0-Scripted\r\n".getBytes(US_ASCII));
      send(out, kind, algorithms);
      while (in.read() != '\n') {
        // the client's greeting
      }
      heard.complete(lists(in));
      in.readAllBytes();
    } catch (IOException e) {
      heard.completeExceptionally(e);
    }
  }

  private static List<String> lists(DataInputStream in) throws IOException {
    in.readInt();
    in.readUnsignedByte();
    if (in.readUnsignedByte() != KEXINIT) {
      throw new IOException("the client's first packet is no KEXINIT");
    }
    in.readNBytes(16);
    List<String> lists = new ArrayList<>();
    for (int i = 0; i < Kind.values().length; i++) {
      lists.add(new String(in.readNBytes(in.readInt()), US_ASCII));
    }
    return lists;
  }

  private static void send(DataOutputStream out, Kind kind, String algorithms) throws IOException {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(payload);
    fields.writeByte(KEXINIT);
    fields.write(new byte[16]);
    for (Kind each : Kind.values()) {
      byte[] list = (each == kind ? algorithms : each.good).getBytes(US_ASCII);
      fields.writeInt(list.length);
      fields.write(list);
    }
    fields.writeByte(0);
    fields.writeInt(0);
    int padding = 16 - (payload.size() + 5) % 8; // a multiple of 8 in all, at least 4
    out.writeInt(payload.size() + 1 + padding);
    out.writeByte(padding);
    payload.writeTo(out);
    out.write(new byte[padding]);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
