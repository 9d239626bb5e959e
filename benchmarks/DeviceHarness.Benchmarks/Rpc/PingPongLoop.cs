using System.Diagnostics;
using DeviceHarness.Benchmarks.Measuring;
using Grpc.Core;

namespace DeviceHarness.Benchmarks.Rpc;

/// <summary>Messages to and fro on one open stream, as between a rig session and the orchestrator.</summary>
internal sealed class PingPongLoop : ILatencyLoop
{
    /// <inheritdoc/>
    public string Name => "grpc-ping-pong";

    /// <inheritdoc/>
    public string Asks =>
        "how long does a message with 100 octets take there and back on an open stream over loopback, both ends in this process?";

    /// <inheritdoc/>
    public LoopSize StandardSize => new(Samples: 20_000, WarmUp: 20_000);

    /// <inheritdoc/>
    public async Task<Measurement> RunAsync(LoopSize size, CancellationToken cancellationToken)
    {
        await using PingHost host = await PingHost.StartAsync();
        using AsyncDuplexStreamingCall<Ping, Ping> call = host.Client.Chat(cancellationToken: cancellationToken);
        Measurement measurement = new("round_trip_us");
        for (int number = -size.WarmUp; number < size.Samples; number++)
        {
            Ping request = new() { Number = number, Payload = host.Payload };
            long started = Stopwatch.GetTimestamp();
            await call.RequestStream.WriteAsync(request, cancellationToken);
            bool hasReply = await call.ResponseStream.MoveNext(cancellationToken);
            double elapsed = Elapsed.MicrosecondsSince(started);
            Verify.That(hasReply);
            host.Check(call.ResponseStream.Current, number);
            if (number >= 0)
            {
                measurement.Add(elapsed);
            }
        }

        await call.RequestStream.CompleteAsync();
        return measurement;
    }
}
