package io.hawser.ssh.mock;

import com.google.common.collect.ImmutableList;
import io.hawser.Secret;
import io.hawser.ssh.Command;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One call of the agent in memory: what it was given, and the lines it answers. */
final class AgentCall {
  private final MemoryHost host;
  private final Command command;
  private final List<String> words;
  private final StringBuilder answer = new StringBuilder();

  AgentCall(MemoryHost host, Command command) {
    this.host = host;
    this.command = command;
    this.words = command.words();
    if (words.size() < 3) {
      throw new AgentFailure("usage: hawser-agent VERB ROOT STATE [ARGUMENT ...]");
    }
  }

  MemoryHost host() {
    return host;
  }

  MemoryFiles files() {
    return host.files();
  }

  String verb() {
    return words.get(0);
  }

  String root() {
    return words.get(1);
  }

  /** The generation of the lock under which it is made; empty without one. */
  String lock() {
    Secret generation = command.env().get("HAWSER_LOCK");
    return generation == null ? "" : generation.reveal();
  }

  /** The state directory as the system sees it. */
  String state() {
    return below(words.get(2));
  }

  /** An argument of the verb, counted from 0. */
  String argument(int index) {
    if (words.size() <= index + 3) {
      throw new AgentFailure(verb() + ": argument " + (index + 1) + " is missing");
    }
    return AgentFields.text(words.get(index + 3));
  }

  /** How many arguments the verb was given. */
  int arguments() {
    return words.size() - 3;
  }

  /** Whether a word stands among the arguments. */
  boolean hasOption(String word) {
    return words.subList(3, words.size()).contains(word);
  }

  /** A path of the host as the system sees it. */
  String below(String path) {
    String closed = path + "/";
    if (!path.startsWith("/") || closed.contains("/../") || closed.contains("/./")) {
      throw new AgentFailure("not a plain absolute path: " + path);
    }
    return root() + path;
  }

  /** All of standard input. */
  byte[] input() {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try {
      if (command.input().isPresent()) {
        command.input().get().writeTo(read);
      }
    } catch (IOException e) {
      // A host sees a stream that ends in the middle.
      throw new AgentFailure("the input is cut: " + e.getMessage());
    }
    return read.toByteArray();
  }

  /** The lines of standard input as fields, still encoded. */
  List<List<String>> lines() {
    return new String(input(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isEmpty())
        .map(AgentFields::split)
        .collect(ImmutableList.toImmutableList());
  }

  /** Adds a line to the answer. */
  void say(String line) {
    answer.append(line).append('\n');
  }

  Answer answer() {
    return Answer.exited(0, answer + "end\n", "");
  }
}
