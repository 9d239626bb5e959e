using System.Diagnostics;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Drivers.Esme;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Service;
using DeviceHarness.Transports.Pacing;
using DeviceHarness.Transports.Pty;
using DeviceHarness.Transports.Recording;
using DeviceHarness.Transports.Serial;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Benchmarks.Esme;

/// <summary>The virtual meter at one end of a pseudo-terminal, the driver at the other, a log of the octets: all in one process.</summary>
internal sealed class PtyMeter : IAsyncDisposable
{
    /// <summary>The rate of the line where it is paced, in baud.</summary>
    public const int Baud = 9600;

    /// <summary>Start, data and stop bit of an octet: 8N1.</summary>
    public const int BitsPerOctet = 10;

    private static readonly ReadInstantaneousImportRegisters Request = new();

    private readonly CancellationTokenSource _stop = new();
    private readonly IByteTransport _far;
    private readonly RecordingTransport _near;
    private readonly WireLog _wire;
    private readonly EsmeDriver _driver;
    private readonly VirtualEsme _meter;
    private readonly Task _serving;

    private PtyMeter(PtyMasterTransport pty, bool isPaced, string modelText, Func<DeviceProfile, DeviceProfile> change)
    {
        _far = isPaced ? new PacedTransport(pty, new LineRate(Baud, BitsPerOctet)) : pty;
        EsmeModel model = EsmeModelReader.Read(ConfigurationNode.Parse(modelText, ModelPath));
        _meter = new VirtualEsme("esme-01", model, TimeProvider.System);
        _serving = _meter.RunAsync(new VirtualLine(_far) { Baud = Baud, ReadClientBaud = () => pty.ClientBaud }, _stop.Token);
        _wire = new WireLog();
        SerialPortSettings port = new() { Path = pty.ClientPath, Name = "esme-01", Baud = Baud, HasLineTime = isPaced };
        _near = new RecordingTransport(SerialPortTransport.Open(port), _wire);
        _driver = new EsmeDriver(new EsmeOptions
        {
            Id = new DeviceId("esme-01"),
            Profile = change(DeviceProfileLoader.LoadFile(Fixtures.FilePath("rigs/profiles/generic-smets1-esme.yaml"))),
            Transport = _near,
        });
    }

    /// <summary>Makes meter, line and driver.</summary>
    /// <param name="isPaced">Whether octets take on the line the time that they take at 9600 baud.</param>
    public static PtyMeter Create(bool isPaced) => Create(isPaced, ModelText, profile => profile);

    /// <summary>Makes meter, line and driver of other settings.</summary>
    /// <param name="isPaced">Whether octets take on the line the time that they take at 9600 baud.</param>
    /// <param name="modelText">The meter's model.</param>
    /// <param name="change">Makes the driver's profile of the generic one.</param>
    public static PtyMeter Create(bool isPaced, string modelText, Func<DeviceProfile, DeviceProfile> change) =>
        new(PtyMasterTransport.Create(new PtySettings { Name = "esme-01" }), isPaced, modelText, change);

    /// <summary>The model of the default virtual meter.</summary>
    public static string ModelText => File.ReadAllText(ModelPath);

    private static string ModelPath => Fixtures.FilePath("rigs/virtual/esme.yaml");

    /// <summary>Carries out a request and says what became of it.</summary>
    public Task<SrvResult> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken) =>
        _driver.ExecuteAsync(body, cancellationToken);

    /// <summary>Reads the import registers by SRV 4.1.1 and checks them against what the meter has.</summary>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>Where the driver says that the time went, and the time by a clock around the driver, in microseconds.</returns>
    public async Task<(LatencySplit Split, double TotalUs)> ReadAsync(CancellationToken cancellationToken)
    {
        long before = _meter.Totals.ActiveImportWh;
        long started = Stopwatch.GetTimestamp();
        SrvResult result = await _driver.ExecuteAsync(Request, cancellationToken);
        double totalUs = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        long after = _meter.Totals.ActiveImportWh;
        long? read = (result.Outcome.Body as ReadInstantaneousImportRegistersRsp)?.Electricity?.ActiveImportRegister?.Value;
        return result.Outcome.Kind == DeviceOutcomeKind.Done && read >= before && read <= after
            ? (result.Latency, totalUs)
            : throw Verify.Wrong($"{result.Outcome.Kind} {result.Outcome.Detail}: {read} Wh read, the meter had {before} to {after}");
    }

    /// <summary>The octets that passed the line since a position of the log, both ways.</summary>
    public int OctetsSince(long position)
    {
        IReadOnlyList<WireRecord> records = _wire.Since(position, out long lost);
        Verify.That(lost == 0, $"{lost} records of the wire are gone");
        return records.Sum(record => record.Octets.Length);
    }

    /// <summary>The log's position now.</summary>
    public long Position => _wire.Position;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _driver.DisconnectAsync(CancellationToken.None);
        await _driver.DisposeAsync();
        await _near.DisposeAsync();
        await _stop.CancelAsync();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _far.DisposeAsync();
        _stop.Dispose();
    }
}
