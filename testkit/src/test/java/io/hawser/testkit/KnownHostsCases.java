package io.hawser.testkit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Contents of known_hosts files for the server at name NAME, address ADDR. KEY is its key, OTHER
 * one of the same type, RSA and EC are of other types, CA signs its certificates, CA2 does not, and
 * CERT is its certificate. A line with four dashes begins a second file.
 */
final class KnownHostsCases {
  private final String name;
  private final String address;
  private final Map<String, String> cases = new LinkedHashMap<>();

  private KnownHostsCases(String name, String address) {
    this.name = name;
    this.address = address;
  }

  static Map<String, String> plain(String name, String address) {
    KnownHostsCases all = new KnownHostsCases(name, address);
    all.names();
    all.hashes();
    all.otherKeys();
    all.shapes();
    all.revoked();
    return all.cases;
  }

  static Map<String, String> certificates(String name, String address) {
    KnownHostsCases all = new KnownHostsCases(name, address);
    all.authorities();
    return all.cases;
  }

  private void names() {
    add("nothing", "");
    add("the key", "NAME KEY\n");
    add("another key", "NAME OTHER\n");
    add("the bare address", "ADDR KEY\n");
    add("the bare address with another key", "ADDR OTHER\n");
    add("another port", "[ADDR]:1 KEY\n");
    add("a name that ends alike", "1ADDR KEY\n[1ADDR]:PORT KEY\n");
    add("brackets without a port", "[ADDR] KEY\n");
    add("a list", "a,NAME,b KEY\n");
    add("a list without it", "a,b,[ADDR]:2 KEY\n");
    add("a list with an empty part", ",NAME, KEY\n");
    add("a list with a blank", "a, NAME KEY\n");
    add("everything", "* KEY\n");
    add("everything with another key", "* OTHER\n");
    add("a star within", "[127.*]:PORT KEY\n");
    add("a star for the port", "[ADDR]:* KEY\n");
    add("a star of the bare address", "127.0.* KEY\n");
    add("two stars", "*127*PORT KEY\n");
    add("a question mark", "[127.0.0.??]:PORT KEY\n");
    add("too few question marks", "[127.0.0.?]:PORT KEY\n");
    add("a dot is a dot", "[127x0x0xx]:PORT KEY\n");
    add("an exception", "*,!NAME KEY\n");
    add("an exception first", "!NAME,* KEY\n");
    add("an exception of something else", "*,!10.* KEY\n");
    add("only an exception", "!10.0.0.1 KEY\n");
    add("an exception of the bare address", "*,!ADDR KEY\n");
    add("an exception of both", "*,!ADDR,!NAME KEY\n");
    add("regular expressions are none", "\\Q127.0.0.\\E.* KEY\n[127.0.0.[0-9]+]:PORT KEY\n");
    add("upper case pattern", "X,NAME,Y.EXAMPLE KEY\n");
  }

  private void hashes() {
    add("hashed", hash(name) + " KEY\n");
    add("hashed with another key", hash(name) + " OTHER\n");
    add("hashed bare address", hash(address) + " KEY\n");
    add("hashed other name", hash("[" + address + "]:3") + " KEY\n");
    add("hashed in a list", "a," + hash(name) + " KEY\n");
    add("list behind a hash", hash(name) + ",a KEY\n");
    add("hashed and plain", hash(name) + " OTHER\nNAME KEY\n");
    add("cut hash", hash(name).substring(0, 40) + " KEY\n");
    add("hash of another kind", hash(name).replace("|1|", "|2|") + " KEY\n");
    add("hash that is no base64", "|1|%%%|%%% KEY\n");
    add("cut hash before the key", "|1|abc KEY\nNAME KEY\n");
  }

  private void otherKeys() {
    add("a key of another type", "NAME RSA\n");
    add("keys of two other types", "NAME RSA\nNAME EC\n");
    add("its key after others", "NAME RSA\nNAME OTHER\nNAME KEY\n");
    add("its key before others", "NAME KEY\nNAME OTHER\n");
    add("twice", "NAME KEY\nNAME KEY\n");
    add("other type for all hosts", "* RSA\nNAME KEY\n");
    add("another key for the port, its own for the address", "NAME OTHER\nADDR KEY\n");
    add("another type for the port, its own for the address", "NAME RSA\nADDR KEY\n");
    add("its key for the port, another for the address", "NAME KEY\nADDR OTHER\n");
    add("in the second file", "a OTHER\n----\nNAME KEY\n");
    add("another key in the first file", "NAME OTHER\n----\nNAME KEY\n");
    add("another key in the second file", "NAME KEY\n----\nNAME OTHER\n");
  }

  private void shapes() {
    add("CR LF", "NAME KEY\r\n");
    add("CR LF and a comment", "# hello\r\n\r\nNAME KEY me\r\n");
    add("no last line end", "NAME KEY");
    add("no last line end and another host", "10.0.0.1 OTHER");
    add("comment", "NAME KEY some comment here\n");
    add("commented out", "# NAME KEY\n");
    add("commented out behind blanks", "  \t#NAME KEY\n");
    add("blanks before", " \t NAME KEY\n");
    add("tabs between", "NAME\tKEY\n");
    add("many blanks between", "NAME    KEY\n");
    add("blank lines", "\n\n   \nNAME KEY\n\n");
    add("only a name", "NAME\nNAME KEY\n");
    add("name and type", "NAME ssh-ed25519\n");
    add("no base64", "NAME ssh-ed25519 %%%\n");
    add("no base64 before the key", "NAME ssh-ed25519 %%%\nNAME KEY\n");
    add("cut key", "NAME CUT\n");
    add("unknown type", "NAME ssh-magic AAAAC3NzaC1lZDI1NTE5AAAAIA==\n");
    add("type that is not the key's", "NAME ecdsa-sha2-nistp256 BASE64\n");
    add("key of version 1", "NAME 1024 35 1234567890\nNAME KEY\n");
    add("binary rubbish", "\u0000\u0001\u00ff\nNAME KEY\n");
    add("a long line before", "x".repeat(9000) + "\nNAME KEY\n");
    add("a certificate as a key", "NAME CERT\n");
  }

  private void revoked() {
    add("revoked", "@revoked NAME KEY\n");
    add("revoked everywhere", "@revoked * KEY\nNAME KEY\n");
    add("revoked after it", "NAME KEY\n@revoked NAME KEY\n");
    add("revoked hashed", "NAME KEY\n@revoked " + hash(name) + " KEY\n");
    add("revoked for another host", "NAME KEY\n@revoked 10.0.0.1 KEY\n");
    add("revoked except here", "NAME KEY\n@revoked *,!NAME,!ADDR KEY\n");
    add("another key revoked", "NAME KEY\n@revoked * OTHER\n");
    add("only another key revoked", "@revoked NAME OTHER\n");
    add("revoked for the bare address", "NAME KEY\n@revoked ADDR KEY\n");
    add("revoked for the bare address only", "@revoked ADDR KEY\n");
    add("revoked in the second file", "NAME KEY\n----\n@revoked * KEY\n");
    add("revoked with CR LF", "NAME KEY\r\n@revoked * KEY\r\n");
    add("revoked with a tab", "NAME KEY\n@revoked\tNAME KEY\n");
    add("unknown marker", "@trusted NAME KEY\n");
    add("two markers", "@revoked @cert-authority NAME KEY\n");
    add("an authority as a key", "@cert-authority NAME KEY\n");
  }

  private void authorities() {
    add("no authority", "");
    add("authority", "@cert-authority NAME CA\n");
    add("authority for all", "@cert-authority * CA\n");
    add("authority by pattern", "@cert-authority [127.0.0.*]:* CA\n");
    add("authority for the bare address", "@cert-authority ADDR CA\n");
    add("authority hashed", "@cert-authority " + hash(name) + " CA\n");
    add("authority in a list", "@cert-authority a,NAME CA comment\r\n");
    add("authority except here", "@cert-authority *,!NAME,!ADDR CA\n");
    add("authority for another host", "@cert-authority 10.0.0.1 CA\n");
    add("authority of others", "@cert-authority * CA2\n");
    add("two authorities", "@cert-authority * CA2\n@cert-authority * CA\n");
    add("authority without its marker", "NAME CA\n");
    add("authority and its key", "@cert-authority * CA\nNAME KEY\n");
    add("authority and another key", "@cert-authority * CA\nNAME OTHER\n");
    add("other authority and its key", "@cert-authority * CA2\nNAME KEY\n");
    add("other authority and another key", "@cert-authority * CA2\nNAME OTHER\n");
    add("revoked authority", "@cert-authority * CA\n@revoked * CA\n");
    add("revoked authority, known key", "@revoked * CA\nNAME KEY\n");
    add("revoked other authority", "@cert-authority * CA\n@revoked * CA2\n");
    add("revoked key, good authority", "@cert-authority * CA\n@revoked * KEY\n");
    add("revoked certificate", "@cert-authority * CA\n@revoked * CERT\n");
    add("only its key", "NAME KEY\n");
    add("only another key", "NAME OTHER\n");
  }

  private void add(String what, String text) {
    String real = text.replace("NAME", name).replace("[ADDR]:PORT", name).replace("ADDR", address);
    cases.put(what, real.replace("PORT", name.substring(name.lastIndexOf(':') + 1)));
  }

  private static String hash(String name) {
    byte[] salt = new byte[20];
    salt[3] = 7;
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(salt, "HmacSHA1"));
      byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
      Base64.Encoder base64 = Base64.getEncoder();
      return "|1|" + base64.encodeToString(salt) + "|" + base64.encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
