using System.Diagnostics;
using DeviceHarness.Benchmarks.Measuring;
using Grpc.Core;

namespace DeviceHarness.Benchmarks.Rpc;

/// <summary>Messages both ways on one stream, as fast as flow control lets them.</summary>
internal sealed class DuplexLoop : ILatencyLoop
{
    // Long enough that what flow control lets pile up in one batch and run off in the next does not show as speed.
    private const int BatchMessages = 20_000;

    /// <inheritdoc/>
    public string Name => "grpc-duplex";

    /// <inheritdoc/>
    public string Asks =>
        "how many messages with 100 octets go each way in a second on one stream over loopback, both ends in this process?";

    /// <inheritdoc/>
    public LoopSize StandardSize => new(Samples: 1_000_000, WarmUp: 100_000);

    /// <inheritdoc/>
    public async Task<Measurement> RunAsync(LoopSize size, CancellationToken cancellationToken)
    {
        await using PingHost host = await PingHost.StartAsync();
        using AsyncDuplexStreamingCall<Ping, Ping> call = host.Client.Chat(cancellationToken: cancellationToken);
        int messages = size.WarmUp + size.Samples;
        Task writing = WriteAsync(host, call.RequestStream, messages, cancellationToken);
        Measurement measurement = new("batch_us", "messages", "messages_per_s");
        long started = Stopwatch.GetTimestamp();
        int inBatch = 0;
        for (int number = 0; number < messages; number++)
        {
            Verify.That(await call.ResponseStream.MoveNext(cancellationToken));
            host.Check(call.ResponseStream.Current, number);
            inBatch++;
            bool isLastOfWarmUp = number == size.WarmUp - 1;
            if (isLastOfWarmUp || inBatch == BatchMessages || number == messages - 1)
            {
                double elapsed = Elapsed.MicrosecondsSince(started);
                if (number >= size.WarmUp)
                {
                    measurement.Add(elapsed, inBatch, inBatch / elapsed * 1_000_000);
                }

                started = Stopwatch.GetTimestamp();
                inBatch = 0;
            }
        }

        await writing;
        Verify.That(!await call.ResponseStream.MoveNext(cancellationToken), "more replies than requests");
        return measurement;
    }

    private static async Task WriteAsync(
        PingHost host, IClientStreamWriter<Ping> requests, int messages, CancellationToken cancellationToken)
    {
        for (int number = 0; number < messages; number++)
        {
            await requests.WriteAsync(new Ping { Number = number, Payload = host.Payload }, cancellationToken);
        }

        await requests.CompleteAsync();
    }
}
