"""The echo service on grpcio. Prints "PORT n" when it listens; ends with its standard input.

Arguments: none; "keepalive" to ping its clients; "tolerant" to take their pings; or PEM files for mutual TLS: authority, certificate, key.
"""

import sys
import threading
from concurrent import futures

import grpc
from echo import CHANNEL_OPTIONS, KEEP_ALIVE, STATUS_CODES, TOLERANT, EchoReply, EchoRequest, UploadReply

WORKERS = 320
NO_COMPRESS_EVERY_SECOND = "no compression of every second"
OUR_METADATA = "x-"

cancelled = 0
changed = threading.Condition()


class Call:
    """Whether a call was ended by its client: then it is counted, and what waits for it goes on."""

    def __init__(self, context):
        self.context = context
        self.finished = False
        self._gone = threading.Event()
        if not context.add_callback(self._ended):
            self._ended()

    def _ended(self):
        global cancelled
        if not self.finished:
            with changed:
                cancelled += 1
                changed.notify_all()
        self._gone.set()

    def hang(self):
        self._gone.wait()

    def fail_if_asked(self, request):
        if request.fail_code != 0:
            self.finished = True
            self.context.abort(STATUS_CODES[request.fail_code], request.fail_text)


def return_metadata(request, context):
    if request.return_metadata:
        ours = [(name, value) for name, value in context.invocation_metadata() if name.startswith(OUR_METADATA)]
        context.send_initial_metadata(ours)
        context.set_trailing_metadata([("trailer-" + name, value) for name, value in ours])


def reply_to(request):
    octets = bytes([0x5A]) * request.reply_octets if request.reply_octets else request.payload
    return EchoReply(payload=octets, text=request.text, number=request.number)


def unary(request, context):
    call = Call(context)
    return_metadata(request, context)
    if request.hang:
        call.hang()
    call.fail_if_asked(request)
    call.finished = True
    return reply_to(request)


def download(request, context):
    call = Call(context)
    return_metadata(request, context)
    reply = reply_to(request)
    for number in range(request.reply_count):
        reply.number = number
        if request.text == NO_COMPRESS_EVERY_SECOND and number % 2 == 1:
            context.disable_next_message_compression()
        yield reply
    if request.hang:
        call.hang()
    call.fail_if_asked(request)
    call.finished = True


def upload(requests, context):
    call = Call(context)
    result = UploadReply()
    for request in requests:
        result.count += 1
        result.octets += len(request.payload)
        result.last_number = request.number
        call.fail_if_asked(request)
        if request.end_now:
            break
    call.finished = True
    return result


def chat(requests, context):
    call = Call(context)
    for request in requests:
        return_metadata(request, context)
        if request.hang:
            call.hang()
        call.fail_if_asked(request)
        if request.end_now:
            break
        yield reply_to(request)
    call.finished = True


def count_cancelled(request, context):
    with changed:
        while cancelled < request.number and context.is_active():
            changed.wait(1)
        return EchoReply(number=cancelled)


def handlers():
    def made(kind, behaviour, reply=EchoReply):
        return kind(behaviour, request_deserializer=EchoRequest.FromString, response_serializer=reply.SerializeToString)

    return grpc.method_handlers_generic_handler("echo.v1.EchoService", {
        "Unary": made(grpc.unary_unary_rpc_method_handler, unary),
        "Download": made(grpc.unary_stream_rpc_method_handler, download),
        "Upload": made(grpc.stream_unary_rpc_method_handler, upload, UploadReply),
        "Chat": made(grpc.stream_stream_rpc_method_handler, chat),
        "CountCancelled": made(grpc.unary_unary_rpc_method_handler, count_cancelled),
    })


def main():
    pings = {"keepalive": KEEP_ALIVE, "tolerant": TOLERANT}.get(sys.argv[1] if len(sys.argv) == 2 else "", [])
    server = grpc.server(
        futures.ThreadPoolExecutor(max_workers=WORKERS), options=CHANNEL_OPTIONS + pings,
        compression=grpc.Compression.Gzip)
    server.add_generic_rpc_handlers((handlers(),))
    if len(sys.argv) > 2:
        authority, certificate, key = [open(path, "rb").read() for path in sys.argv[1:]]
        port = server.add_secure_port(
            "127.0.0.1:0", grpc.ssl_server_credentials([(key, certificate)], authority, require_client_auth=True))
    else:
        port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(f"PORT {port}", flush=True)
    sys.stdin.read()
    server.stop(None)


main()
