"""A grpcio client that is told what to call: one JSON command a line on standard input, one JSON answer a line on standard output.

Answers carry what the command's "id" was, so that several commands may run at once: each has a thread.
"""

import json
import sys
import threading

import grpc
from google.protobuf import descriptor_pb2

from echo import (
    CHANNEL_OPTIONS, KEEP_ALIVE, EchoReply, EchoRequest, UploadReply, from_metadata, message, messages_of, payload, to_metadata)

# No more than this many requests of a stream wait for their replies.
CHAT_WINDOW = 500

HealthRequest = message("grpc.health.v1.HealthCheckRequest")
HealthResponse = message("grpc.health.v1.HealthCheckResponse")
ReflectionRequest = message("grpc.reflection.v1.ServerReflectionRequest")
ReflectionResponse = message("grpc.reflection.v1.ServerReflectionResponse")

channels = {}
open_calls = {}
lock = threading.Lock()


def channel_for(command):
    key = json.dumps([command.get(name) for name in ("address", "maxReceive", "gzip", "tls", "keepAlive")])
    with lock:
        if key not in channels:
            options = [option for option in CHANNEL_OPTIONS if "maxReceive" not in command or "receive" not in option[0]]
            if "maxReceive" in command:
                options.append(("grpc.max_receive_message_length", command["maxReceive"]))
            if command.get("keepAlive"):
                options += KEEP_ALIVE
            compression = grpc.Compression.Gzip if command.get("gzip") else None
            tls = command.get("tls")
            if tls:
                credentials = grpc.ssl_channel_credentials(tls["ca"].encode(), tls["key"].encode(), tls["cert"].encode())
                channels[key] = grpc.secure_channel(command["address"], credentials, options, compression)
            else:
                channels[key] = grpc.insecure_channel(command["address"], options, compression)
        return channels[key]


def make(command, kind, method, reply=EchoReply, request=EchoRequest):
    return getattr(channel_for(command), kind)(
        method if method.startswith("/") else f"/echo.v1.EchoService/{method}",
        request_serializer=request.SerializeToString,
        response_deserializer=reply.FromString)


def request_of(command, number=None, fields=None):
    request = EchoRequest(**(command.get("request", {}) if fields is None else fields))
    if fields is None and "octets" in command:
        request.payload = payload(command["octets"])
    if number is not None:
        request.number = number
    return request


def options_of(command):
    options = {"metadata": to_metadata(command.get("metadata"))}
    if "deadlineMs" in command:
        options["timeout"] = command["deadlineMs"] / 1000
    return options


def begin(command, call):
    with lock:
        open_calls[command["id"]] = call
    return call


def seen(call):
    return {
        "code": call.code().value[0],
        "details": call.details(),
        "headers": from_metadata(call.initial_metadata()),
        "trailers": from_metadata(call.trailing_metadata()),
    }


def show(reply):
    if reply is None:
        return None
    return {
        "text": reply.text, "number": reply.number, "octets": len(reply.payload), "same": reply.payload == payload(len(reply.payload))}


def result_of(call):
    try:
        return call.result()
    except grpc.FutureCancelledError:
        return None
    except grpc.RpcError:
        return None


def unary(command):
    method = make(command, "unary_unary", command.get("method", "Unary"))
    call = begin(command, method.future(request_of(command), **options_of(command)))
    reply = result_of(call)
    return {**seen(call), "reply": show(reply)}


def unknown_service(command):
    call = make(command, "unary_unary", "/nothing.v1.Nothing/Unary").future(EchoRequest())
    result_of(call)
    return seen(call)


def others(command):
    method = make(command, "unary_unary", "Unary")
    for number in range(command["others"]):
        assert method(EchoRequest(number=number)).number == number


class Count:
    """Replies so far, and whether their numbers were 0, 1, 2 and so on."""

    def __init__(self):
        self.count = 0
        self.in_order = True
        self.ended = False
        self.changed = threading.Condition()

    def take(self, reply):
        with self.changed:
            self.in_order = self.in_order and reply.number == self.count
            self.count += 1
            self.changed.notify_all()

    def read(self, call, after_each=lambda: None):
        try:
            for reply in call:
                self.take(reply)
                after_each()
        except grpc.RpcError:
            pass
        finally:
            # Whoever waits for room in the window need not any more.
            with self.changed:
                self.ended = True
                self.changed.notify_all()

    def wait_for_room(self, number):
        with self.changed:
            self.changed.wait_for(lambda: self.ended or number - self.count < CHAT_WINDOW)

    def wait_for(self, count):
        with self.changed:
            self.changed.wait_for(lambda: self.ended or self.count >= count)

    def answer(self, call):
        return {**seen(call), "count": self.count, "inOrder": self.in_order}


def download(command):
    call = begin(command, make(command, "unary_stream", "Download")(request_of(command), **options_of(command)))
    count = Count()

    def after_each():
        if count.count == command.get("cancelAfter"):
            call.cancel()
        if count.count == command.get("pauseAfter"):
            others(command)

    count.read(call, after_each)
    return count.answer(call)


def requests_of(command, count, hold):
    for number in range(command["count"]):
        if count:
            count.wait_for_room(number)
        yield request_of(command, number)
    if "last" in command:
        yield request_of(command, fields=command["last"])
    if "idleAfter" in command:
        count.wait_for(command["idleAfter"])
        others(command)
        yield request_of(command, command["idleAfter"])
    elif command.get("keepOpen"):
        hold.wait()


def upload(command):
    hold = threading.Event()
    call = begin(command, make(command, "stream_unary", "Upload", UploadReply).future(
        requests_of(command, None, hold), **options_of(command)))
    reply = result_of(call)
    hold.set()
    shown = reply and {"count": reply.count, "octets": reply.octets, "last_number": reply.last_number}
    return {**seen(call), "reply": shown}


def chat(command):
    hold = threading.Event()
    count = Count()
    call = begin(command, make(command, "stream_stream", "Chat")(requests_of(command, count, hold), **options_of(command)))

    def after_each():
        if count.count == command.get("cancelAfter"):
            call.cancel()

    count.read(call, after_each)
    hold.set()
    return count.answer(call)


def crowd(command):
    results = []

    def one(number):
        results.append(chat({**command, "id": f"{command['id']}/{number}"}))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(command["streams"])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        "code": max(result["code"] for result in results),
        "count": sum(result["count"] for result in results),
        "inOrder": len(results) == command["streams"] and all(result["inOrder"] for result in results),
    }


def health(command):
    request = HealthRequest(service=command["service"])
    if not command.get("watch"):
        call = make(command, "unary_unary", "/grpc.health.v1.Health/Check", HealthResponse, HealthRequest).future(request)
        reply = result_of(call)
        return {**seen(call), "status": reply.status if reply else None}
    call = make(command, "unary_stream", "/grpc.health.v1.Health/Watch", HealthResponse, HealthRequest)(request)
    status = next(call).status
    call.cancel()
    return {"code": call.code().value[0], "status": status}


def reflect(command):
    """Learns a service from the server itself and calls its method Unary."""
    ask = make(
        command, "stream_stream", f"/{command['version']}.ServerReflection/ServerReflectionInfo", ReflectionResponse, ReflectionRequest)
    listed, described = ask(iter([
        ReflectionRequest(list_services="*"), ReflectionRequest(file_containing_symbol=command["service"])]))
    files = [
        descriptor_pb2.FileDescriptorProto.FromString(file)
        for file in reversed(described.file_descriptor_response.file_descriptor_proto)]
    learnt = messages_of(files)
    method = next(method for method in files[-1].service[0].method if method.name == "Unary")
    call = channel_for(command).unary_unary(
        f"/{command['service']}/{method.name}",
        request_serializer=lambda request: request.SerializeToString(),
        response_deserializer=learnt(method.output_type.lstrip(".")).FromString)
    reply = call(learnt(method.input_type.lstrip("."))(number=77))
    return {
        "code": 0, "services": [service.name for service in listed.list_services_response.service], "reply": {"number": reply.number}}


COMMANDS = {
    "unary": unary, "download": download, "upload": upload, "chat": chat, "crowd": crowd, "unknownService": unknown_service,
    "health": health, "reflect": reflect,
}


def run(command):
    try:
        answer = COMMANDS[command["op"]](command)
    except grpc.RpcError as error:
        answer = {"code": error.code().value[0], "details": error.details()}
    with lock:
        open_calls.pop(command["id"], None)
        print(json.dumps({"id": command["id"], **answer}), flush=True)


print("READY", flush=True)
for line in sys.stdin:
    received = json.loads(line)
    if received["op"] == "cancel":
        with lock:
            target = open_calls[received["target"]]
        target.cancel()
    else:
        threading.Thread(target=run, args=(received,), daemon=True).start()
