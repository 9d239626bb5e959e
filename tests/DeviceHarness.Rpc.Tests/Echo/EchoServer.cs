using DeviceHarness.Rpc.Hosting;
using Google.Protobuf;
using Grpc.Core;

namespace DeviceHarness.Rpc.Tests.Echo;

/// <summary>The echo service on the project's own server.</summary>
public sealed class EchoServer(EchoRecord record) : EchoService.EchoServiceBase
{
    /// <summary>The text of a request whose every second reply is not to be compressed.</summary>
    public const string NoCompressEverySecond = "no compression of every second";

    /// <summary>The text of a unary request that is answered with what is known of its client.</summary>
    public const string WhoAmI = "who am I";

    private const byte Filler = 0x5A;

    /// <inheritdoc/>
    public override async Task<EchoReply> Unary(EchoRequest request, ServerCallContext context)
    {
        record.Begin(nameof(Unary));
        await ReturnMetadataAsync(request, context);
        await HangAsync(request, context, nameof(Unary));
        ThrowIfAsked(request, context);
        return request.Text == WhoAmI ? new EchoReply { Text = Describe(context.AuthContext) } : Reply(request);
    }

    /// <inheritdoc/>
    public override async Task Download(EchoRequest request, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context)
    {
        record.Begin(nameof(Download));
        await ReturnMetadataAsync(request, context);
        try
        {
            EchoReply reply = Reply(request);
            for (int number = 0; number < request.ReplyCount; number++)
            {
                reply.Number = number;
                responseStream.WriteOptions = request.Text == NoCompressEverySecond && number % 2 == 1
                    ? new WriteOptions(WriteFlags.NoCompress)
                    : null;
                await responseStream.WriteAsync(reply, context.CancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            record.Cancel(nameof(Download));
            throw;
        }

        await HangAsync(request, context, nameof(Download));
        ThrowIfAsked(request, context);
    }

    /// <inheritdoc/>
    public override async Task<UploadReply> Upload(IAsyncStreamReader<EchoRequest> requestStream, ServerCallContext context)
    {
        record.Begin(nameof(Upload));
        UploadReply reply = new();
        try
        {
            await foreach (EchoRequest request in requestStream.ReadAllAsync(context.CancellationToken))
            {
                reply.Count++;
                reply.Octets += request.Payload.Length;
                reply.LastNumber = request.Number;
                await HangAsync(request, context, nameof(Upload));
                ThrowIfAsked(request, context);
                if (request.EndNow)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            record.Cancel(nameof(Upload));
            throw;
        }

        return reply;
    }

    /// <inheritdoc/>
    public override async Task Chat(
        IAsyncStreamReader<EchoRequest> requestStream, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context)
    {
        record.Begin(nameof(Chat));
        if (context.GetHttpContext().Features.Get<StopText>() is { } stop)
        {
            context.EndWhenStopping(new Status(StatusCode.Unavailable, stop.Text));
        }

        try
        {
            while (await requestStream.MoveNext(context.CancellationToken))
            {
                EchoRequest request = requestStream.Current;
                await ReturnMetadataAsync(request, context);
                await HangAsync(request, context, nameof(Chat));
                ThrowIfAsked(request, context);
                if (request.EndNow)
                {
                    return;
                }

                await responseStream.WriteAsync(Reply(request), context.CancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            record.Cancel(nameof(Chat));
            throw;
        }
    }

    /// <inheritdoc/>
    public override Task<EchoReply> CountCancelled(EchoRequest request, ServerCallContext context) =>
        Task.FromResult(new EchoReply { Number = record.Cancelled });

    private static string Describe(AuthContext client) =>
        string.Join("; ", client.Properties.Select(property => $"{property.Name}={property.Value}"));

    private static EchoReply Reply(EchoRequest request) => new()
    {
        Text = request.Text,
        Number = request.Number,
        Payload = request.ReplyOctets == 0 ? request.Payload : UnsafeByteOperations.UnsafeWrap(Filled(request.ReplyOctets)),
    };

    private static byte[] Filled(int octets)
    {
        byte[] payload = new byte[octets];
        payload.AsSpan().Fill(Filler);
        return payload;
    }

    private static void ThrowIfAsked(EchoRequest request, ServerCallContext context)
    {
        if (request.FailCode != 0)
        {
            throw new RpcException(new Status((StatusCode)request.FailCode, request.FailText), context.ResponseTrailers);
        }
    }

    private static async Task ReturnMetadataAsync(EchoRequest request, ServerCallContext context)
    {
        if (!request.ReturnMetadata)
        {
            return;
        }

        Metadata headers = [];
        foreach (Metadata.Entry entry in context.RequestHeaders.Where(entry => entry.Key.StartsWith("x-", StringComparison.Ordinal)))
        {
            headers.Add(entry);
            context.ResponseTrailers.Add(entry.IsBinary
                ? new Metadata.Entry($"trailer-{entry.Key}", entry.ValueBytes)
                : new Metadata.Entry($"trailer-{entry.Key}", entry.Value));
        }

        await context.WriteResponseHeadersAsync(headers);
    }

    private async Task HangAsync(EchoRequest request, ServerCallContext context, string method)
    {
        if (!request.Hang)
        {
            return;
        }

        record.Hang(method);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.CancellationToken);
        }
        catch (OperationCanceledException) when (method is nameof(Unary) or nameof(Download))
        {
            record.Cancel(method);
            throw;
        }
    }
}
