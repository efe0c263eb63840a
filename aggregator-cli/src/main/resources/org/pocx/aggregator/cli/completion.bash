# Completion of pocx-aggregator for bash. For this shell:
#   source <(pocx-aggregator completion bash)
# for every shell of this user, when bash-completion is installed:
#   mkdir -p ~/.local/share/bash-completion/completions
#   pocx-aggregator completion bash > ~/.local/share/bash-completion/completions/pocx-aggregator

# What may follow an option: sets words, and fails when nothing follows it. A "@" is a file.
_pocx_aggregator_values() {
    words=
    case $1 in
@VALUES@    *) return 1 ;;
    esac
}

_pocx_aggregator() {
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command='' words='' index
    COMPREPLY=()
    # In --option=VALUE the sign is a word of its own.
    if [ "$current" = = ]; then
        current=
    elif [ "$before" = = ]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    if _pocx_aggregator_values "$before"; then
        if [ "$words" = @ ]; then
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -f -- "$current")
        else
            mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
        fi
        return
    fi
    for ((index = 1; index < COMP_CWORD; index++)); do
        case ${COMP_WORDS[index]} in
        @COMMANDS@)
            _pocx_aggregator_values "${COMP_WORDS[index - 1]}" || { command=${COMP_WORDS[index]} && break; }
            ;;
        esac
    done
    case $command in
    '') words='@FIRST@' ;;
@OPTIONS@    esac
    [ "$command" != completion ] || words="bash $words"
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}

complete -F _pocx_aggregator pocx-aggregator
