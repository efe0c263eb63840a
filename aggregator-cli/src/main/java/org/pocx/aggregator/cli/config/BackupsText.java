package org.pocx.aggregator.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The backups as a list in one line of YAML, with masked secrets. */
record BackupsText(List<Settings.Endpoint> backups) {

    @Override
    public String toString() {
        return backups.stream().map(BackupsText::text).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String text(Settings.Endpoint backup) {
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
        return "{" + String.join(", ", members) + "}";
    }

    private static String member(Key<?> key, Object value) {
        return key.name() + ": " + YamlText.quoted(Variables.escape(value.toString()));
    }
}
