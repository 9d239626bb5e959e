using System.Diagnostics;
using System.Globalization;
using DeviceHarness.Benchmarks.Measuring;
using DeviceHarness.Codecs.Security.Mmo;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Transports.Pty;
using DeviceHarness.Transports.Serial;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.ZigBee;

namespace DeviceHarness.Benchmarks.ZigBee;

/// <summary>Sixty devices on mains and 32 that sleep behind one virtual adapter, each read once a minute for ten minutes: how long does a
/// read take, and how much of a core does all of it cost?</summary>
/// <remarks>Adapter, radio and devices are in the same process, so the share of a core is more than the host's own. Two in a hundred
/// transmissions are lost. A read that is neither answered nor told as not delivered ends the measurement as wrong. A sample is one read;
/// the share is that of the minute in which it was made.</remarks>
internal sealed class HanCrowdReads : ILatencyLoop
{
    private const int Mains = 60;
    private const int Sleepy = 32;
    private const int Minutes = 10;
    private const int MostCandidates = 30;
    private const ulong First = 0x90B3D51F30000D01;
    private const string Code = "83FED3407A939723A5C639B26916D505C3B5";
    private const ushort BasicCluster = 0x0000;
    private const ushort ModelIdentifier = 0x0005;

    private static readonly TimeSpan JoinTime = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public string Name => "han-crowd";

    /// <inheritdoc/>
    public string Asks => "60 devices on mains and 32 that poll every 2 s, each read once a minute for ten minutes, 2 % of transmissions "
        + "lost: the time of a read, the share of a core of host, adapter and devices (target: half a core, none lost untold)";

    /// <inheritdoc/>
    public LoopSize StandardSize => new(Samples: (Mains + Sleepy) * Minutes, WarmUp: 0);

    /// <inheritdoc/>
    public async Task<Measurement> RunAsync(LoopSize size, CancellationToken cancellationToken)
    {
        bool isWhole = size.Samples >= (Mains + Sleepy) * Minutes;
        HanCrowd crowd = new()
        {
            FirstEui64 = First,
            Mains = isWhole ? Mains : 3,
            Sleepy = isWhole ? Sleepy : 1,
            Loss = 0.02,
            LinkKey = new(InstallCode.TryParse(Code, out InstallCode? code, out _) ? code.LinkKey().Reveal() : default),
        };
        NcpModel model = new() { Adapter = new() { Eui64 = First - 1 }, Devices = crowd.Devices() };
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using PtyMasterTransport line = PtyMasterTransport.Create(new PtySettings { Name = "zb-01" });
        VirtualNcp adapter = new("zb-01", model, TimeProvider.System);
        Task serving = adapter.RunAsync(new VirtualLine(line), stop.Token);
        await using (HanNetwork network = new(new HanNetworkOptions
        {
            Adapter = ZigBeeAdapters.Create(
                new() { Kind = "ezsp", Devices = Mains + Sleepy }, "zb-01", _ => new(Open(line)), TimeProvider.System),
        }))
        {
            await network.StartAsync(cancellationToken);
            await network.FormAsync(new() { Channel = 15 }, cancellationToken);
            await AdmitAsync(network, crowd.Devices().Count, cancellationToken);
            Measurement measurement = await MeasureAsync(
                network, crowd.Devices().Count, isWhole ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(1), size, cancellationToken);
            await stop.CancelAsync();
            await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return measurement;
        }
    }

    private static SerialPortTransport Open(PtyMasterTransport line) => SerialPortTransport.Open(
        new SerialPortSettings { Path = line.ClientPath, Name = "zb-01", Baud = 115_200, HasLineTime = false });

    /// <summary>An adapter has room for the joining keys of 32 devices: they are let in by thirties.</summary>
    private static async Task AdmitAsync(HanNetwork network, int devices, CancellationToken cancellationToken)
    {
        foreach (int[] some in Enumerable.Range(0, devices).Chunk(MostCandidates))
        {
            HanCandidate[] candidates =
            [
                .. some.Select(index => (First + (ulong)index).ToString("X16", CultureInfo.InvariantCulture)).Select(device =>
                    HanCandidate.TryParse(device, Code, out HanCandidate? candidate, out string problem)
                        ? candidate
                        : throw Verify.Wrong(problem)),
            ];
            await using HanJoinWindow window = await network.PermitAsync(candidates, JoinTime, cancellationToken);
            foreach (HanCandidate candidate in candidates)
            {
                HanNode? node = await window.WaitForAsync(candidate.Eui64, cancellationToken);
                Verify.That(node is not null, $"{candidate} did not join");
            }
        }
    }

    private static async Task<Measurement> MeasureAsync(
        HanNetwork network, int devices, TimeSpan minute, LoopSize size, CancellationToken cancellationToken)
    {
        Measurement measurement = new("read_ms", "core_percent", "told_lost");
        using PeriodicTimer timer = new(minute);
        while (measurement.Rows.Count < size.Samples)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            long started = Stopwatch.GetTimestamp();
            Task<(double Milliseconds, bool IsTold)>[] reads =
                [.. Enumerable.Range(0, devices).Select(index => ReadAsync(network, First + (ulong)index, cancellationToken))];
            (double Milliseconds, bool IsTold)[] results = await Task.WhenAll(reads);
            await timer.WaitForNextTickAsync(cancellationToken);
            double share = (Environment.CpuUsage.TotalTime - before) / Stopwatch.GetElapsedTime(started) * 100;
            foreach ((double milliseconds, bool isTold) in results.Take(size.Samples - measurement.Rows.Count))
            {
                measurement.Add(milliseconds, share, isTold ? 1 : 0);
            }
        }

        return measurement;
    }

    private static async Task<(double Milliseconds, bool IsTold)> ReadAsync(
        HanNetwork network, ulong device, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        bool isTold = false;
        try
        {
            IReadOnlyList<AttributeResult> results =
                await network.Zcl.ReadAsync(new(device, 1), BasicCluster, [ModelIdentifier], cancellationToken);
            Verify.That(results is [{ Value: not null }], $"{device:X16} answered without a value");
        }
        catch (HanDeliveryException)
        {
            isTold = true;
        }

        return (Stopwatch.GetElapsedTime(started).TotalMilliseconds, isTold);
    }
}
