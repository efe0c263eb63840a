package org.pocx.aggregator.cli.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A mail server for submission (RFC 6409): it takes mails by TLS (STARTTLS) and with a login only. It refuses the first mail
 * for now (451).
 */
final class MailServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final SSLContext identity;
    private final List<Mail> mails = new CopyOnWriteArrayList<>();
    private boolean refused;

    /**
     * A mail as it came, with the encoding of long lines undone.
     *
     * @param user with the password, between them a bar
     */
    record Mail(String user, String sender, String recipient, String text) {}

    private MailServer(SSLContext identity) throws IOException {
        this.identity = identity;
        Thread.ofVirtual().start(this::serve);
    }

    static MailServer start(SSLContext identity) throws IOException {
        return new MailServer(identity);
    }

    int port() {
        return socket.getLocalPort();
    }

    List<Mail> mails() {
        return mails;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                new Session(client).serve();
            } catch (IOException e) {
                // the client or the test has ended
            }
        }
    }

    private final class Session {
        private Socket wire;
        private BufferedReader in;
        private String user = "";
        private String sender = "";
        private String recipient = "";

        Session(Socket client) throws IOException {
            wire = client;
            in = reader(client);
        }

        private static BufferedReader reader(Socket socket) throws IOException {
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        private void say(String line) throws IOException {
            wire.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }

        void serve() throws IOException {
            say("220 mail.test ESMTP");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split("[ :]", 3);
                switch (words[0].toUpperCase(Locale.ROOT)) {
                    case "EHLO" -> say("250-mail.test\r\n250 " + (isSecure() ? "AUTH PLAIN" : "STARTTLS"));
                    case "STARTTLS" -> secure();
                    case "AUTH" -> login(line);
                    case "MAIL" -> from(line);
                    case "RCPT" -> {
                        recipient = address(line);
                        say("250 ok");
                    }
                    case "DATA" -> data();
                    case "RSET" -> say("250 ok");
                    case "QUIT" -> say("221 bye");
                    default -> say("500 unknown");
                }
            }
        }

        private boolean isSecure() {
            return wire instanceof SSLSocket;
        }

        private void secure() throws IOException {
            say("220 go ahead");
            SSLSocket tls = (SSLSocket) identity.getSocketFactory().createSocket(wire, "mail.test", port(), true);
            tls.setUseClientMode(false);
            tls.startHandshake();
            wire = tls;
            in = reader(tls);
        }

        private void login(String line) throws IOException {
            if (!isSecure()) {
                say("530 only by TLS");
                return;
            }
            byte[] plain = Base64.getDecoder().decode(line.substring("AUTH PLAIN ".length()));
            user = new String(plain, StandardCharsets.UTF_8).substring(1).replace('\0', '|');
            say("235 ok");
        }

        private void from(String line) throws IOException {
            if (user.isEmpty()) {
                say("530 log in first");
            } else if (!refused) {
                refused = true;
                say("451 try again later");
            } else {
                sender = address(line);
                say("250 ok");
            }
        }

        private static String address(String line) {
            return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
        }

        private void data() throws IOException {
            say("354 end with a dot");
            StringBuilder text = new StringBuilder("\n");
            for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
                text.append(line.startsWith(".") ? line.substring(1) : line).append('\n');
            }
            say("250 ok");
            mails.add(new Mail(user, sender, recipient, text.toString().replace("=\n", "")));
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
