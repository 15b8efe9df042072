package dev.plimsoll.forge.github;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an app's private key, in the form that GitHub gives it (PKCS#1) and the one that other tools make of it (PKCS#8). */
final class PemKey {

  private static final Pattern FORM = Pattern.compile(
      "-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END (RSA )?PRIVATE KEY-----");

  /** Version 0 and the algorithm rsaEncryption: what stands before the key itself in PKCS#8. */
  private static final byte[] RSA_ALGORITHM = {
    0x02,
    0x01,
    0x00,
    0x30,
    0x0d,
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };

  private PemKey() {}

  static PrivateKey read(String pem) {
    // Environment files often keep the line ends as \n
    Matcher matcher = FORM.matcher(pem.replace("\\n", "\n"));
    if (!matcher.find()) {
      throw new IllegalArgumentException(
          "The GitHub app's private key is not in PEM form (-----BEGIN RSA PRIVATE KEY----- or -----BEGIN PRIVATE KEY-----)");
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(matcher.group(2));
      byte[] pkcs8 = matcher.group(1) == null ? der : wrapped(der);
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The GitHub app's private key cannot be read: it is damaged, or no RSA key");
    }
  }

  private static byte[] wrapped(byte[] pkcs1) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(RSA_ALGORITHM);
    content.writeBytes(element(0x04, pkcs1));
    return element(0x30, content.toByteArray());
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.length;
    if (length < 0x80) {
      out.write(length);
    } else if (length <= 0xff) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
