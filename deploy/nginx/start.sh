#!/bin/sh
# Start nginx on what it finds: LISTEN (8080), METRICS_LISTEN (8081), BACKEND (backend:5000). Writes to /tmp alone.
set -eu
here=/tmp/nginx
mkdir -p "$here"

# Who resolves names, so that the backend is found again when its container is replaced.
resolver=
if [ -r /etc/resolv.conf ]; then
    while read -r word address _; do
        if [ "$word" = nameserver ]; then
            case $address in
                *:*) resolver="[$address]" ;;
                *) resolver=$address ;;
            esac
            break
        fi
    done </etc/resolv.conf
fi
common="${resolver:+resolver $resolver valid=5s ipv6=off;
}set \$backend http://${BACKEND:-backend:5000};"
printf 'listen %s default_server;\n%s\n' "${LISTEN:-8080}" "$common" >"$here/server.conf"
printf 'listen %s default_server;\n%s\n' "${METRICS_LISTEN:-8081}" "$common" >"$here/metrics.conf"

: >"$here/links.conf"
for language in en fr; do
    file=/srv/dashboard/overview.$language.links
    links=
    [ -r "$file" ] && links=$(cat "$file")
    # A map that has one answer: nginx knows no variables outside of servers but these.
    printf 'map $uri $links_%s { default "%s"; }\n' "$language" "$links" >>"$here/links.conf"
done

exec nginx -e stderr -c /etc/portfolio/nginx/nginx.conf -g 'daemon off;'
