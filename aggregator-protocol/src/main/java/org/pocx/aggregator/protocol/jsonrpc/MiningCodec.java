package org.pocx.aggregator.protocol.jsonrpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.CoinbaseOutputs;
import org.pocx.aggregator.core.mining.InvalidFieldException;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.SubmissionReceipt;

/**
 * Encodes and decodes the params and results of the two methods of PoCX mining.
 *
 * <p>When decoding, a u64 or u8 may be a JSON integer or a string of decimal digits, and hex digits may be in upper or
 * lower case. When encoding, a u64 is always an integer up to 18446744073709551615. An invalid value causes an {@link
 * InvalidFieldException} that names the field.
 */
public final class MiningCodec {
    /** The method that returns the block that is being mined. */
    public static final String GET_MINING_INFO = "get_mining_info";

    /** The method that submits a nonce. */
    public static final String SUBMIT_NONCE = "submit_nonce";

    private MiningCodec() {}

    /**
     * Reads the params of {@code submit_nonce}: an object, whose unknown members are ignored, or an array in the order of
     * the fields of {@link NonceSubmission}.
     *
     * @param params as received; null when the request has none, which counts as a missing field
     * @return a nonce in the protocol's form; whether it belongs to a round is not checked
     * @throws InvalidFieldException for the first field that is missing, duplicate or invalid
     */
    public static NonceSubmission decodeSubmission(@Nullable RawJson params) {
        if (params == null) {
            throw new InvalidFieldException("params", "is missing");
        }
        try (JsonParser parser = JsonText.parser(params.text())) {
            parser.nextToken();
            return new NonceSubmissionReader().read(parser);
        } catch (IOException notJson) {
            throw new InvalidFieldException("params", "must be well-formed JSON");
        }
    }

    /**
     * Reads the result of {@code get_mining_info}. Null counts as absent. Unknown members become {@link
     * MiningInfo#extras()}, up to 32 members and 16 KiB of text; the others are dropped.
     *
     * @param result any JSON value, as the upstream sent it
     * @return mining info in the protocol's form, with defaults for absent members
     * @throws InvalidFieldException for the first field that is missing, duplicate or invalid
     */
    public static MiningInfo decodeMiningInfo(RawJson result) {
        return readObject(result, parser -> new MiningInfoReader(result.text()).read(parser));
    }

    /**
     * Reads the result of {@code submit_nonce} as a miner sees it: a receipt.
     *
     * @param result any JSON value, as the server sent it
     * @param claim u64, the raw_quality to assume when it is absent or null
     * @return a receipt whose poc_time is 0 when the server sent none
     * @throws InvalidFieldException for the field that is invalid
     */
    public static SubmissionReceipt decodeReceipt(RawJson result, long claim) {
        return readObject(result, parser -> receipt(parser, claim));
    }

    private static SubmissionReceipt receipt(JsonParser parser, long claim) throws IOException {
        long rawQuality = claim;
        long pocTime = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            boolean present = parser.nextToken() != JsonToken.VALUE_NULL;
            if (present && name.equals("raw_quality")) {
                rawQuality = FieldParser.u64(name, parser);
            } else if (present && name.equals("poc_time")) {
                pocTime = FieldParser.u64(name, parser);
            } else {
                parser.skipChildren();
            }
        }
        return new SubmissionReceipt(rawQuality, pocTime);
    }

    /**
     * Reads the upstream's verdict from the result of {@code submit_nonce}. A rejection takes precedence over a quality.
     *
     * @param result any JSON value, as the upstream sent it
     * @return the verdict, or {@link SubmissionResult.NoVerdict}
     * @throws InvalidFieldException when the result is not an object or a member is invalid
     */
    public static SubmissionResult decodeSubmissionResult(RawJson result) {
        return readObject(result, MiningCodec::submissionResult);
    }

    private static SubmissionResult submissionResult(JsonParser parser) throws IOException {
        SubmissionResult verdict = new SubmissionResult.NoVerdict();
        boolean rejected = false;
        boolean filtered = false;
        String error = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("raw_quality") && value != JsonToken.VALUE_NULL) {
                verdict = new SubmissionResult.AcceptedWithQuality(FieldParser.u64(name, parser));
            } else if (name.equals("accepted")) {
                rejected |= value == JsonToken.VALUE_FALSE;
                boolean accepted = value == JsonToken.VALUE_TRUE && verdict instanceof SubmissionResult.NoVerdict;
                verdict = accepted ? new SubmissionResult.Accepted() : verdict;
                parser.skipChildren();
            } else if (name.equals("filtered")) {
                filtered = value == JsonToken.VALUE_TRUE;
                parser.skipChildren();
            } else if (name.equals("error") && value == JsonToken.VALUE_STRING) {
                error = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        if (rejected) {
            return new SubmissionResult.Rejected(error);
        }
        return filtered && !(verdict instanceof SubmissionResult.NoVerdict) ? new SubmissionResult.Filtered() : verdict;
    }

    /** Reads an object whose start is the parser's current token. */
    private interface ObjectReader<T> {
        T read(JsonParser parser) throws IOException;
    }

    private static <T> T readObject(RawJson result, ObjectReader<T> reader) {
        try (JsonParser parser = JsonText.parser(result.text())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidFieldException("result", "must be an object");
            }
            return reader.read(parser);
        } catch (IOException notJson) {
            throw new InvalidFieldException("result", "must be well-formed JSON");
        }
    }

    /**
     * {@return the result of {@code get_mining_info}, with the extras unchanged}
     *
     * @param info mining info whose extras are valid JSON
     */
    public static RawJson encode(MiningInfo info) {
        JsonObjectWriter out = new JsonObjectWriter()
                .string("generation_signature", info.generationSignature())
                .u64("base_target", info.baseTarget())
                .u64("height", info.height())
                .string("block_hash", info.blockHash())
                .u64("target_quality", info.targetQuality())
                .u64("minimum_compression_level", info.minimumCompressionLevel())
                .u64("target_compression_level", info.targetCompressionLevel());
        info.extras().forEach(out::raw);
        return out.end();
    }

    /**
     * {@return the named params of {@code submit_nonce}: the nine fields, and the tenth if the nonce has it}
     *
     * @param submission the nonce as the miner sent it
     */
    public static RawJson encode(NonceSubmission submission) {
        JsonObjectWriter params = new JsonObjectWriter()
                .string("block_hash", submission.blockHash())
                .u64("height", submission.height())
                .string("generation_signature", submission.generationSignature())
                .u64("base_target", submission.baseTarget())
                .string("account_id", submission.accountId())
                .string("seed", submission.seed())
                .u64("nonce", submission.nonce())
                .u64("compression", submission.compression())
                .u64("raw_quality", submission.rawQuality());
        if (!submission.coinbaseOutputs().isEmpty()) {
            params.raw(NonceSubmissionReader.COINBASE_OUTPUTS, outputs(submission.coinbaseOutputs()).text());
        }
        return params.end();
    }

    private static RawJson outputs(CoinbaseOutputs outputs) {
        return new RawJson(outputs.outputs().stream()
                .map(output -> new JsonObjectWriter()
                        .string("address", output.address())
                        .u64("amount_sat", output.amountSat())
                        .end()
                        .text())
                .collect(Collectors.joining(",", "[", "]")));
    }

    /**
     * {@return the result of {@code submit_nonce}}
     *
     * @param receipt both of its values are written as u64
     */
    public static RawJson encode(SubmissionReceipt receipt) {
        return new JsonObjectWriter()
                .u64("raw_quality", receipt.rawQuality())
                .u64("poc_time", receipt.pocTime())
                .end();
    }

    /**
     * {@return the result of {@code submit_nonce} for a nonce that the upstream does not need: as above, with {@code "filtered":
     * true}}
     *
     * @param receipt as above
     */
    public static RawJson encodeFiltered(SubmissionReceipt receipt) {
        return new JsonObjectWriter()
                .u64("raw_quality", receipt.rawQuality())
                .u64("poc_time", receipt.pocTime())
                .raw("filtered", "true")
                .end();
    }
}
