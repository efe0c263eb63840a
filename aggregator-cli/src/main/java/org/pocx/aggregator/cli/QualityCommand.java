package org.pocx.aggregator.cli;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.ParameterException;
import com.beust.jcommander.Parameters;
import com.beust.jcommander.converters.BaseConverter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.cli.config.FileErrors;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.proof.Challenge;
import org.pocx.aggregator.proof.PlotNonce;
import org.pocx.aggregator.proof.PocxProof;
import org.pocx.aggregator.proof.ProofTask;

/** {@code quality}: computes the quality of a nonce, or of each line of a list of nonces. */
@Parameters
final class QualityCommand extends OptionedCommand {
    private static final long MOST_BLOCK_TIME = 86_400;
    private static final String STANDARD_INPUT = "-";

    /** For each lane of each thread: an uncompressed nonce twice, as there is one for all lanes and one for a single one. */
    private static final long BYTES_PER_LANE = 512 * 1024;

    private final InputStream standardInput;

    @Parameter(names = "--account") private @Nullable String account;

    @Parameter(names = "--seed") private @Nullable String seed;

    @Parameter(names = "--nonce", converter = UnsignedConverter.class) private @Nullable Long nonce;

    @Parameter(names = "--compression") private @Nullable Integer compression;

    @Parameter(names = "--height", converter = UnsignedConverter.class) private @Nullable Long height;

    @Parameter(names = "--signature") private @Nullable String signature;

    @Parameter(names = "--base-target", converter = UnsignedConverter.class) private @Nullable Long baseTarget;

    @Parameter(names = "--block-time", converter = UnsignedConverter.class) private @Nullable Long blockTime;

    @Parameter(names = "--csv") private @Nullable String csv;

    /** @param standardInput what {@code --csv -} reads */
    QualityCommand(InputStream standardInput) {
        this.standardInput = standardInput;
    }

    @Override
    public int run(Terminal terminal) {
        boolean anyField = Stream.of(account, seed, nonce, compression, height, signature, baseTarget, blockTime)
                .anyMatch(Objects::nonNull);
        String file = csv;
        try {
            if (file != null) {
                require(!anyField, "--csv goes without the options of a single nonce");
                return list(file, terminal);
            }
            return single(terminal);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("the computation was interrupted");
        }
    }

    private int single(Terminal terminal) throws InterruptedException {
        ProofTask task = task();
        require(Objects.isNull(baseTarget) == Objects.isNull(blockTime), "--base-target and --block-time go together");
        require(baseTarget == null || baseTarget != 0, "--base-target must be more than 0");
        require(blockTime == null || (blockTime >= 1 && blockTime <= MOST_BLOCK_TIME),
                "--block-time must be 1 to " + MOST_BLOCK_TIME);
        long[] quality = new long[1];
        PocxProof.qualities(List.of(task), threads(), (index, computed) -> {
            quality[0] = computed;
            return true;
        });
        PrintStream out = terminal.out();
        out.println("scoop " + task.challenge().scoop());
        out.println("raw_quality " + Long.toUnsignedString(quality[0]));
        if (baseTarget != null && blockTime != null) {
            long seconds = PocTime.forBlockTime(blockTime).seconds(quality[0], baseTarget);
            out.println("poc_time " + Long.toUnsignedString(seconds));
        }
        return 0;
    }

    private ProofTask task() {
        try {
            return new ProofTask(
                    new PlotNonce(
                            given("--account", account),
                            given("--seed", seed),
                            given("--nonce", nonce),
                            given("--compression", compression)),
                    new Challenge(given("--signature", signature), given("--height", height)));
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException("the nonce cannot be computed: " + wrong.getMessage());
        }
    }

    private static <T> T given(String option, @Nullable T value) {
        if (value == null) {
            throw new ParameterException("quality needs " + option + ", or --csv");
        }
        return value;
    }

    private int list(String file, Terminal terminal) throws InterruptedException {
        try (BufferedReader reader = reader(file, terminal)) {
            BoundedLines lines = new BoundedLines(reader, QualityCsv.LONGEST_LINE);
            return new QualityCsv(lines, terminal.out(), terminal.err(), threads()).run() ? 0 : 1;
        } catch (IOException e) {
            throw new StartException(
                    file + " cannot be read: " + FileErrors.reason(terminal.directory().resolve(file), e));
        } catch (InvalidPathException e) {
            throw new StartException("the name after --csv is none that a file can have");
        }
    }

    private BufferedReader reader(String file, Terminal terminal) throws IOException {
        InputStream in = file.equals(STANDARD_INPUT)
                ? standardInput
                : Files.newInputStream(terminal.directory().resolve(Path.of(file)));
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** One per processor, but no more than half of the memory is enough for. */
    private static int threads() {
        long fit = Runtime.getRuntime().maxMemory() / 2 / (BYTES_PER_LANE * PocxProof.lanes());
        return (int) Math.max(1, Math.min(fit, Runtime.getRuntime().availableProcessors()));
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new ParameterException(rule);
        }
    }

    /** Reads an unsigned number of 64 bits. */
    public static final class UnsignedConverter extends BaseConverter<Long> {
        /** @param option the name of the option */
        public UnsignedConverter(String option) {
            super(option);
        }

        @Override
        public Long convert(String text) {
            try {
                return ProofFields.unsigned(getOptionName(), text);
            } catch (IllegalArgumentException wrong) {
                throw new ParameterException(wrong.getMessage());
            }
        }
    }
}
