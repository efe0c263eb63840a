package org.pocx.aggregator.http.conformance;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** A socket below TLS that keeps what was received. For one thread. */
final class RecordedSocket extends Socket {
    /** The type of a TLS record that is an alert (RFC 5246, 6.2.1). */
    static final int ALERT = 21;

    private static final int RECORD_HEADER = 5;

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    /** The type of the last whole TLS record that was received; -1 when there is none. */
    int typeOfLastRecord() {
        byte[] all = received.toByteArray();
        int type = -1;
        for (int at = 0; at + RECORD_HEADER <= all.length;) {
            type = all[at];
            at += RECORD_HEADER + ((all[at + 3] & 0xff) << 8) + (all[at + 4] & 0xff);
        }
        return type;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                int c = in.read();
                if (c >= 0) {
                    received.write(c);
                }
                return c;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int read = in.read(bytes, offset, length);
                if (read > 0) {
                    received.write(bytes, offset, read);
                }
                return read;
            }
        };
    }
}
