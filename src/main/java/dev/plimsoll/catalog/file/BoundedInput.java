package dev.plimsoll.catalog.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Gives up when more than a number of bytes come: the end is never seen of what somebody sends without end. */
public final class BoundedInput extends FilterInputStream {

  /** More came than was allowed. */
  public static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge(long limit) {
      super("more than " + limit + " bytes");
    }
  }

  private final long limit;
  private long count;

  public BoundedInput(InputStream in, long limit) {
    super(in);
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    if (value >= 0) {
      count(1);
    }
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    if (read > 0) {
      count(read);
    }
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    long skipped = super.skip(bytes);
    count(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long bytes) throws TooLarge {
    count += bytes;
    if (count > limit) {
      throw new TooLarge(limit);
    }
  }
}
