package org.pocx.aggregator.http.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;

/** A SOCKS5 proxy. */
public final class SmallSocksProxy extends SmallProxy {
    private static final int REFUSED = 5;

    private final Optional<String> login;

    private SmallSocksProxy(Optional<String> login) {
        this.login = login;
        start();
    }

    /** A proxy that is open to everybody. */
    public static SmallSocksProxy open() {
        return new SmallSocksProxy(Optional.empty());
    }

    /** A proxy for those who log in with this USER:PASSWORD. */
    public static SmallSocksProxy withLogin(String userAndPassword) {
        return new SmallSocksProxy(Optional.of(userAndPassword));
    }

    @Override
    void serve(Socket client, DataInputStream in, OutputStream out) throws IOException {
        if (!isWelcome(in, out)) {
            return;
        }
        in.readNBytes(3); // version, CONNECT, reserved
        String target = address(in) + ":" + in.readUnsignedShort();
        Socket socket;
        try {
            socket = dial(target);
        } catch (IOException unreachable) {
            out.write(reply(REFUSED));
            return;
        }
        out.write(reply(0));
        relay(client, in, socket);
    }

    private boolean isWelcome(DataInputStream in, OutputStream out) throws IOException {
        in.readByte(); // version
        byte[] methods = in.readNBytes(in.readUnsignedByte());
        int wanted = login.isPresent() ? 2 : 0;
        if (new String(methods, UTF_8).indexOf(wanted) < 0) {
            out.write(new byte[] {5, (byte) 0xff});
            return false;
        }
        out.write(new byte[] {5, (byte) wanted});
        if (login.isEmpty()) {
            return true;
        }
        in.readByte(); // version of the login
        String shown = text(in) + ":" + text(in);
        boolean right = login.get().equals(shown);
        out.write(new byte[] {1, (byte) (right ? 0 : 1)});
        return right;
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readUnsignedByte()), UTF_8);
    }

    private static String address(DataInputStream in) throws IOException {
        return switch (in.readByte()) {
            case 1 -> InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
            case 3 -> text(in);
            default -> "[" + InetAddress.getByAddress(in.readNBytes(16)).getHostAddress() + "]";
        };
    }

    private static byte[] reply(int code) {
        return new byte[] {5, (byte) code, 0, 1, 0, 0, 0, 0, 0, 0};
    }
}
