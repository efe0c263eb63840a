package org.pocx.aggregator.proof;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An answer of the reference, from {@code proof.csv}. */
record ProofVector(PlotNonce nonce, Challenge challenge, int scoop, String scoopData, long rawQuality) {

    static List<ProofVector> all() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                ProofVector.class.getResourceAsStream("proof.csv"), StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(line -> of(line.split(","))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProofVector of(String[] fields) {
        return new ProofVector(
                new PlotNonce(fields[0], fields[1], Long.parseUnsignedLong(fields[2]), Integer.parseInt(fields[3])),
                new Challenge(fields[5], Long.parseUnsignedLong(fields[4])),
                Integer.parseInt(fields[6]),
                fields[7],
                Long.parseUnsignedLong(fields[8]));
    }

    ProofTask task() {
        return new ProofTask(nonce, challenge);
    }
}
