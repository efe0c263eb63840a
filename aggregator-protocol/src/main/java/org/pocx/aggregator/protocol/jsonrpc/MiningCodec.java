package org.pocx.aggregator.protocol.jsonrpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pocx.aggregator.core.mining.CoinbaseOutputs;
import org.pocx.aggregator.core.mining.InvalidFieldException;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.SubmissionReceipt;

/**
 * The params and results of the two methods of PoCX mining.
 *
 * <p>Coming in, a u64 or u8 may be a JSON integer or a string of decimal digits; going out it is always a bare integer
 * up to 18446744073709551615. Hex may be of either case coming in. Whatever breaks the form is an {@link
 * InvalidFieldException} that names the field.
 */
public final class MiningCodec {
    /** The method that asks for the block being mined. */
    public static final String GET_MINING_INFO = "get_mining_info";

    /** The method that hands in a nonce. */
    public static final String SUBMIT_NONCE = "submit_nonce";

    private MiningCodec() {}

    /**
     * Reads the params of {@code submit_nonce}: an object (members that it does not know are passed over), or an array
     * in the order of the fields of {@link NonceSubmission}.
     *
     * @param params as they came; empty when the request has none, which is a missing field
     * @return a nonce that has the protocol's form; whether it fits a round is not asked
     * @throws InvalidFieldException names the first field that is missing, there twice or out of form
     */
    public static NonceSubmission decodeSubmission(Optional<RawJson> params) {
        RawJson given = params.orElseThrow(() -> new InvalidFieldException("params", "is missing"));
        try (JsonParser parser = Json.parser(given.text())) {
            parser.nextToken();
            return new NonceSubmissionReader().read(parser);
        } catch (IOException notJson) {
            throw new InvalidFieldException("params", "must be well-formed JSON");
        }
    }

    /**
     * Reads the result of {@code get_mining_info}. Null counts as absent. Members that it does not know become {@link
     * MiningInfo#extras()}, up to 32 of them and 16 KiB of text; what is beyond is dropped.
     *
     * @param result as the upstream sent it, JSON of any kind
     * @return mining info that has the protocol's form, with the defaults for what is absent
     * @throws InvalidFieldException names the first field that is missing, there twice or out of form
     */
    public static MiningInfo decodeMiningInfo(RawJson result) {
        try (JsonParser parser = Json.parser(result.text())) {
            requireObject(parser);
            return new MiningInfoReader(result.text()).read(parser);
        } catch (IOException notJson) {
            throw new InvalidFieldException("result", "must be well-formed JSON");
        }
    }

    /**
     * Reads the result of {@code submit_nonce}.
     *
     * @param result as the upstream sent it, JSON of any kind
     * @param claim u64, stands for a raw_quality that is absent or null
     * @return its poc_time is 0 where the upstream names none
     * @throws InvalidFieldException names the field that is out of form
     */
    public static SubmissionReceipt decodeReceipt(RawJson result, long claim) {
        try (JsonParser parser = Json.parser(result.text())) {
            requireObject(parser);
            return receipt(parser, claim);
        } catch (IOException notJson) {
            throw new InvalidFieldException("result", "must be well-formed JSON");
        }
    }

    private static SubmissionReceipt receipt(JsonParser parser, long claim) throws IOException {
        long rawQuality = claim;
        long pocTime = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            boolean given = parser.nextToken() != JsonToken.VALUE_NULL;
            if (given && name.equals("raw_quality")) {
                rawQuality = Fields.u64(name, parser);
            } else if (given && name.equals("poc_time")) {
                pocTime = Fields.u64(name, parser);
            } else {
                parser.skipChildren();
            }
        }
        return new SubmissionReceipt(rawQuality, pocTime);
    }

    /**
     * Reads of the result of {@code submit_nonce} what the upstream says of the nonce. A rejection outranks a quality.
     *
     * @param result as the upstream sent it, JSON of any kind
     * @return a verdict, or that there is none
     * @throws InvalidFieldException when the result is not an object, or a member is out of form
     */
    public static SubmissionResult decodeSubmissionResult(RawJson result) {
        try (JsonParser parser = Json.parser(result.text())) {
            requireObject(parser);
            return submissionResult(parser);
        } catch (IOException notJson) {
            throw new InvalidFieldException("result", "must be well-formed JSON");
        }
    }

    private static SubmissionResult submissionResult(JsonParser parser) throws IOException {
        SubmissionResult verdict = new SubmissionResult.NoVerdict();
        boolean rejected = false;
        String error = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("raw_quality") && value != JsonToken.VALUE_NULL) {
                verdict = new SubmissionResult.Quality(Fields.u64(name, parser));
            } else if (name.equals("accepted")) {
                rejected |= value == JsonToken.VALUE_FALSE;
                boolean taken = value == JsonToken.VALUE_TRUE && verdict instanceof SubmissionResult.NoVerdict;
                verdict = taken ? new SubmissionResult.Taken() : verdict;
                parser.skipChildren();
            } else if (name.equals("error") && value == JsonToken.VALUE_STRING) {
                error = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        return rejected ? new SubmissionResult.Refused(error) : verdict;
    }

    private static void requireObject(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new InvalidFieldException("result", "must be an object");
        }
    }

    /**
     * {@return the result of {@code get_mining_info}, extras included as they came}
     *
     * @param info mining info from anywhere; its extras are valid JSON
     */
    public static RawJson encode(MiningInfo info) {
        ObjectText out = new ObjectText()
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
     * {@return the named params of {@code submit_nonce}: the nine fields, the tenth where the nonce has it, and no other}
     *
     * @param submission the nonce as its miner sent it
     */
    public static RawJson encode(NonceSubmission submission) {
        ObjectText params = new ObjectText()
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
                .map(output -> new ObjectText()
                        .string("address", output.address())
                        .u64("amount_sat", output.amountSat())
                        .end()
                        .text())
                .collect(Collectors.joining(",", "[", "]")));
    }

    /**
     * {@return the result of {@code submit_nonce}}
     *
     * @param receipt both of its figures are written as u64
     */
    public static RawJson encode(SubmissionReceipt receipt) {
        return new ObjectText()
                .u64("raw_quality", receipt.rawQuality())
                .u64("poc_time", receipt.pocTime())
                .end();
    }
}
