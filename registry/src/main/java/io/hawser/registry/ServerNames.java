package io.hawser.registry;

import com.google.common.net.InetAddresses;
import io.hawser.cluster.Host;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** By what names a replica is called, as they stand in its certificate. */
final class ServerNames {
  private ServerNames() {}

  /** The host's address, the registry's domain, and the names of the host for itself. */
  static GeneralNames of(Host replica, String domain) {
    Set<String> names = new LinkedHashSet<>();
    // A zone is the business of the host that has it.
    String address = replica.address().replaceFirst("%.*", "");
    names.add(address);
    names.add(domain);
    if (InetAddresses.isInetAddress(address)
        && InetAddresses.forString(address) instanceof Inet6Address six) {
      names.add(MirrorLocation.name(six));
    }
    names.add("localhost");
    names.add("127.0.0.1");
    names.add("::1");
    return new GeneralNames(
        names.stream().map(ServerNames::name).distinct().toArray(GeneralName[]::new));
  }

  private static GeneralName name(String text) {
    if (!InetAddresses.isInetAddress(text)) {
      return new GeneralName(GeneralName.dNSName, text);
    }
    InetAddress address = InetAddresses.forString(text);
    return new GeneralName(GeneralName.iPAddress, new DEROctetString(address.getAddress()));
  }

  /** The value of the extension, as {@code X509Certificate.getExtensionValue} gives it. */
  static byte[] extension(GeneralNames names) {
    try {
      return new DEROctetString(names.getEncoded(ASN1Encoding.DER)).getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("names without an encoding", e);
    }
  }
}
