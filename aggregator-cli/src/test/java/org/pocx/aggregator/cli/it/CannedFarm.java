package org.pocx.aggregator.cli.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pocx.aggregator.core.time.WallClock;

/** The answers of an aggregator whose farm is well until a test says otherwise. */
final class CannedFarm {
    static final String ACCOUNT = "3f2a1b0c".repeat(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Instant now = WallClock.system().instant().truncatedTo(ChronoUnit.SECONDS);
    private final ObjectNode summary = JSON.createObjectNode();
    private final ArrayNode machines = JSON.createArrayNode();
    private final Map<String, String> answers = new LinkedHashMap<>();
    private int plots;

    CannedFarm() {
        summary.put("at", now.toString()).put("uptimeSecs", 90_000).put("blockTimeSecs", 120);
        upstream(true, "");
        store(true, "");
        ObjectNode round = summary.putObject("round");
        round.put("height", 48_213).put("blockHash", "ab".repeat(32)).put("baseTarget", 1).put("ageSecs", 30);
        round.set("counts", counts(0, 0));
        round.putNull("best").putNull("lastRejection");
        answer("/api/rounds", "{'items': [], 'nextBefore': null}");
        answer("/api/events", "{'items': [], 'nextBefore': null}");
        answer("/api/accounts", "{'items': [], 'total': 0}");
        answer("/api/overlaps", "{'items': [], 'total': 0}");
        String luck = "{'won': 0, 'expected': 0, 'luck': null, 'low': null, 'high': null}";
        answer("/api/blocks",
                "{'blocks': [], 'next': null, 'luck': {'day': %1$s, 'week': %1$s, 'all': %1$s}, 'unseenBlocks': 0, 'probableLosses': []}"
                        .formatted(luck));
        answer("/api/upstreams", "{'upstreams': []}");
        answer("/api/series", ("{'from': '%1$s', 'to': '%1$s', 'stepSecs': 60, 'time': [%2$d], 'received': [null],"
                + " 'confirmed': [null], 'rejected': [null], 'capacityTib': [null], 'meanPocTime': [null],"
                + " 'bestPocTime': [null], 'latencyMedianMs': [null], 'latency95Ms': [null], 'rounds': [0],"
                + " 'roundsWithoutNonce': [0]}").formatted(now, now.getEpochSecond()));
    }

    static ObjectNode counts(long confirmed, long rejected) {
        ObjectNode counts = JSON.createObjectNode();
        for (String zero : new String[] {
            "refused", "filtered", "superseded", "pending", "confirmedWorse", "takenOver", "stale", "expired"
        }) {
            counts.put(zero, 0);
        }
        return counts.put("received", confirmed + rejected).put("confirmed", confirmed).put("rejected", rejected);
    }

    CannedFarm upstream(boolean up, String problem) {
        ObjectNode upstream = summary.putObject("upstream");
        upstream.put("up", up).put("problem", problem).put("lastConfirmedSecsAgo", 14).putArray("errors");
        return this;
    }

    CannedFarm store(boolean writable, String problem) {
        summary.putObject("store").put("writable", writable).put("problem", problem);
        return this;
    }

    /** The counts of the round. */
    CannedFarm round(long confirmed, long rejected) {
        ((ObjectNode) summary.get("round")).set("counts", counts(confirmed, rejected));
        return this;
    }

    /** Another machine of 100 TiB, which is at work; the row is there to be changed. */
    ObjectNode machine(String id, String group) {
        ObjectNode row = machines.addObject();
        row.put("machineId", id).put("accountCount", 1).put("totalCapacityTib", 100).put("submissions24h", 700);
        row.put("submissionPercentage", 97.5).put("lastSeenSecsAgo", 4).put("isActive", true).putNull("name");
        row.put("group", group.isEmpty() ? null : group).putNull("expectedCapacityTib").put("silent", false);
        row.put("missedRounds", 0).put("suspect", false).put("lastRejection", "").putNull("capacityDrop");
        row.set("counts", counts(10, 0));
        return row;
    }

    /** One of whose nonces all were rejected. */
    CannedFarm badMachine(String id, long rejected) {
        machine(id, "").put("suspect", true).put("lastRejection", "PoCX validation failed").set("counts",
                counts(0, rejected));
        return this;
    }

    CannedFarm silentMachine(String id) {
        machine(id, "").put("silent", true).put("isActive", false).put("missedRounds", 9);
        return this;
    }

    CannedFarm droppedMachine(String id) {
        machine(id, "")
                .putObject("capacityDrop")
                .put("since", ago(5))
                .put("baselineTib", 120)
                .put("measuredTib", 58)
                .put("missing", 0.5)
                .put("source", "configured");
        return this;
    }

    String ago(int hours) {
        return now.minus(hours, ChronoUnit.HOURS).toString();
    }

    /** An answer in JSON with single quotes. */
    CannedFarm answer(String path, String json) {
        answers.put(path, json.replace('\'', '"'));
        return this;
    }

    /** As an aggregator that has no such path. */
    CannedFarm without(String path) {
        answers.remove(path);
        return this;
    }

    CannedFarm badPlots(String machine, int bad, int checked) {
        plots = 1;
        return answer("/api/plots",
                ("{'items': [{'machineId': '%s', 'accountId': '%s', 'seed': '%s', 'firstBadNonce': 7,"
                        + " 'lastBadNonce': 18446744073709551615, 'checked': %d, 'bad': %d, 'lastSeen': '%s'}], 'total': 1}")
                        .formatted(machine, ACCOUNT, "5660454a".repeat(8), checked, bad, ago(1)));
    }

    CannedFarm overlap(String machineA, String machineB) {
        return answer("/api/overlaps", ("{'items': [{'machineA': '%s', 'machineB': '%s', 'since': '%s', 'lastAt': '%s',"
                + " 'nonces': 12, 'rounds': 5}], 'total': 1}").formatted(machineA, machineB, ago(2), ago(1)));
    }

    /** One win of a machine of the farm, one of elsewhere, one that was orphaned, and one that should have been. */
    CannedFarm wins(String machine) {
        String luck = "{'won': %d, 'expected': %s, 'luck': %s, 'low': %s, 'high': %s}";
        String block = "{'height': %d, 'time': '%s', 'accountId': '" + ACCOUNT
                + "', 'machineId': %s, 'pocTime': %s, 'orphaned': %b}";
        String own = "'" + machine + "'";
        return answer("/api/blocks",
                "{'blocks': [%s, %s, %s], 'next': null, 'luck': {'day': %s, 'week': %s, 'all': %s}, 'unseenBlocks': 3, 'probableLosses': [%s]}"
                        .formatted(
                                block.formatted(48_190, ago(1), own, "34", false),
                                block.formatted(47_857, ago(12), "null", "null", false),
                                block.formatted(46_858, ago(40), own, "71", true),
                                luck.formatted(1, "0", "null", "null", "null"),
                                luck.formatted(2, "1.6", "1.25", "0.15", "4.5"),
                                luck.formatted(41, "39.4", "1.04", "0.75", "1.41"),
                                block.formatted(47_000, ago(30), own, "22", false)));
    }

    /** All answers by path. */
    Map<String, String> answers() {
        ObjectNode farm = summary.putObject("farm");
        farm.put("capacityTib", 100.0 * machines.size()).putNull("capacityLowTib").putNull("capacityHighTib");
        farm.put("rounds", 30).put("missedRounds", 0).put("networkCapacityTib", 1e6).put("networkShare",
                machines.size() / 1e4);
        farm.put("machines", machines.size()).put("activeMachines", machines.size()).put("accounts", 1);
        farm.put("silentMachines", 0).put("suspectMachines", 0).put("badPlots", plots).put("badNonces", plots);
        farm.putArray("silent");
        farm.putArray("suspect");
        farm.set("counts", counts(900, 18));
        ObjectNode list = JSON.createObjectNode().put("total", machines.size());
        list.set("items", machines);
        try {
            answers.put("/api/summary", JSON.writeValueAsString(summary));
            answers.put("/api/machines", JSON.writeValueAsString(list));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
        return answers;
    }
}
