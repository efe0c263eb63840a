package org.pocx.aggregator.http.outbound;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import org.pocx.aggregator.http.outbound.ProxySettings.Login;
import org.pocx.aggregator.http.outbound.ProxySettings.Via;

/** Asks a SOCKS5 proxy for a connection (RFC 1928), with a login by user and password (RFC 1929) where one is known. */
record Socks5Handshake(Via proxy, OutboundTarget target) implements TunnelDialer.Handshake {
    private static final int VERSION = 5;
    private static final int NO_LOGIN = 0;
    private static final int USER_AND_PASSWORD = 2;
    private static final int NONE_ACCEPTABLE = 0xff;
    private static final int LOGIN_VERSION = 1;
    private static final int CONNECT = 1;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;

    @Override
    public void perform(HandshakeStream stream) throws IOException {
        logIn(stream);
        stream.write(request());
        requireVersion(stream.read());
        int reply = stream.read();
        if (reply != 0) {
            throw new DialException(refusal(reply));
        }
        stream.read(); // reserved
        skipAddress(stream);
    }

    private void logIn(HandshakeStream stream) throws IOException {
        if (proxy.login().isPresent()) {
            stream.write((byte) VERSION, (byte) 2, (byte) NO_LOGIN, (byte) USER_AND_PASSWORD);
        } else {
            stream.write((byte) VERSION, (byte) 1, (byte) NO_LOGIN);
        }
        requireVersion(stream.read());
        int method = stream.read();
        if (method == USER_AND_PASSWORD && proxy.login().isPresent()) {
            sendLogin(stream, proxy.login().get());
        } else if (method == NONE_ACCEPTABLE) {
            throw failed(proxy.login().isPresent()
                    ? " accepts neither a login by user and password nor none; check " + proxy.setting()
                    : " requires a login; add USER:PASSWORD@ before the host in " + proxy.setting());
        } else if (method != NO_LOGIN) {
            throw failed(" chose a login that was not offered: it is not a SOCKS5 proxy");
        }
    }

    private void sendLogin(HandshakeStream stream, Login login) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(LOGIN_VERSION);
        writeCounted(out, login.user());
        writeCounted(out, login.password());
        stream.write(out.toByteArray());
        stream.read(); // its version; some proxies send that of SOCKS
        if (stream.read() != 0) {
            throw failed(" does not accept user and password; correct them in " + proxy.setting());
        }
    }

    private byte[] request() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(VERSION);
        out.write(CONNECT);
        out.write(0);
        if (HostNames.isAddress(target.host())) {
            byte[] address = InetAddress.getByName(target.host()).getAddress();
            out.write(address.length == 4 ? IPV4 : IPV6);
            out.writeBytes(address);
        } else {
            out.write(NAME);
            writeCounted(out, target.host());
        }
        out.write(target.port() >> Byte.SIZE);
        out.write(target.port());
        return out.toByteArray();
    }

    private static void writeCounted(ByteArrayOutputStream out, String text) {
        byte[] bytes = PercentEscapes.utf8(text);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    private static void skipAddress(HandshakeStream stream) throws IOException {
        int length = switch (stream.read()) {
            case IPV4 -> 4;
            case IPV6 -> 16;
            case NAME -> stream.read();
            default -> 0;
        };
        stream.skip(length + Short.BYTES);
    }

    private void requireVersion(int version) throws DialException {
        if (version != VERSION) {
            throw failed(version == 'H'
                    ? " is an HTTP proxy: write http:// instead of socks5:// in " + proxy.setting()
                    : " is not a SOCKS5 proxy; check " + proxy.setting());
        }
    }

    private DialFailure refusal(int reply) {
        String error = "the proxy " + proxy.name() + " cannot connect: ";
        String code = " (SOCKS error " + reply + ")";
        return switch (reply) {
            case 2 -> DialFailure.of("the proxy " + proxy.name()
                    + " does not allow this connection" + code + "; allow this host and port in the proxy's rules");
            case 3 -> DialFailure.of(error + "network unreachable" + code);
            case 4 -> DialFailure.of(error + "host unreachable or unknown" + code);
            case 5 -> DialFailure.refused(error + "connection refused" + code);
            case 6 -> DialFailure.timedOut(error + "the connection timed out" + code);
            case 8 -> DialFailure.of(error + "it supports no such addresses" + code);
            // Which of its causes it is, such proxies do not report. Refused is the most frequent one.
            case 1 -> DialFailure.refused(error + "general failure" + code);
            default -> DialFailure.of(error + "general failure" + code);
        };
    }

    private DialException failed(String what) {
        return new DialException(DialFailure.of("the proxy " + proxy.name() + what));
    }
}
