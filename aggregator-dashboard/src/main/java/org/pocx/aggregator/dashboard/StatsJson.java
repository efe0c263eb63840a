package org.pocx.aggregator.dashboard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.pocx.aggregator.core.mining.Capacity;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.stats.FarmSnapshot;
import org.pocx.aggregator.core.stats.FateCounts;

/**
 * A {@link FarmSnapshot} as the JSON of {@code /stats}.
 *
 * <p>Names and nesting are those of the other aggregator in the field, because programs read them; what is ours comes
 * at the end of each object. Integers of 64 bits are written unsigned and exactly; a figure that is infinite or unknown
 * is null. Stateless and thread-safe.
 */
public final class StatsJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int BYTES_PER_ROW = 512;

    private final JsonGenerator out;

    private StatsJson(JsonGenerator out) {
        this.out = out;
    }

    /** The snapshot as UTF-8 JSON. */
    public static byte[] render(FarmSnapshot farm) {
        int rows = 2 + 2 * farm.machines().size() + 2 * farm.accounts().size();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(BYTES_PER_ROW * rows);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            new StatsJson(out).farm(farm);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a byte array takes whatever is written
        }
        return bytes.toByteArray();
    }

    private void farm(FarmSnapshot farm) throws IOException {
        out.writeStartObject();
        out.writeNumberField("uniqueMiners", farm.accounts().size());
        out.writeNumberField("uniqueMachines", farm.machines().size());
        out.writeNumberField("activeMachines", farm.activeMachines());
        if (farm.current().isPresent()) {
            unsigned("currentHeight", farm.current().get().height());
        } else {
            out.writeNullField("currentHeight");
        }
        seconds("uptimeSecs", farm.uptime());
        capacityText("totalCapacity", farm.totalCapacityTib());
        capacityText("networkCapacity", farm.networkCapacityTib());
        best(farm);
        out.writeArrayFieldStart("machines");
        for (FarmSnapshot.Machine machine : farm.machines()) {
            machine(machine);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("accounts");
        for (FarmSnapshot.Account account : farm.accounts()) {
            account(account);
        }
        out.writeEndArray();
        out.writeStringField("at", farm.at().toString());
        round(farm);
        counts(farm.counts());
        upstream(farm.upstream());
        store(farm.store());
        out.writeEndObject();
    }

    private void best(FarmSnapshot farm) throws IOException {
        if (farm.best().isEmpty()) {
            out.writeNullField("currentBlockBest");
            return;
        }
        FarmSnapshot.RoundBest best = farm.best().get();
        out.writeObjectFieldStart("currentBlockBest");
        unsigned("height", best.height());
        unsigned("bestPocTime", best.pocTime());
        unsigned("bestRawQuality", best.rawQuality());
        out.writeStringField("bestAccountId", best.accountId());
        out.writeStringField("bestMachineId", best.machine());
        out.writeStringField("fate", Words.of(best.fate()));
        out.writeEndObject();
    }

    private void machine(FarmSnapshot.Machine machine) throws IOException {
        out.writeStartObject();
        out.writeStringField("machineId", machine.address());
        out.writeNumberField("accountCount", machine.accounts().size());
        finite("totalCapacityTib", machine.capacityTib());
        work(machine.submissions24h(), machine.submissionPercentage(), machine.sinceSeen(), machine.active());
        parts("accounts", "accountId", machine.accounts());
        out.writeStringField("label", machine.label());
        out.writeBooleanField("suspect", machine.suspect());
        out.writeStringField("lastRejection", machine.lastRejection());
        counts(machine.counts());
        out.writeEndObject();
    }

    private void account(FarmSnapshot.Account account) throws IOException {
        out.writeStartObject();
        out.writeStringField("accountId", account.accountId());
        out.writeNumberField("machineCount", account.machines().size());
        finite("totalCapacityTib", account.capacityTib());
        work(account.submissions24h(), account.submissionPercentage(), account.sinceSeen(), account.active());
        parts("machines", "machineId", account.machines());
        counts(account.counts());
        out.writeEndObject();
    }

    private void parts(String name, String idName, List<FarmSnapshot.Part> parts) throws IOException {
        out.writeArrayFieldStart(name);
        for (FarmSnapshot.Part part : parts) {
            out.writeStartObject();
            out.writeStringField(idName, part.id());
            finite("capacityTib", part.capacityTib());
            work(part.submissions24h(), part.submissionPercentage(), part.sinceSeen(), part.active());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void work(int submissions24h, double percentage, Duration sinceSeen, boolean active) throws IOException {
        out.writeNumberField("submissions24h", submissions24h);
        finite("submissionPercentage", percentage);
        seconds("lastSeenSecsAgo", sinceSeen);
        out.writeBooleanField("isActive", active);
    }

    private void round(FarmSnapshot farm) throws IOException {
        if (farm.current().isEmpty()) {
            out.writeNullField("round");
            return;
        }
        MiningInfo info = farm.current().get();
        out.writeObjectFieldStart("round");
        unsigned("height", info.height());
        out.writeStringField("blockHash", info.blockHash());
        unsigned("baseTarget", info.baseTarget());
        seconds("ageSecs", farm.roundAge());
        out.writeEndObject();
    }

    private void counts(FateCounts counts) throws IOException {
        out.writeObjectFieldStart("counts");
        out.writeNumberField("received", counts.received());
        out.writeNumberField("refused", counts.refused());
        out.writeNumberField("filtered", counts.filtered());
        out.writeNumberField("superseded", counts.superseded());
        out.writeNumberField("pending", counts.pending());
        out.writeNumberField("confirmed", counts.confirmed());
        out.writeNumberField("rejected", counts.rejected());
        out.writeNumberField("stale", counts.stale());
        out.writeNumberField("expired", counts.expired());
        out.writeEndObject();
    }

    private void upstream(FarmSnapshot.UpstreamView upstream) throws IOException {
        out.writeObjectFieldStart("upstream");
        out.writeBooleanField("up", upstream.up());
        out.writeStringField("problem", upstream.problem());
        if (upstream.lastConfirmed().isPresent()) {
            seconds("lastConfirmedSecsAgo", upstream.lastConfirmed().get());
        } else {
            out.writeNullField("lastConfirmedSecsAgo");
        }
        out.writeArrayFieldStart("errors");
        for (FarmSnapshot.UpstreamError error : upstream.errors()) {
            out.writeStartObject();
            out.writeStringField("at", error.at().toString());
            out.writeStringField("words", error.words());
            out.writeNumberField("times", error.times());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private void store(FarmSnapshot.StoreView store) throws IOException {
        out.writeObjectFieldStart("store");
        out.writeBooleanField("writable", store.writable());
        out.writeStringField("problem", store.problem());
        out.writeEndObject();
    }

    private void capacityText(String name, double tib) throws IOException {
        if (Double.isFinite(tib)) {
            out.writeStringField(name, Capacity.text(tib));
        } else {
            out.writeNullField(name);
        }
    }

    private void finite(String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            out.writeNumberField(name, value);
        } else {
            out.writeNullField(name); // JSON has no infinity
        }
    }

    private void unsigned(String name, long value) throws IOException {
        out.writeFieldName(name);
        out.writeNumber(Long.toUnsignedString(value));
    }

    private void seconds(String name, Duration duration) throws IOException {
        out.writeNumberField(name, duration.toSeconds());
    }
}
