#!/bin/bash
# Whether nginx answers, by what every image has: METRICS_LISTEN (8081) is asked for /alive.
set -eu
address=${METRICS_LISTEN:-8081}
exec 3<>"/dev/tcp/127.0.0.1/${address##*:}"
printf 'GET /alive HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
read -r -t 3 line <&3
[[ $line == *" 204 "* ]]
