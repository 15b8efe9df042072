package dev.plimsoll.catalog.source;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.Dns;

/**
 * Which addresses a catalog may be fetched from. Its URL comes from a repository's configuration, so that without a bound it could read what
 * only the server's own network may: metadata services, admin pages, other people's stores.
 *
 * <p>It decides on the addresses that a name resolves to and that the connection then uses, so that a name cannot change its meaning between
 * the two.
 */
final class AddressPolicy implements Dns {

  /** The name resolves to an address that may not be asked. */
  static final class Refused extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    Refused(String host) {
      super(
          "the host " + host
              + " has an address that is private to this network; the server's operator must allow such addresses");
    }
  }

  private final Dns names;
  private final boolean allowPrivate;

  AddressPolicy(Dns names, boolean allowPrivate) {
    this.names = names;
    this.allowPrivate = allowPrivate;
  }

  @Override
  public List<InetAddress> lookup(String host) throws UnknownHostException {
    List<InetAddress> addresses = names.lookup(host);
    if (!allowPrivate && !addresses.stream().allMatch(AddressPolicy::isPublic)) {
      throw new Refused(host);
    }
    return addresses;
  }

  /** True only for addresses of the open Internet. */
  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    return switch (address) {
      case Inet4Address v4 -> isPublic(v4.getAddress(), 0);
      case Inet6Address v6 -> isPublicV6(v6.getAddress());
      default -> false;
    };
  }

  /** The ranges of the IANA special-purpose registries that the JDK's own tests leave out. */
  private static boolean isPublic(byte[] bytes, int from) {
    int a = bytes[from] & 0xff;
    int b = bytes[from + 1] & 0xff;
    int c = bytes[from + 2] & 0xff;
    boolean reserved = a == 0
        || a == 10
        || a == 127
        || a >= 224
        || (a == 100 && b >= 64 && b < 128)
        || (a == 169 && b == 254)
        || (a == 172 && b >= 16 && b < 32)
        || (a == 192 && b == 168)
        || (a == 192 && b == 0 && (c == 0 || c == 2))
        || (a == 198 && (b == 18 || b == 19))
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113);
    return !reserved;
  }

  private static boolean isPublicV6(byte[] bytes) {
    boolean global = (bytes[0] & 0xe0) == 0x20;
    boolean nat64 =
        bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b;
    boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
    boolean teredo = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0;
    boolean documentation =
        bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0d && (bytes[3] & 0xff) == 0xb8;
    if (nat64) {
      return isPublic(bytes, 12);
    }
    return global && !teredo && !documentation && (!sixToFour || isPublic(bytes, 2));
  }
}
