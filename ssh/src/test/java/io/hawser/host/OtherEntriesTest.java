package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OtherEntriesTest {
  private static final FileTree TREE =
      FileTree.of(List.of(TreeFile.text("d/f", 0644, ""), TreeFile.link("l", "d")));

  private static String sentence(String... paths) {
    OtherEntries others = new OtherEntries(TREE.columns());
    for (String path : paths) {
      others.see(path);
    }
    return others.sentence();
  }

  private static String said(String names, int count) {
    return "not of this tree and left as they are: " + names + " (" + count + " in all)";
  }

  @Test
  @DisplayName("D21 the first three of what others put there are named, all are counted")
  void d21TheFirstThreeAreNamed() {
    assertThat(sentence()).isEmpty();
    assertThat(sentence("x")).isEqualTo(said("x", 1));
    assertThat(sentence("z", "d/y", "x", "a")).isEqualTo(said("a d/y x", 4));
    assertThat(sentence("c", "b", "a")).isEqualTo(said("a b c", 3));
  }

  @Test
  @DisplayName("D21 a directory of others counts as one, with all that is in it")
  void d21WhatLiesInADirectoryOfOthersIsNotCounted() {
    assertThat(sentence("x", "x/y", "x/y/z", "d/x/y")).isEqualTo(said("x", 1));
    assertThat(sentence("l/x", "d/f/x")).as("neither is a directory of the tree").isEmpty();
  }
}
