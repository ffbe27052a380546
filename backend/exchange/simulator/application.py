"""What the server calls: control paths, or the exchange's paths with faults around them."""

import time
from typing import Final

from backend.exchange.simulator.control import Control
from backend.exchange.simulator.exchange import Exchange
from backend.exchange.simulator.faults import Fault, Faults, instead, spoiled
from backend.exchange.simulator.limit_orders import RestingOrders
from backend.exchange.simulator.limits import Limits
from backend.exchange.simulator.messages import Answer, Request
from backend.exchange.simulator.rest.gate import RestGate
from backend.exchange.simulator.server import Delivery
from backend.exchange.simulator.streams.server import StreamHub
from backend.exchange.simulator.streams.session import Parts

CONTROL: Final = "/sim/"
SLOW_S: Final = 3.0


class Simulator:
    """The whole program behind the sockets."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange
        self.limits = Limits()
        self.faults = Faults()
        self.resting = RestingOrders(exchange)
        self._gate = RestGate(exchange, self.limits, self.resting)
        parts = Parts(exchange, self.limits, self.faults, self.resting, exchange.listen_keys, self._gate)
        self.streams = StreamHub(parts)
        self._control = Control(parts, self.streams)

    def handle(self, request: Request, delivery: Delivery) -> None:
        if request.path.startswith(CONTROL):
            delivery.send(self._control.answer(request))
            return
        read_lag_s, latency_s = self.faults.delays(request.label)
        if latency_s:
            time.sleep(latency_s)
        fault = self.faults.draw(request.label)
        if fault is None:
            answer, weight = self._gate.answer(request, read_lag_s=read_lag_s)
            self.limits.note(request.method, request.path, weight, answer.status)
            delivery.send(answer)
            return
        self._deliver_faulty(request, delivery, fault, read_lag_s)

    def _deliver_faulty(self, request: Request, delivery: Delivery, fault: Fault, read_lag_s: float) -> None:
        answer, weight = Answer(500, b""), 0
        if fault.acts_first or fault.kind == "clock_skew":
            answer, weight = self._gate.answer(request, read_lag_s=read_lag_s, skew_ms=fault.skew_ms)
        standing_in = instead(fault)
        shown = standing_in or spoiled(fault, answer)
        lost = fault.kind.startswith(("timeout", "reset"))
        self.limits.note(request.method, request.path, weight, fault.kind if lost else shown.status)
        match fault.kind:
            case "timeout_before" | "timeout_after":
                delivery.hold()
            case "reset_before" | "reset_after":
                delivery.reset()
            case "truncated":
                delivery.send_part(shown)
            case "slow":
                delivery.send_slowly(shown, SLOW_S)
            case _:
                delivery.send(shown)
