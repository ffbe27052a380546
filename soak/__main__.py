"""`python -m soak RUN --count N --seed S`, `make soak ARGS="RUN ..."`: without a run, the list of them."""

from __future__ import annotations

import signal

import click

from soak import (
    answered,
    audit,
    backups,
    ban,
    collectors,
    crash,
    day,
    disk,
    explain,
    faults,
    filters,
    flows,
    guessing,
    history,
    logs,
    many_accounts,
    memory,
    orders,
    paths,
    prices,
    requests,
    services,
    streams,
    upgrades,
    verify,
    viewers,
    workers,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """Full runs of the promises: each says its seed, its counts and what failed, and goes on where it was stopped."""
    # As Ctrl-C: a run ends what it has started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


main.add_command(answered.command)
main.add_command(faults.command)
main.add_command(audit.command)
main.add_command(backups.command)
main.add_command(ban.command)
main.add_command(collectors.command)
main.add_command(crash.command)
main.add_command(day.command)
main.add_command(disk.command)
main.add_command(disk.damage_command)
main.add_command(explain.command)
main.add_command(filters.command)
main.add_command(flows.command)
main.add_command(guessing.command)
main.add_command(history.command)
main.add_command(logs.command)
main.add_command(many_accounts.command)
main.add_command(memory.command)
main.add_command(orders.command)
main.add_command(paths.command)
main.add_command(prices.command)
main.add_command(requests.command)
main.add_command(requests.stateful_command)
main.add_command(services.command)
main.add_command(streams.command)
main.add_command(upgrades.command)
main.add_command(verify.command)
main.add_command(viewers.command)
main.add_command(workers.command)

if __name__ == "__main__":
    main(prog_name="python -m soak")
