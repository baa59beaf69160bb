#!/bin/sh
# One verb of Seatwise beside the service, as root: with the service's user, settings, secrets and data. Installed as
# /usr/local/bin/seatwise. Settings are lines NAME=value without quotes; each other file of /etc/seatwise is a secret.
set -eu
umask 077
export SEATWISE_DATA_DIR=/var/lib/seatwise/data
for file in /etc/seatwise/*; do
    [ -f "$file" ] || continue
    if [ "${file##*/}" = environment ]; then
        while IFS= read -r line || [ -n "$line" ]; do
            case $line in SEATWISE_*=*) export "${line?}" ;; esac
        done < "$file"
    else
        name=$(printf %s "${file##*/}" | tr '[:lower:]' '[:upper:]')
        export "SEATWISE_$name=$(cat "$file")"
    fi
done
cd /var/lib/seatwise
exec runuser -u seatwise -- /opt/seatwise/.venv/bin/seatwise "$@"
