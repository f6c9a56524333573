package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Secret;
import org.junit.jupiter.api.Test;

class HtpasswdTest {
  private static RegistrySettings login(String user, String password) {
    return new RegistrySettings(
        RegistryMode.SAFE, "hub", 5000, user, Secret.of(password), "/c", "/d");
  }

  private static Secret file(String user, String password) {
    return Htpasswd.of(login(user, password), new byte[Htpasswd.SALT_BYTES]);
  }

  @Test
  void whoWasAdmittedBeforeStaysBehindTheNewOne() {
    Secret there = Secret.of(file("a", "1").reveal() + file("b", "2").reveal());
    Secret both = Htpasswd.withOthers(file("c", "3"), there);
    assertThat(both.reveal().lines().map(line -> line.split(":")[0]))
        .containsExactly("c", "a", "b");
    assertThat(Htpasswd.withOthers(file("c", "3"), both)).isEqualTo(both);
    assertThat(Htpasswd.others(both, file("c", "3"))).containsExactly("a", "b");
    assertThat(Htpasswd.others(file("c", "3"), file("c", "3"))).isEmpty();
  }

  @Test
  void ofOneUserOnlyTheNewPasswordIsAdmitted() {
    Secret changed = Htpasswd.withOthers(file("a", "2"), file("a", "1"));
    assertThat(changed).isEqualTo(file("a", "2"));
    assertThat(Htpasswd.knowsOtherwise(file("a", "1"), login("a", "2"))).isTrue();
    assertThat(Htpasswd.knowsOtherwise(changed, login("a", "2"))).isFalse();
    assertThat(Htpasswd.knowsOtherwise(file("b", "1"), login("a", "2"))).isFalse();
  }

  @Test
  void linesThatNoRegistryWouldTakeAreNotKept() {
    String good = file("a", "1").reveal();
    Secret there = Secret.of("x:plain\n# note\n:$2y$05$\n" + good + "b:" + good.substring(2, 40));
    assertThat(Htpasswd.others(there, Secret.of(""))).containsExactly("a");
    assertThat(Htpasswd.withOthers(file("c", "3"), there).reveal())
        .isEqualTo(file("c", "3").reveal() + good);
  }
}
