using System.Globalization;
using DeviceHarness.Contracts.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

namespace DeviceHarness.Benchmarks.Cycles;

/// <summary>The wire side of a rig without devices: it says hello, takes leases and sends results, over a stream of its own.</summary>
internal sealed class BareRig : IAsyncDisposable
{
    private const string DeviceName = "esme-01";

    private readonly GrpcChannel _channel;
    private readonly AsyncDuplexStreamingCall<RigMessage, OrchestratorMessage> _call;

    private BareRig(string address, string name)
    {
        Name = name;
        _channel = GrpcChannel.ForAddress(address);
        _call = new RigService.RigServiceClient(_channel).Connect();
    }

    /// <summary>The rig's name.</summary>
    public string Name { get; }

    /// <summary>Connects, and waits until the orchestrator knows that the rig is healthy.</summary>
    public static async Task<BareRig> ConnectAsync(string address, int number, CancellationToken cancellationToken)
    {
        BareRig rig = new(address, string.Create(CultureInfo.InvariantCulture, $"rig-{number:00}"));
        Hello hello = new() { Rig = rig.Name, BootId = "boot-1", AgentVersion = "1.0", Host = "host" };
        hello.Devices.Add(new Device
        {
            Id = DeviceName,
            DeviceType = "ESME",
            Eui64 = string.Create(CultureInfo.InvariantCulture, $"90-B3-D5-1F-30-00-01-{number:X2}"),
            Profile = "generic-smets1-esme",
            Provenance = new Provenance { Route = Route.LocalSerial, Origin = Origin.Virtual },
            Status = "Commissioned",
            FirmwareVersion = "4.2.0",
            Smets1 = true,
        });
        await rig._call.RequestStream.WriteAsync(new RigMessage { Hello = hello }, cancellationToken);
        OrchestratorMessage message;
        do
        {
            message = await rig.ReadAsync(cancellationToken);
        }
        while (message.HealthCheck is null);

        return rig;
    }

    /// <summary>Reads the next message; a health check among them is answered.</summary>
    public async Task<OrchestratorMessage> ReadAsync(CancellationToken cancellationToken)
    {
        Verify.That(await _call.ResponseStream.MoveNext(cancellationToken), $"the orchestrator ended the stream of {Name}");
        OrchestratorMessage message = _call.ResponseStream.Current;
        if (message.HealthCheck is { } check)
        {
            HealthReport report = new()
            {
                CheckId = check.CheckId,
                Devices = { new DeviceHealth { Device = DeviceName, PortOpen = true } },
            };
            await _call.RequestStream.WriteAsync(new RigMessage { HealthReport = report }, cancellationToken);
        }

        return message;
    }

    /// <summary>Reads on until a lease comes.</summary>
    public async Task<Lease> ReadLeaseAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if ((await ReadAsync(cancellationToken)).Lease is { } lease)
            {
                return lease;
            }
        }
    }

    /// <summary>Sends one event of an attempt and reads until it is acknowledged.</summary>
    /// <returns>A lease that came meanwhile; null when none did.</returns>
    public async Task<Lease?> SendAsync(Lease lease, long sequence, AttemptEvent what, CancellationToken cancellationToken)
    {
        (what.ExecutionId, what.Attempt, what.LeaseNumber, what.Sequence) =
            (lease.ExecutionId, lease.Attempt, lease.LeaseNumber, sequence);
        what.Time = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        EventBatch batch = new() { Events = { what } };
        await _call.RequestStream.WriteAsync(new RigMessage { Events = batch }, cancellationToken);
        Lease? next = null;
        while (true)
        {
            OrchestratorMessage message = await ReadAsync(cancellationToken);
            next ??= message.Lease;
            if (message.Ack is { } ack && ack.LeaseNumber == lease.LeaseNumber && ack.Sequence == sequence)
            {
                return next;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _call.Dispose();
        _channel.Dispose();
        return ValueTask.CompletedTask;
    }
}
