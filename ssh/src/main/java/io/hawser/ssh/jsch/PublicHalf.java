package io.hawser.ssh.jsch;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECPoint;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Computes the public half of a private key that comes without it; the JDK has no call for that.
 * What comes out is tried by a signature before it is used.
 */
final class PublicHalf {
  private static final BigInteger THREE = BigInteger.valueOf(3);
  private static final BigInteger P =
      BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19)); // of Curve25519
  private static final BigInteger D =
      BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);
  private static final ECPoint BASE =
      new ECPoint(
          new BigInteger("216936D3CD6E53FEC0A4E231FDD6DC5C692CC7609525A7B2C9562D608F25D51A", 16),
          new BigInteger("6666666666666666666666666666666666666666666666666666666666666658", 16));

  private PublicHalf() {}

  /** The point of an EC key. */
  static ECPoint of(ECPrivateKey key) {
    BigInteger p = ((ECFieldFp) key.getParams().getCurve().getField()).getP();
    BigInteger a = key.getParams().getCurve().getA();
    BigInteger secret = key.getS();
    @Nullable ECPoint sum = null;
    for (int i = secret.bitLength() - 1; i >= 0; i--) {
      sum = sum == null ? null : add(sum, sum, a, p);
      if (secret.testBit(i)) {
        ECPoint base = key.getParams().getGenerator();
        sum = sum == null ? base : add(sum, base, a, p);
      }
    }
    if (sum == null) {
      throw new IllegalArgumentException("the key is zero");
    }
    return sum;
  }

  private static ECPoint add(ECPoint one, ECPoint other, BigInteger a, BigInteger p) {
    BigInteger x = one.getAffineX();
    BigInteger y = one.getAffineY();
    BigInteger slope;
    if (one.equals(other)) {
      BigInteger rise = x.pow(2).multiply(THREE).add(a);
      slope = rise.multiply(y.shiftLeft(1).modInverse(p)).mod(p);
    } else {
      BigInteger run = other.getAffineX().subtract(x);
      slope = other.getAffineY().subtract(y).multiply(run.modInverse(p)).mod(p);
    }
    BigInteger sum = slope.pow(2).subtract(x).subtract(other.getAffineX()).mod(p);
    return new ECPoint(sum, slope.multiply(x.subtract(sum)).subtract(y).mod(p));
  }

  /** The public key of an Ed25519 seed, as RFC 8032 says. */
  static byte[] ofEd25519(byte[] seed) throws GeneralSecurityException {
    byte[] hash = Arrays.copyOf(MessageDigest.getInstance("SHA-512").digest(seed), 32);
    hash[0] &= (byte) 0xf8;
    hash[31] &= 0x7f;
    hash[31] |= 0x40;
    BigInteger secret = new BigInteger(1, reversed(hash));
    ECPoint sum = new ECPoint(BigInteger.ZERO, BigInteger.ONE);
    for (int i = secret.bitLength() - 1; i >= 0; i--) {
      sum = addOnEdwards(sum, sum);
      sum = secret.testBit(i) ? addOnEdwards(sum, BASE) : sum;
    }
    byte[] y = sum.getAffineY().toByteArray();
    byte[] encoded = Arrays.copyOf(reversed(y), 32);
    encoded[31] |= (byte) (sum.getAffineX().testBit(0) ? 0x80 : 0);
    return encoded;
  }

  private static ECPoint addOnEdwards(ECPoint one, ECPoint other) {
    BigInteger x1 = one.getAffineX();
    BigInteger y1 = one.getAffineY();
    BigInteger x2 = other.getAffineX();
    BigInteger y2 = other.getAffineY();
    BigInteger product = D.multiply(x1).multiply(x2).multiply(y1).multiply(y2).mod(P);
    BigInteger x =
        x1.multiply(y2)
            .add(x2.multiply(y1))
            .multiply(BigInteger.ONE.add(product).modInverse(P))
            .mod(P);
    BigInteger y =
        y1.multiply(y2)
            .add(x1.multiply(x2))
            .multiply(BigInteger.ONE.subtract(product).modInverse(P))
            .mod(P);
    return new ECPoint(x, y);
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] copy = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      copy[i] = bytes[bytes.length - 1 - i];
    }
    return copy;
  }
}
