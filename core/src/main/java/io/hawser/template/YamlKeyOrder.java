package io.hawser.template;

/** The order in which yaml.v2 writes keys: letters after others, numbers by their value. */
final class YamlKeyOrder {
  private YamlKeyOrder() {}

  static int compare(String a, String b) {
    int[] left = a.codePoints().toArray();
    int[] right = b.codePoints().toArray();
    for (int i = 0; i < left.length && i < right.length; i++) {
      if (left[i] != right[i]) {
        boolean leftLetter = Character.isLetter(left[i]);
        boolean rightLetter = Character.isLetter(right[i]);
        if (leftLetter || rightLetter) {
          return leftLetter && rightLetter
              ? Integer.compare(left[i], right[i])
              : leftLetter ? 1 : -1;
        }
        return compareNumbers(left, right, i);
      }
    }
    return Integer.compare(left.length, right.length);
  }

  private static int compareNumbers(int[] left, int[] right, int from) {
    long start = left[from] == '0' || right[from] == '0' ? afterDigits(left, from) : 0;
    int leftEnd = end(left, from);
    int rightEnd = end(right, from);
    int order =
        Long.compare(number(left, from, leftEnd, start), number(right, from, rightEnd, start));
    order = order != 0 ? order : Integer.compare(leftEnd, rightEnd);
    return order != 0 ? order : Integer.compare(left[from], right[from]);
  }

  private static long afterDigits(int[] text, int from) {
    for (int j = from - 1; j >= 0 && Character.isDigit(text[j]); j--) {
      if (text[j] != '0') {
        return 1;
      }
    }
    return 0;
  }

  private static int end(int[] text, int from) {
    int end = from;
    while (end < text.length && Character.isDigit(text[end])) {
      end++;
    }
    return end;
  }

  private static long number(int[] text, int from, int to, long start) {
    long number = start;
    for (int i = from; i < to; i++) {
      number = number * 10 + (text[i] - '0');
    }
    return number;
  }
}
