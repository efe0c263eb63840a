package org.pocx.aggregator.http.outbound;

import java.net.Socket;
import org.pocx.aggregator.http.outbound.ProxySettings.Via;

/** Connects to a proxy. That a proxy is not there tells nothing about the target behind it. */
record ProxyDialer(Via proxy, Dialer tcp) implements Dialer {
    @Override
    public Socket dial(DialDeadline deadline) throws DialException {
        try {
            return tcp.dial(deadline);
        } catch (DialException failed) {
            DialFailure cause = failed.failure();
            throw new DialException(new DialFailure(
                    "the proxy " + proxy.name() + " cannot be reached: "
                            + cause.message().replace("cannot connect: ", "")
                            + "; check that it runs and that " + proxy.setting() + " is right",
                    cause.timedOut(),
                    false));
        }
    }
}
