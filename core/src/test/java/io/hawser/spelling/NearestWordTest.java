package io.hawser.spelling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestWordTest {
  @ParameterizedTest
  @CsvSource({
    "passwrd, passwd",
    "PASSWD, passwd",
    "masters, master",
    "prot, port",
    "mastre, master",
    "pas, ''",
    "xyz, ''",
    "'', ''",
    "portport, ''"
  })
  void theNearestWordIsFoundWithinAThirdOfItsLetters(String word, String nearest) {
    List<String> known = List.of("master", "passwd", "port");
    assertThat(NearestWord.to(word, known).orElse("")).isEqualTo(nearest);
  }
}
