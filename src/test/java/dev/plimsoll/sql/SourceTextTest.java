package dev.plimsoll.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceTextTest {

  @Test
  void countsLinesAndCodePointsAsEditorsDo() {
    SourceText source = new SourceText("a.sql", "x\r\n😀y\rz\n");

    assertThat(source.positionAt(0)).isEqualTo(new Position(0, 1, 1));
    assertThat(source.positionAt(5)).isEqualTo(new Position(5, 2, 2));
    assertThat(source.positionAt(7)).isEqualTo(new Position(7, 3, 1));
    assertThat(source.line(2)).isEqualTo("😀y");
  }

  @Test
  void doesNotCountTheByteOrderMark() {
    SourceText source = new SourceText("a.sql", "\ufeffDROP\nx");

    assertThat(source.positionAt(0).column()).isEqualTo(1);
    assertThat(source.positionAt(1).column()).isEqualTo(1);
    assertThat(source.positionAt(3).column()).isEqualTo(3);
    assertThat(source.positionAt(6)).isEqualTo(new Position(6, 2, 1));
  }
}
