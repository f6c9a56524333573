package io.hawser.ssh.hostkey;

import static java.util.stream.Collectors.joining;

import io.hawser.cluster.Host;
import io.hawser.ssh.ShellQuote;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** Why a host's key was refused, in words that say what to do. */
final class HostKeyWords {
  private final Host host;
  private final List<Path> files;

  HostKeyWords(Host host, List<Path> files) {
    this.host = host;
    this.files = files;
  }

  String unreadable() {
    return "its host key is of a kind that Hawser does not know";
  }

  String unusable(String why) {
    return "the known host keys cannot be used: " + why + "; look at " + files();
  }

  String revoked(PublicKeyBlob key) {
    return "its host key "
        + key
        + " is marked @revoked in "
        + files()
        + ": do not trust whoever answers there";
  }

  String weak(PublicKeyBlob key) {
    return "its host key "
        + key
        + " is an RSA key of "
        + key.rsaBits()
        + " bits, and fewer than "
        + PublicKeyBlob.MIN_RSA_BITS
        + " can be forged. Make a new one on the host: ssh-keygen -A makes an Ed25519 key where"
        + " there is none";
  }

  String unknown(PublicKeyBlob key) {
    String portOption = host.ssh().port() == 22 ? "" : "-p " + host.ssh().port() + " ";
    return "its host key "
        + key
        + " is not in "
        + files()
        + ". Compare it with what \"ssh-keygen -lf /etc/ssh/ssh_host_"
        + key.type().replaceAll("ssh-|-sha2.*", "")
        + "_key.pub\" prints on the host, then run: ssh-keyscan "
        + portOption
        + host.address()
        + " >> "
        + firstFile()
        + "; or let new keys be learned with HostKeyPolicy.acceptNew (--accept-new-host-keys)";
  }

  String changed(String name, PublicKeyBlob key) {
    return "its host key HAS CHANGED: it shows "
        + key
        + ", which is none of those known in "
        + files()
        + ". Either somebody sits in between, or the host was set up anew. Nothing was sent to it."
        + " If it was set up anew: ssh-keygen -f "
        + firstFile()
        + " -R "
        + ShellQuote.forPeople(name)
        + ", then add the new key";
  }

  String notPinned(Collection<PublicKeyBlob> shown) {
    return "its host key is none of those pinned for it ("
        + String.join(", ", host.ssh().hostKeys())
        + "): it shows "
        + shown.stream().map(PublicKeyBlob::toString).collect(joining(", "))
        + ". Either somebody sits in between, or the host was set up anew. Nothing was sent to it."
        + " If it was set up anew, pin what \"ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub\" prints"
        + " on the host";
  }

  String certificate(String why) {
    return "its host certificate is not trusted: "
        + why
        + ". The authorities that may sign it are"
        + " the @cert-authority lines of "
        + files();
  }

  private String firstFile() {
    return files.isEmpty() ? "known_hosts" : ShellQuote.forPeople(files.get(0).toString());
  }

  String files() {
    return files.isEmpty()
        ? "any known_hosts file (none is named)"
        : files.stream().map(Path::toString).collect(joining(" or "));
  }
}
