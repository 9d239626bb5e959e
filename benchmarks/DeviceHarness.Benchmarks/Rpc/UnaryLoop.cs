using System.Diagnostics;
using DeviceHarness.Benchmarks.Measuring;

namespace DeviceHarness.Benchmarks.Rpc;

/// <summary>Unary calls, one after the other.</summary>
internal sealed class UnaryLoop : ILatencyLoop
{
    /// <inheritdoc/>
    public string Name => "grpc-unary";

    /// <inheritdoc/>
    public string Asks => "how long does a unary call with 100 octets take over loopback, both ends in this process?";

    /// <inheritdoc/>
    public LoopSize StandardSize => new(Samples: 20_000, WarmUp: 20_000);

    /// <inheritdoc/>
    public async Task<Measurement> RunAsync(LoopSize size, CancellationToken cancellationToken)
    {
        await using PingHost host = await PingHost.StartAsync();
        Measurement measurement = new("call_us");
        for (int number = -size.WarmUp; number < size.Samples; number++)
        {
            Ping request = new() { Number = number, Payload = host.Payload };
            long started = Stopwatch.GetTimestamp();
            Ping reply = await host.Client.UnaryAsync(request, cancellationToken: cancellationToken);
            double elapsed = Elapsed.MicrosecondsSince(started);
            host.Check(reply, number);
            if (number >= 0)
            {
                measurement.Add(elapsed);
            }
        }

        return measurement;
    }
}
