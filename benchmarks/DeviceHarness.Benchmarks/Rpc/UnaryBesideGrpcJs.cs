using System.ComponentModel;
using DeviceHarness.Benchmarks.Measuring;
using DeviceHarness.Interop.Tests.Grpc;

namespace DeviceHarness.Benchmarks.Rpc;

/// <summary>Unary calls of our gRPC and of grpc-js, in turn in one run: the same service, the same messages, and for each implementation a
/// client process and a server process over loopback.</summary>
/// <remarks>A sample is one batch of each, with 1, 8 and 64 calls under way at once on one connection. Who goes first changes from batch to
/// batch, so that a machine that slows down is unfair to both. It needs Node and npm, as the interoperability tests do, and has their
/// version of grpc-js.</remarks>
internal sealed class UnaryBesideGrpcJs : ILatencyLoop
{
    private const int BatchCalls = 5_000;

    private static readonly int[] InFlight = [1, 8, 64];

    /// <inheritdoc/>
    public string Name => "grpc-unary-beside-grpc-js";

    /// <inheritdoc/>
    public string Asks =>
        "how many unary calls a second with 100 octets and 1, 8, 64 in flight, two processes each, ours and grpc-js? Target: ratio >= 2.5";

    /// <inheritdoc/>
    public LoopSize StandardSize => new(Samples: 100_000, WarmUp: 20_000);

    /// <inheritdoc/>
    public async Task<Measurement> RunAsync(LoopSize size, CancellationToken cancellationToken)
    {
        string peers = await InstallAsync();
        string[] self = [typeof(Program).Assembly.Location, PingPeer.Option];
        await using PingProcesses ours = await PingProcesses.StartAsync("dotnet", self, peers, cancellationToken);
        await using PingProcesses theirs = await PingProcesses.StartAsync("node", ["ping.js"], peers, cancellationToken);
        foreach (int inFlight in InFlight)
        {
            await ours.MeasureAsync(size.WarmUp, inFlight, cancellationToken);
            await theirs.MeasureAsync(size.WarmUp, inFlight, cancellationToken);
        }

        Measurement measurement = new([.. InFlight.SelectMany(ColumnsOf)]);
        for (int left = size.Samples; left > 0; left -= BatchCalls)
        {
            int calls = Math.Min(left, BatchCalls);
            (PingProcesses first, PingProcesses second) = measurement.Rows.Count % 2 == 0 ? (ours, theirs) : (theirs, ours);
            List<double> row = [];
            foreach (int inFlight in InFlight)
            {
                double one = await first.MeasureAsync(calls, inFlight, cancellationToken);
                double other = await second.MeasureAsync(calls, inFlight, cancellationToken);
                (double our, double their) = first == ours ? (one, other) : (other, one);
                row.AddRange([our, their, our / their]);
            }

            measurement.Add([.. row]);
        }

        return measurement;
    }

    private static string[] ColumnsOf(int inFlight) =>
    [
        FormattableString.Invariant($"ours_{inFlight}_in_flight_calls_per_s"),
        FormattableString.Invariant($"grpc_js_{inFlight}_in_flight_calls_per_s"),
        FormattableString.Invariant($"ratio_{inFlight}_in_flight"),
    ];

    private static async Task<string> InstallAsync()
    {
        try
        {
            return await NodeInstallation.FolderAsync("Rpc");
        }
        catch (InvalidOperationException exception) when (exception.InnerException is Win32Exception)
        {
            throw new PeerMissingException(exception.Message, exception);
        }
    }
}
