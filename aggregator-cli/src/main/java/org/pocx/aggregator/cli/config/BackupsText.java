package org.pocx.aggregator.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.pocx.aggregator.http.outbound.ProxySettings;
import org.pocx.aggregator.protocol.client.UpstreamKind;

/**
 * The backups as a list in one line of YAML, with masked secrets.
 *
 * @param proxy that of the preferred upstream, which backups use unless they have their own
 */
record BackupsText(List<Settings.Endpoint> backups, ProxySettings proxy) {

    @Override
    public String toString() {
        return backups.stream().map(this::text).collect(Collectors.joining(", ", "[", "]"));
    }

    private String text(Settings.Endpoint backup) {
        List<String> members = new ArrayList<>();
        members.add(member(ConfigKeys.NAME, backup.name()));
        members.add(member(ConfigKeys.URL, backup.urlWithoutQuery()));
        switch (backup.credentials()) {
            case UpstreamCredentials.None none -> {}
            case UpstreamCredentials.Bearer bearer -> members.add(member(ConfigKeys.AUTH_TOKEN, bearer.token()));
            case UpstreamCredentials.UserPassword login -> members.add("rpc_auth: {type: user_pass, "
                    + member(ConfigKeys.RPC_USER, login.user()) + ", "
                    + member(ConfigKeys.RPC_PASSWORD, login.password()) + "}");
            case UpstreamCredentials.CookieFile cookie -> members.add(
                    "rpc_auth: {type: cookie, " + member(ConfigKeys.COOKIE_PATH, cookie.path()) + "}");
        }
        if (!backup.proxy().equals(proxy)) {
            members.add(member(ConfigKeys.PROXY, backup.proxy().shown()));
        }
        if (backup.kind() != UpstreamKind.DIRECT) {
            members.add(member(ConfigKeys.KIND, ValueType.nameOf(backup.kind())));
        }
        return "{" + String.join(", ", members) + "}";
    }

    private static String member(Key<?> key, Object value) {
        return key.name() + ": " + YamlText.quoted(Variables.escape(value.toString()));
    }
}
