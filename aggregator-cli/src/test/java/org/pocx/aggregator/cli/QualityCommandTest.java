package org.pocx.aggregator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QualityCommandTest {
    /** The first answer of the reference in aggregator-proof's {@code proof.csv}. */
    private static final String NONCE = "quality --account c7c41fe38245d1a42b45f512bce94aa4e594217b"
            + " --seed 874a22acf3b62151abc051834084876636c2f97a961381ea11bd5e425e548651 --nonce 0 --compression 0"
            + " --height 0 --signature 3f43bd72c0893800ac6551497def90a7c847fbfe09c9aea7981129d7786eb227";

    private static final String LINE = "c7c41fe38245d1a42b45f512bce94aa4e594217b,"
            + "874a22acf3b62151abc051834084876636c2f97a961381ea11bd5e425e548651,0,0,0,"
            + "3f43bd72c0893800ac6551497def90a7c847fbfe09c9aea7981129d7786eb227";

    @TempDir Path folder;

    private TestTerminal terminal;

    @BeforeEach
    void open() {
        terminal = new TestTerminal(folder);
    }

    private int run(String line) {
        return terminal.run(line.split(" "));
    }

    @Test
    void nonce_isPrintedWithScoopAndQuality() {
        assertThat(run(NONCE)).isZero();
        assertThat(terminal.out().lines()).containsExactly("scoop 990", "raw_quality 4982342310631687310");
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void baseTargetAndBlockTime_addThePocTime() {
        assertThat(run(NONCE + " --base-target 36650387592 --block-time 120")).isZero();
        assertThat(terminal.out().lines())
                .containsExactly("scoop 990", "raw_quality 4982342310631687310", "poc_time 14009");
    }

    @Test
    void quality_isUnsigned() {
        String other = "quality --account 6652de15172573e73aeebb2420a8e32038162cc4"
                + " --seed d3d63d837ca08748521a76f267a38651b3f0b38e2fb794f3c263d1f0b536ded1 --nonce 0 --compression 2"
                + " --height 2 --signature 0ca22b67552dbdbca9ea29290b6f73e33620d277553b8d1afadbb8d7845d1949";

        assertThat(run(other)).isZero();
        assertThat(terminal.out()).contains("raw_quality 14073824106168175715");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--account c7 | --account x7 | the nonce cannot be computed: account_id must have 40 hexadecimal digits",
        "--seed 87 | --seed z7 | the nonce cannot be computed: seed must have 64 hexadecimal digits",
        "--compression 0 | --compression 7 | the nonce cannot be computed: compression must be 0 to 6",
        "--nonce 0 | --nonce -1 | --nonce must be a whole number from 0 to 18446744073709551615",
        "--height 0 | --height 18446744073709551616 | --height must be a whole number from 0 to 18446744073709551615",
        "--nonce 0 | '' | quality needs --nonce, or --csv",
        "--nonce 0 | --nonce 0 --block-time 120 | --base-target and --block-time go together",
        "--nonce 0 | --nonce 0 --block-time 0 --base-target 1 | --block-time must be 1 to 86400",
        "--nonce 0 | --nonce 0 --block-time 120 --base-target 0 | --base-target must be more than 0",
        "--nonce 0 | --nonce 0 --csv f.csv | --csv goes without the options of a single nonce",
    })
    void wrongOptions_areOneLineAndStatusTwo(String right, String wrong, String words) {
        assertThat(run(NONCE.replace(right, wrong).replace("  ", " "))).isEqualTo(2);
        assertThat(terminal.err()).isEqualTo("pocx-aggregator: " + words + " (--help shows all)\n");
    }

    @Test
    void list_isWrittenWithTheAnswers() throws IOException {
        Files.writeString(folder.resolve("nonces.csv"), LINE + "\n");

        assertThat(run("quality --csv nonces.csv")).isZero();
        assertThat(terminal.out().lines()).containsExactly(LINE + ",990,4982342310631687310");
    }

    @Test
    void fileThatIsNotThere_isOneLine() {
        assertThat(run("quality --csv no.csv")).isEqualTo(1);
        assertThat(terminal.err()).isEqualTo("pocx-aggregator: no.csv cannot be read: there is no such file\n");
    }

    @Test
    void folder_isOneLine() {
        assertThat(run("quality --csv .")).isEqualTo(1);
        assertThat(terminal.err()).isEqualTo("pocx-aggregator: . cannot be read: it is a folder\n");
    }

    @Test
    void help_namesTheFieldsOfALine() {
        String help = Resources.text("help.txt");

        assertThat(Stream.of(LINE.split(",")).count()).isEqualTo(6);
        assertThat(help).contains("account_id,seed,nonce,compression,height,generation_signature");
    }
}
