package org.pocx.aggregator.protocol.jsonrpc;

import static org.pocx.aggregator.protocol.jsonrpc.NonceSubmissionReader.COINBASE_OUTPUTS;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.CoinbaseOutputs;
import org.pocx.aggregator.core.mining.CoinbaseOutputs.Output;
import org.pocx.aggregator.core.mining.InvalidFieldException;

/** Reads the tenth field of {@code submit_nonce}: a list of objects with {@code address} and {@code amount_sat}. */
final class CoinbaseOutputsReader {
    private CoinbaseOutputsReader() {}

    /** Reads the value that the parser stands on; null and an empty list are none. */
    static CoinbaseOutputs read(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return CoinbaseOutputs.NONE;
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw malformed();
        }
        List<Output> outputs = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw malformed();
            }
            if (outputs.size() == CoinbaseOutputs.MAX_OUTPUTS) {
                throw new InvalidFieldException(
                        COINBASE_OUTPUTS, "must have at most " + CoinbaseOutputs.MAX_OUTPUTS + " entries");
            }
            outputs.add(output(parser));
        }
        return outputs.isEmpty() ? CoinbaseOutputs.NONE : new CoinbaseOutputs(outputs);
    }

    private static Output output(JsonParser parser) throws IOException {
        @Nullable String address = null;
        @Nullable Long amount = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "address" -> address = Fields.string(COINBASE_OUTPUTS, parser);
                case "amount_sat" -> amount = Fields.u64(COINBASE_OUTPUTS, parser);
                default -> throw malformed(); // left out, it would change what the pool asked for
            }
        }
        if (address == null || amount == null) {
            throw malformed();
        }
        return new Output(address, amount);
    }

    private static InvalidFieldException malformed() {
        return new InvalidFieldException(
                COINBASE_OUTPUTS, "must be a list of objects with address (string) and amount_sat (integer)");
    }
}
