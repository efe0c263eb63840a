package org.pocx.aggregator.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Scanner;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.MiningService;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.MiningInfoUnavailable;
import org.pocx.aggregator.core.mining.NoAnswer;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.core.mining.SubmissionRefusal;

/**
 * The same rules behind another listener: lines over TCP in place of JSON-RPC over HTTP. {@code info} is answered by
 * {@code info HEIGHT BLOCK_HASH GENERATION_SIGNATURE BASE_TARGET} or {@code none WHY}; {@code nonce} with nine values in
 * the protocol's order by {@code taken POC_TIME}, {@code refused WHY}, or the end of the connection: it is to be sent again.
 */
public final class LineServer implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 500;
    private static final int MAX_LINE = 512;
    private static final int SILENCE_MILLIS = 60_000;

    private final MiningService service;
    private final ServerSocket door;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Listens until it is closed, and answers what the service (an {@code Aggregator}) says, from many threads. */
    public LineServer(int port, MiningService service) throws IOException {
        this.service = service;
        door = new ServerSocket(port);
        for (int i = 0; i < MAX_CONNECTIONS; i++) {
            threads.execute(this::serve);
        }
    }

    int port() {
        return door.getLocalPort();
    }

    /** Serves one miner after the other: more than there are threads wait in the system's queue, which is short. */
    private void serve() {
        while (!door.isClosed()) {
            try (Socket miner = door.accept();
                    Scanner lines = new Scanner(miner.getInputStream(), US_ASCII)) {
                miner.setSoTimeout(SILENCE_MILLIS);
                MinerId who = new MinerId(miner.getInetAddress().getHostAddress());
                for (String answer; (answer = answer(lines.findWithinHorizon("[^\n]*\n", MAX_LINE), who)) != null;) {
                    miner.getOutputStream().write((answer + "\n").getBytes(US_ASCII));
                }
            } catch (IOException | IllegalStateException e) { // gone, or the service does not run: no answer
                System.getLogger("lines").log(System.Logger.Level.DEBUG, "a connection ended: {0}", e.getMessage());
            }
        }
    }

    /** Null where the connection is to end without an answer: after the last line, too, and one that is too long. */
    private @Nullable String answer(@Nullable String line, MinerId who) {
        String[] words = line == null ? new String[] {"end"} : line.strip().split(" ", -1);
        try {
            return switch (words[0] + words.length) {
                case "info1" -> switch (service.miningInfo(who)) {
                    case MiningInfo now -> "info %s %s %s %s".formatted(Long.toUnsignedString(now.height()),
                            now.blockHash(), now.generationSignature(), Long.toUnsignedString(now.baseTarget()));
                    case MiningInfoUnavailable none -> "none " + none.reason();
                };
                case "nonce10" -> switch (service.submit(nonce(words), who)) {
                    case SubmissionReceipt receipt -> "taken " + Long.toUnsignedString(receipt.pocTime());
                    case SubmissionRefusal refusal -> "refused " + refusal.message();
                    case NoAnswer none -> null;
                };
                case "end1" -> null;
                default -> "refused no such request";
            };
        } catch (IllegalArgumentException e) {
            return "refused malformed: " + e.getMessage();
        }
    }

    private static NonceSubmission nonce(String[] words) {
        return NonceSubmission.builder().blockHash(words[1]).height(Long.parseUnsignedLong(words[2]))
                .generationSignature(words[3]).baseTarget(Long.parseUnsignedLong(words[4])).accountId(words[5])
                .seed(words[6]).nonce(Long.parseUnsignedLong(words[7])).compression(Integer.parseInt(words[8]))
                .rawQuality(Long.parseUnsignedLong(words[9])).build();
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }
}
