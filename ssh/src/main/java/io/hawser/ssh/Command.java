package io.hawser.ssh;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.hawser.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A program with its arguments, or a script, to be run on a host. An immutable value: every {@code
 * with} method returns a new one.
 *
 * <p>Arguments arrive exactly as given, whatever the login shell. Environment, script text and
 * standard input travel inside the SSH channel, so they never stand in an argument list; arguments
 * do, so a secret must not be one. {@code toString()} shows program and arguments only.
 *
 * <p>On the host it runs in the login directory, in the locale {@code C} unless its environment
 * sets {@code LC_ALL}, with the umask 022, without a terminal, and in a session of its own. {@code
 * HAWSER_COMMAND}, a random word, stands in its environment, so that its processes can be told.
 */
public final class Command {
  /** How long a command may run when nothing else is said. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

  /** How much of each output stream is kept when nothing else is said: 1 MiB. */
  public static final int DEFAULT_CAPTURE = 1 << 20;

  private final @Nullable Script script;
  private final ImmutableList<String> words;
  private final ImmutableMap<String, Secret> env;
  private final @Nullable String directory;
  private final @Nullable Input input;
  private final Duration timeout;
  private final @Nullable Duration idleTimeout;
  private final int capture;
  private final boolean root;
  private final boolean lasting;

  private Command(
      @Nullable Script script,
      ImmutableList<String> words,
      ImmutableMap<String, Secret> env,
      @Nullable String directory,
      @Nullable Input input,
      Duration timeout,
      @Nullable Duration idleTimeout,
      int capture,
      boolean root,
      boolean lasting) {
    this.script = script;
    this.words = words;
    this.env = env;
    this.directory = directory;
    this.input = input;
    this.timeout = timeout;
    this.idleTimeout = idleTimeout;
    this.capture = capture;
    this.root = root;
    this.lasting = lasting;
  }

  /** A program, found on the host's PATH, and its arguments. */
  public static Command of(CharSequence program, CharSequence... arguments) {
    List<CharSequence> words = new ArrayList<>();
    words.add(program);
    words.addAll(List.of(arguments));
    return of(words);
  }

  /** A program and its arguments as one list. */
  public static Command of(Collection<? extends CharSequence> words) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a command needs a program");
    }
    return make(null, words);
  }

  /** A script with its arguments. */
  public static Command script(Script script, CharSequence... arguments) {
    return script(script, List.of(arguments));
  }

  /** A script with its arguments as one list. */
  public static Command script(Script script, Collection<? extends CharSequence> arguments) {
    return make(script, arguments);
  }

  private static Command make(@Nullable Script script, Collection<? extends CharSequence> words) {
    ImmutableList.Builder<String> copy = ImmutableList.builder();
    // Groovy hands over GStrings inside collections: take every element as text.
    for (Object word : words) {
      copy.add(checked("argument", String.valueOf(word)));
    }
    return new Command(
        script,
        copy.build(),
        ImmutableMap.of(),
        null,
        null,
        DEFAULT_TIMEOUT,
        null,
        DEFAULT_CAPTURE,
        true,
        false);
  }

  private static String checked(String what, String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(what + " holds a NUL, which no program can be given");
    }
    return text;
  }

  /** With further environment; values arrive byte for byte and may be secrets. */
  public Command withEnv(Map<String, ?> values) {
    ImmutableMap.Builder<String, Secret> merged = ImmutableMap.builder();
    merged.putAll(env);
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      String name = String.valueOf(entry.getKey());
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        throw new IllegalArgumentException(
            "\"" + name + "\" is no name of an environment variable");
      }
      Object value = entry.getValue();
      String text = value instanceof Secret secret ? secret.reveal() : String.valueOf(value);
      merged.put(name, Secret.of(checked("the value of " + name, text)));
    }
    return new Command(
        script,
        words,
        merged.buildKeepingLast(),
        directory,
        input,
        timeout,
        idleTimeout,
        capture,
        root,
        lasting);
  }

  /** In a directory of the host; when it cannot be entered the command is not run (exit 126). */
  public Command withDirectory(CharSequence absolutePath) {
    String path = checked("directory", absolutePath.toString());
    return new Command(
        script, words, env, path, input, timeout, idleTimeout, capture, root, lasting);
  }

  /** With standard input; without it the command reads an end of file at once. */
  public Command withInput(Input source) {
    return new Command(
        script, words, env, directory, source, timeout, idleTimeout, capture, root, lasting);
  }

  /** With a text, as UTF-8, on standard input. */
  public Command withInput(CharSequence text) {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return withInput(stream -> stream.write(bytes));
  }

  /** With a limit on its whole running time, from the call to its end. */
  public Command withTimeout(Duration limit) {
    Duration positive = positive("time limit", limit);
    return new Command(
        script, words, env, directory, input, positive, idleTimeout, capture, root, lasting);
  }

  /** With a limit on how long it may print nothing at all; none by default. */
  public Command withIdleTimeout(Duration limit) {
    Duration positive = positive("idle limit", limit);
    return new Command(
        script, words, env, directory, input, timeout, positive, capture, root, lasting);
  }

  private static Duration positive(String what, Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("the " + what + " " + limit + " is not more than zero");
    }
    return limit;
  }

  /** With a limit on how many bytes of each output stream are kept. */
  public Command withCapture(int bytes) {
    return new Command(
        script, words, env, directory, input, timeout, idleTimeout, bytes, root, lasting);
  }

  /** As the login user itself. Otherwise a command runs as root, through sudo where needed. */
  public Command asLoginUser() {
    return new Command(
        script, words, env, directory, input, timeout, idleTimeout, capture, false, lasting);
  }

  /**
   * As one that runs beside others for as long as they do, waiting for what they are told: it takes
   * no turn from them where a host allows only so many commands at once.
   */
  public Command lasting() {
    return new Command(
        script, words, env, directory, input, timeout, idleTimeout, capture, root, true);
  }

  /** The script, if this is one. */
  public Optional<Script> script() {
    return Optional.ofNullable(script);
  }

  /** Program and arguments; of a script the arguments only. */
  public List<String> words() {
    return words;
  }

  /** The environment. */
  public Map<String, Secret> env() {
    return env;
  }

  /** The directory to run in. */
  public Optional<String> directory() {
    return Optional.ofNullable(directory);
  }

  /** What is written to standard input. */
  public Optional<Input> input() {
    return Optional.ofNullable(input);
  }

  /** The limit on the running time. */
  public Duration timeout() {
    return timeout;
  }

  /** The limit on how long it may print nothing, if there is one. */
  public Optional<Duration> idleTimeout() {
    return Optional.ofNullable(idleTimeout);
  }

  /** How many bytes of each output stream are kept. */
  public int capture() {
    return capture;
  }

  /** Whether it runs as root. */
  public boolean asRoot() {
    return root;
  }

  /** Whether it runs beside others and takes no turn from them. */
  public boolean isLasting() {
    return lasting;
  }

  @Override
  public String toString() {
    String head = script == null ? "" : script.name() + (words.isEmpty() ? "" : " ");
    return head + words.stream().map(ShellQuote::forPeople).collect(Collectors.joining(" "));
  }
}
