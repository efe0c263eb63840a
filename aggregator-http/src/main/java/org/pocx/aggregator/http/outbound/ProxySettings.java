package org.pocx.aggregator.http.outbound;

import java.util.Objects;
import java.util.Optional;

/** How a target is reached: directly or through a proxy. {@code toString} contains no password. */
public sealed interface ProxySettings {

    /** {@return the proxy as it is written in a configuration, with user and password: not for logs} */
    String text();

    /** {@return the proxy to show, with a masked password} */
    String shown();

    /** {@return the proxy for messages, after the name of a target, without user and password; empty without a proxy} */
    String suffix();

    /**
     * {@return the proxy that a text denotes: {@code none} or an empty text, or
     * {@code [SCHEME://][USER:PASSWORD@]HOST[:PORT]}} The scheme is http, socks5 or socks5h; without it, http. With both
     * forms of SOCKS the proxy resolves the target's name. The default of the port is 80, and 1080 for SOCKS. User and
     * password may contain percent escapes.
     *
     * @param text the proxy
     * @param setting where it is configured, for messages
     * @throws IllegalArgumentException when the text is anything else; the message does not contain it
     */
    static ProxySettings parse(String text, String setting) {
        String stripped = text.strip();
        return stripped.isEmpty() || stripped.equalsIgnoreCase("none")
                ? new None()
                : ProxyUrl.parse(stripped, setting);
    }

    /** No proxy. */
    record None() implements ProxySettings {
        @Override
        public String text() {
            return "none";
        }

        @Override
        public String shown() {
            return "none";
        }

        @Override
        public String suffix() {
            return "";
        }
    }

    /**
     * A proxy.
     *
     * @param protocol the protocol of the proxy
     * @param host a name or an address, without brackets
     * @param port 1 to 65,535
     * @param login empty when none is sent
     * @param setting where the proxy is configured, for messages: a key or an environment variable
     */
    record Via(Protocol protocol, String host, int port, Optional<Login> login,
            String setting) implements ProxySettings {
        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException when the port is out of range, or the login is too long for SOCKS5
         */
        public Via {
            Objects.requireNonNull(protocol, "protocol");
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(login, "login");
            Objects.requireNonNull(setting, "setting");
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("the port must be from 1 to 65535");
            }
            if (protocol == Protocol.SOCKS5 && login.isPresent() && !login.get().fitsSocks5()) {
                throw new IllegalArgumentException(
                        "SOCKS5 allows 1 to 255 bytes for the user and 255 for the password");
            }
        }

        @Override
        public String text() {
            return url(login.map(known -> known.escaped(known.password())).orElse(""));
        }

        @Override
        public String shown() {
            return url(login.map(known -> known.escaped(Login.MASK)).orElse(""));
        }

        @Override
        public String suffix() {
            return " through the proxy " + name();
        }

        /** Returns the URL without the login. */
        String name() {
            return url("");
        }

        private String url(String userInfo) {
            return protocol.scheme() + "://" + userInfo + HostNames.urlHost(host) + ":" + port;
        }

        @Override
        public String toString() {
            return shown();
        }
    }

    /** The protocol of a proxy. */
    enum Protocol {
        /** CONNECT for https targets; for http targets a request with the whole URL. */
        HTTP("http", 80),
        /** RFC 1928; the proxy resolves the target's name. */
        SOCKS5("socks5", 1080);

        private final String scheme;
        private final int defaultPort;

        Protocol(String scheme, int defaultPort) {
            this.scheme = scheme;
            this.defaultPort = defaultPort;
        }

        String scheme() {
            return scheme;
        }

        int defaultPort() {
            return defaultPort;
        }
    }

    /**
     * The user and password for a proxy.
     *
     * @param user without a colon
     * @param password any text; may be empty
     */
    record Login(String user, String password) {
        private static final String MASK = "********";
        private static final int MAX_SOCKS_BYTES = 255;

        /**
         * Checks the user.
         *
         * @throws IllegalArgumentException when it contains a colon, which HTTP Basic uses as separator
         */
        public Login {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(password, "password");
            if (user.indexOf(':') >= 0) {
                throw new IllegalArgumentException("the user must not contain a colon");
            }
        }

        private boolean fitsSocks5() {
            int userBytes = PercentEscapes.utf8(user).length;
            return userBytes > 0 && userBytes <= MAX_SOCKS_BYTES
                    && PercentEscapes.utf8(password).length <= MAX_SOCKS_BYTES;
        }

        private String escaped(String shownPassword) {
            String pass = shownPassword.equals(MASK) ? MASK : PercentEscapes.encode(shownPassword);
            return PercentEscapes.encode(user) + ":" + pass + "@";
        }

        @Override
        public String toString() {
            return "Login[user=" + user + ", password=***]";
        }
    }
}
