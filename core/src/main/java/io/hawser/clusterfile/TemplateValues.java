package io.hawser.clusterfile;

import com.google.common.collect.ImmutableList;
import io.hawser.clusterfile.yaml.Position;
import java.io.File;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What becomes {@code .Values} of a Clusterfile that is a template: files and texts one over the
 * other, then what is set one by one. Mappings are merged key by key, all else is replaced.
 */
final class TemplateValues {
  /** A directory of one letter is a drive of Windows. */
  private static final Pattern URL_START = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):/+([^/?#]*)");

  private static final TemplateValues NONE = new TemplateValues(List.of(), List.of());

  private final ImmutableList<Source> sources;
  private final ImmutableList<SetPair> pairs;

  private TemplateValues(List<Source> sources, List<SetPair> pairs) {
    this.sources = ImmutableList.copyOf(sources);
    this.pairs = ImmutableList.copyOf(pairs);
  }

  static TemplateValues none() {
    return NONE;
  }

  TemplateValues with(Collection<?> items) {
    List<Source> all = new ArrayList<>(sources);
    items.forEach(item -> all.add(Source.of(item, all.size() + 1)));
    return new TemplateValues(all, pairs);
  }

  TemplateValues with(Collection<? extends CharSequence> texts, boolean typed) {
    List<SetPair> all = new ArrayList<>(pairs);
    texts.forEach(text -> all.addAll(SetPair.parse(text, typed)));
    return new TemplateValues(sources, all);
  }

  /**
   * One of the sources: a file, a text, or data.
   *
   * @param name in messages
   */
  private record Source(
      String name, @Nullable Path file, @Nullable String text, @Nullable Map<?, ?> data) {

    private static Source of(Object item, int number) {
      String name = "values " + number;
      if (item instanceof byte[] bytes) {
        return new Source(name, null, decoded(bytes, name), null);
      } else if (item instanceof Map<?, ?> data) {
        return new Source(name, null, null, ValueTrees.copy(data));
      } else if (item instanceof URL || item instanceof URI || item instanceof CharSequence) {
        refuseUrl(item.toString());
        return file(Path.of(item.toString()));
      } else if (item instanceof Path || item instanceof File) {
        refuseUrl(item.toString());
        return file(item instanceof File file ? file.toPath() : (Path) item);
      }
      throw new IllegalArgumentException(
          "values are a Path, the name of a file, the bytes of a YAML text, or a Map");
    }

    private static Source file(Path file) {
      return new Source(file.toString(), file, null, null);
    }

    private static String decoded(byte[] bytes, String name) {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        throw new IllegalArgumentException(name + " are not UTF-8", e);
      }
    }

    /** What the address says beside the host may be a secret. */
    private static void refuseUrl(String text) {
      Matcher url = URL_START.matcher(text);
      if (url.lookingAt()) {
        String host = url.group(2).replaceFirst(".*@", "");
        throw new IllegalArgumentException(
            "values "
                + url.group(1)
                + "://"
                + host
                + "…: nothing is fetched; give a file, or the bytes");
      }
    }

    private Map<String, @Nullable Object> load(Problems problems) {
      if (data != null) {
        return ValueTrees.copy(data);
      }
      Problems own = problems.in(name);
      String yaml = file == null ? text : ClusterfileText.read(file, own);
      return ValuesText.read(yaml == null ? "" : yaml, own);
    }
  }

  /** All of them; what is wrong with one is a problem. */
  Map<String, @Nullable Object> load(Problems problems) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Source source : sources) {
      ValueTrees.merge(values, source.load(problems));
    }
    for (SetPair pair : pairs) {
      try {
        ValueTrees.set(values, pair);
      } catch (IllegalArgumentException e) {
        String why = String.valueOf(e.getMessage());
        problems.in("set").add(Position.WHOLE_FILE, pair.key(), why);
      }
    }
    return values;
  }
}
