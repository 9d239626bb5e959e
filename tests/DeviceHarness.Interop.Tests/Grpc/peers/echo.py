"""What both peers share: the services' messages, from the descriptor set beside them, and the payloads."""

import base64
import os

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

LIMIT_OCTETS = 4 * 1024 * 1024
CHANNEL_OPTIONS = [
    ("grpc.max_receive_message_length", LIMIT_OCTETS),
    ("grpc.max_send_message_length", -1),
    ("grpc.enable_http_proxy", 0),
]
# A ping a second, also while nothing is called; only a hang reaches the time-out.
KEEP_ALIVE = [
    ("grpc.keepalive_time_ms", 1000),
    ("grpc.keepalive_timeout_ms", 600_000),
    ("grpc.keepalive_permit_without_calls", 1),
    ("grpc.http2.max_pings_without_data", 0),
    ("grpc.http2.min_time_between_pings_ms", 500),
]
# A server takes a ping of its clients every five minutes unless it is told otherwise.
TOLERANT = [("grpc.http2.min_ping_interval_without_data_ms", 100)]
STATUS_CODES = {code.value[0]: code for code in grpc.StatusCode}


def messages_of(files):
    """A function from full names to message classes; imports come before the files that need them."""
    pool = descriptor_pool.DescriptorPool()
    for file in files:
        pool.Add(file)
    if hasattr(message_factory, "GetMessageClass"):
        return lambda name: message_factory.GetMessageClass(pool.FindMessageTypeByName(name))
    factory = message_factory.MessageFactory(pool)
    return lambda name: factory.GetPrototype(pool.FindMessageTypeByName(name))


def _load():
    services = descriptor_pb2.FileDescriptorSet()
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "services.pb"), "rb") as file:
        services.ParseFromString(file.read())
    return messages_of(services.file)


message = _load()
EchoRequest = message("echo.v1.EchoRequest")
EchoReply = message("echo.v1.EchoReply")
UploadReply = message("echo.v1.UploadReply")

# The payload of n octets shows whether octets were lost, doubled or moved; it repeats after 65,536.
_PATTERN = bytes((number * 31 + (number >> 8)) & 0xFF for number in range(65_536))


def payload(octets):
    return (_PATTERN * (octets // len(_PATTERN) + 1))[:octets]


def to_metadata(pairs):
    return [
        (name, value if isinstance(value, str) else base64.b64decode(value["base64"]))
        for name, values in (pairs or {}).items()
        for value in values
    ]


def from_metadata(metadata):
    pairs = {}
    for name, value in metadata or ():
        pairs.setdefault(name, []).append(base64.b64encode(value).decode() if isinstance(value, bytes) else value)
    return pairs
