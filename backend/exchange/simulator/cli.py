"""The command line of the simulator."""

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

import click

from backend.exchange.simulator.main import SimulatorOptions, serve
from backend.exchange.simulator.scenarios import SCENARIOS


class _Speed(click.ParamType[Decimal]):
    name = "number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        try:
            speed = Decimal(str(value))
        except InvalidOperation:
            self.fail(f"{value!r} is no number", param, ctx)
        if not speed.is_finite() or speed < 0:
            self.fail("speed must be zero or more", param, ctx)
        return speed


class _Instant(click.ParamType[datetime]):
    name = "iso"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            at = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no instant in ISO 8601", param, ctx)
        return at if at.tzinfo else at.replace(tzinfo=UTC)


@click.command("simulator")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option(
    "--stream-port", default=0, show_default=True, type=click.IntRange(0, 65535), help="Of the streams; 0: a free one."
)
@click.option("--data", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder of its state.")
@click.option("--seed", default=7, show_default=True, help="Seed of the made-up prices.")
@click.option("--scenario", default="calm", show_default=True, help=f"One of {', '.join(SCENARIOS)}.")
@click.option("--market-data", type=click.Path(path_type=Path), help="Folder of recorded candles to replay.")
@click.option("--exchange-info", type=click.Path(path_type=Path), help="exchangeInfo file (json, json.gz).")
@click.option("--speed", default="1", show_default=True, type=_Speed(), help="Pace of the exchange's clock.")
@click.option("--trades-told-days", type=click.IntRange(1), help="Spot trades older than so many days are not told.")
@click.option("--start-time", type=_Instant(), help="Exchange time at the first start, ISO 8601.")
@click.option("--exit-with-parent", is_flag=True, help="End when standard input ends.")
def simulator_command(
    host: str,
    port: int,
    stream_port: int,
    data: Path,
    seed: int,
    scenario: str,
    market_data: Path | None,
    exchange_info: Path | None,
    speed: Decimal,
    trades_told_days: int | None,
    start_time: datetime | None,
    exit_with_parent: bool,
) -> None:
    """Run the built-in exchange: it speaks Binance to any client, and takes control calls on /sim."""
    serve(
        SimulatorOptions(
            data=data,
            host=host,
            port=port,
            stream_port=stream_port,
            seed=seed,
            scenario=scenario,
            market_data=market_data,
            exchange_info=exchange_info,
            speed=speed,
            trades_told_days=trades_told_days,
            start_time=start_time,
            exit_with_parent=exit_with_parent,
        )
    )
