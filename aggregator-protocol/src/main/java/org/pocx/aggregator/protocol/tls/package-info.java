/**
 * Certificates and keys from files, for servers. Start at {@link org.pocx.aggregator.protocol.tls.ReloadingHttpsConfigurator}.
 */
@NullMarked
package org.pocx.aggregator.protocol.tls;

import org.jspecify.annotations.NullMarked;
