package org.pocx.aggregator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QualityCsvTest {
    private static final String HEADER = "account_id,seed,nonce,compression,height,generation_signature";

    /** Answers of the reference in aggregator-proof's {@code proof.csv}. */
    private static final String FIRST = "c7c41fe38245d1a42b45f512bce94aa4e594217b,"
            + "874a22acf3b62151abc051834084876636c2f97a961381ea11bd5e425e548651,0,0,0,"
            + "3f43bd72c0893800ac6551497def90a7c847fbfe09c9aea7981129d7786eb227";

    private static final String FIRST_ANSWER = ",990,4982342310631687310";
    private static final String SECOND = "a75abedb9cb97e545c50fab3684aec05b9c09112,"
            + "8e115de97e94e9b2eb96ad147a1cb0c76c0e9a7df5ac8f44669221635131254b,0,1,1,"
            + "0b3b0bd78679172bc9cecd36a8cbcccd765eb64703a518badd4a4e0270ba559f";

    private static final String SECOND_ANSWER = ",283,6968167997217687938";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private boolean run(Reader input, OutputStream to) throws Exception {
        return new QualityCsv(
                new BoundedLines(new BufferedReader(input), QualityCsv.LONGEST_LINE),
                new PrintStream(to, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                2).run();
    }

    private boolean run(String input) throws Exception {
        return run(new StringReader(input), out);
    }

    private String written() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String reported() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void lines_areAnsweredInTheirOrder() throws Exception {
        assertThat(run(SECOND + "\n" + FIRST + "\n" + SECOND + "\n")).isTrue();
        assertThat(written().lines())
                .containsExactly(SECOND + SECOND_ANSWER, FIRST + FIRST_ANSWER, SECOND + SECOND_ANSWER);
        assertThat(reported()).isEmpty();
    }

    @Test
    void header_isAnsweredWithTheNewColumns() throws Exception {
        assertThat(run(HEADER + "\r\n" + FIRST + "\r\n")).isTrue();
        assertThat(written().lines()).containsExactly(HEADER + ",scoop,raw_quality", FIRST + FIRST_ANSWER);
    }

    @Test
    void lastLineWithoutAnEnd_isOne() throws Exception {
        assertThat(run(FIRST)).isTrue();
        assertThat(written().lines()).containsExactly(FIRST + FIRST_ANSWER);
    }

    @Test
    void noLines_areAnsweredByNone() throws Exception {
        assertThat(run("")).isTrue();
        assertThat(written()).isEmpty();
    }

    @Test
    void badLines_areNamed_andTheOthersAnswered() throws Exception {
        assertThat(run("rubbish\n" + FIRST + "\n" + HEADER + "\n\n" + FIRST)).isFalse();
        assertThat(written().lines()).containsExactly(FIRST + FIRST_ANSWER, FIRST + FIRST_ANSWER);
        assertThat(reported().lines()).satisfiesExactly(
                line -> assertThat(line).startsWith("line 1: there must be 6 fields").endsWith("but there are 1"),
                line -> assertThat(line).startsWith("line 3: nonce must be a whole number"),
                line -> assertThat(line).startsWith("line 4: there must be 6 fields").endsWith("but there are 0"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        ",0,0,0, | ,-1,0,0, | nonce must be a whole number from 0 to 18446744073709551615",
        ",0,0,0, | ,18446744073709551616,0,0, | nonce must be a whole number from 0 to 18446744073709551615",
        ",0,0,0, | ,0,7,0, | compression must be 0 to 6",
        ",0,0,0, | ,0,x,0, | compression must be 0 to 6",
        ",0,0,0, | ,0,10,0, | compression must be 0 to 6",
        ",0,0,0, | ,0,0,1e3, | height must be a whole number from 0 to 18446744073709551615",
        "c7c4 | c7 | account_id must have 40 hexadecimal digits",
        "3f43 | gf43 | generation_signature must have 64 hexadecimal digits",
    })
    void fieldThatIsWrong_isNamed(String right, String wrong, String words) throws Exception {
        assertThat(run(FIRST.replace(right, wrong))).isFalse();
        assertThat(written()).isEmpty();
        assertThat(reported()).isEqualTo("line 1: " + words + System.lineSeparator());
    }

    @Test
    void endlessLine_isNamed_andNotHeld() throws Exception {
        long length = 50_000_000;
        Reader endless = new Reader() {
            private long left = length;

            @Override
            public int read(char[] chars, int offset, int count) {
                int read = (int) Math.min(left, count);
                Arrays.fill(chars, offset, offset + read, 'a');
                left -= read;
                return read == 0 ? -1 : read;
            }

            @Override
            public void close() {}
        };

        assertThat(run(endless, out)).isFalse();
        assertThat(reported()).isEqualTo("line 1: it is longer than 1000 characters" + System.lineSeparator());
    }

    @Test
    void lineThatIsThere_isAnsweredBeforeTheNext() throws Exception {
        PipedWriter writer = new PipedWriter();
        PipedReader reader = new PipedReader(writer);
        CompletableFuture<Boolean> run = CompletableFuture.supplyAsync(() -> {
            try {
                return run(reader, out);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });

        writer.write(FIRST + "\n");
        writer.flush();
        while (!written().contains(FIRST_ANSWER) && !run.isDone()) {
            Thread.onSpinWait();
        }
        writer.close();

        assertThat(run.get(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void outputThatIsClosed_endsIt() throws Exception {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("closed");
            }
        };
        String many = (FIRST + "\n").repeat(20_000);

        assertThat(run(new StringReader(HEADER + "\n" + many), closed)).isFalse();
    }
}
