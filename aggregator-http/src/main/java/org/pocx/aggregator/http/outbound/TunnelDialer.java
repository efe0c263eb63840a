package org.pocx.aggregator.http.outbound;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.pocx.aggregator.http.outbound.ProxySettings.Via;

/** Connects to a target through a proxy that is asked to do so first. */
record TunnelDialer(Via proxy, Dialer toProxy, Handshake handshake) implements Dialer {

    /** Asks a proxy for a connection to the target. */
    interface Handshake {
        /** @throws DialException when the proxy refuses */
        void perform(HandshakeStream stream) throws IOException;
    }

    @Override
    public Socket dial(DialDeadline deadline) throws DialException {
        Socket socket = toProxy.dial(deadline);
        boolean open = false;
        try {
            handshake.perform(new HandshakeStream(socket, deadline));
            socket.setSoTimeout(0);
            open = true;
            return socket;
        } catch (DialException refused) {
            throw refused;
        } catch (SocketTimeoutException late) {
            throw new DialException(DialFailure.timedOut("the proxy " + proxy.name() + " gave no answer within "
                    + deadline.limit().toMillis() + " ms" + checkPort()));
        } catch (EOFException ended) {
            throw failed(" closed the connection without an answer" + checkPort());
        } catch (IOException lost) {
            throw failed(" lost the connection: " + VisibleText.of(lost));
        } finally {
            if (!open) {
                Sockets.close(socket);
            }
        }
    }

    private String checkPort() {
        return "; check that " + proxy.setting() + " names the right port and protocol";
    }

    private DialException failed(String what) {
        return new DialException(DialFailure.of("the proxy " + proxy.name() + what));
    }
}
