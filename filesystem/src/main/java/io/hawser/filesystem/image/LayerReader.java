package io.hawser.filesystem.image;

import com.google.common.hash.Hashing;
import com.google.common.hash.HashingInputStream;
import com.google.common.io.ByteStreams;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.jspecify.annotations.Nullable;

/**
 * Reads the layers of one image in their order, within its limits, and proves their digests. What
 * it reads is judged entry by entry; memory does not grow with the layer.
 */
final class LayerReader {
  private final ImageLimits limits;
  private long entries;
  private long bytes;

  LayerReader(ImageLimits limits) {
    this.limits = limits;
  }

  /** The bytes of all layers that were read, unpacked. */
  long bytes() {
    return bytes;
  }

  /**
   * Reads a layer.
   *
   * @throws MalformedImage naming layer and entry, if its digests are not what they should be, an
   *     entry must not be unpacked, or a limit is passed
   */
  void read(Layer layer, LayerTarget target) throws IOException {
    try (HashingInputStream packed =
            new HashingInputStream(Hashing.sha256(), layer.section().open());
        BufferedInputStream buffered = Compression.buffered(packed)) {
      IOException failure = null;
      String unpacked = "";
      try {
        unpacked = unpack(layer, buffered, target);
      } catch (ClosedByInterruptException e) {
        throw e;
      } catch (IOException e) {
        failure = e;
      }
      // Damage is reported as such, not as whatever the damaged bytes looked like.
      ByteStreams.exhaust(buffered);
      prove(layer.digest(), packed.hash().toString());
      if (failure != null) {
        throw failure;
      }
      prove(layer.unpackedDigest(), unpacked);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw new MalformedImage(layer + ": " + e.getMessage(), e);
    }
  }

  private static void prove(@Nullable String wanted, String actual) throws MalformedImage {
    if (wanted != null && !wanted.equals(actual)) {
      throw new MalformedImage(
          "it is damaged: its digest is sha256:"
              + actual
              + ", and not sha256:"
              + wanted
              + "; copy the archive anew");
    }
  }

  private String unpack(Layer layer, BufferedInputStream buffered, LayerTarget target)
      throws IOException {
    HashingInputStream hashing =
        new HashingInputStream(Hashing.sha256(), Compression.unpacked(buffered));
    UnpackedInput in =
        new UnpackedInput(hashing, layer.section().size(), limits.bytes() - bytes, limits);
    TarEntries tar = new TarEntries(in);
    while (true) {
      in.headersBegin();
      TarArchiveEntry header = tar.next();
      in.headersEnd();
      if (header == null) {
        break;
      }
      if (++entries > limits.entries()) {
        throw new MalformedImage(
            "the image has more than " + limits.entries() + " entries; raise ImageLimits");
      }
      LayerEntry entry = LayerEntry.of(header);
      if (entry != null) {
        target.place(entry, tar);
      }
      ByteStreams.exhaust(tar);
    }
    ByteStreams.exhaust(in);
    bytes += in.count();
    return hashing.hash().toString();
  }
}
