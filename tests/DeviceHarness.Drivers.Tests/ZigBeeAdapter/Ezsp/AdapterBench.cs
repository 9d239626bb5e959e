using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.TestKit;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ezsp;

/// <summary>An adapter over a scripted NCP that takes all it is told when it is set up.</summary>
internal sealed class AdapterBench : IAsyncDisposable
{
    private readonly Queue<TransportException> _openFaults = new();

    public AdapterBench(byte version = 13, ZigBeeAdapterSettings? settings = null)
    {
        Ncp = new ScriptedNcp(version);
        EzspStatusParameter done = new(EzspStatus.Success);
        EmberStatusParameter taken = new(EmberStatus.Success);
        foreach (EzspFrameId id in (EzspFrameId[])
            [EzspFrameId.SetConfigurationValue, EzspFrameId.SetPolicy, EzspFrameId.AddEndpoint, EzspFrameId.SetValue])
        {
            Ncp.Answer(id, done);
        }

        foreach (EzspFrameId id in (EzspFrameId[])
            [EzspFrameId.SetInitialSecurityState, EzspFrameId.ClearKeyTable, EzspFrameId.FormNetwork, EzspFrameId.JoinNetwork,
             EzspFrameId.LeaveNetwork, EzspFrameId.PermitJoining, EzspFrameId.SetConcentrator, EzspFrameId.RemoveDevice,
             EzspFrameId.BroadcastNextNetworkKey, EzspFrameId.BroadcastNetworkKeySwitch, EzspFrameId.AddOrUpdateKeyTableEntry,
             EzspFrameId.AddTransientLinkKey])
        {
            Ncp.Answer(id, taken);
        }

        Ncp.Answer(EzspFrameId.ImportLinkKey, new SlStatusParameter(SlStatus.Ok))
            .Answer(EzspFrameId.ImportTransientKey, new SlStatusParameter(SlStatus.Ok))
            .Answer(EzspFrameId.StartScan, new SlStatusParameter(SlStatus.Ok))
            .Answer(EzspFrameId.SetManufacturerCode, new SetManufacturerCodeResponse(EmberStatus.Success))
            .Answer(EzspFrameId.GetValue, new ValueResponse(EzspStatus.Success, "060107040300AA".Octets()))
            .Answer(EzspFrameId.GetEui64, new Eui64Parameter(0x00124B0001020304))
            .Answer(EzspFrameId.GetNodeId, new WordParameter(0))
            .Answer(EzspFrameId.MaximumPayloadLength, new OctetParameter(77))
            .Answer(EzspFrameId.SendUnicast, new SendResponse(EmberStatus.Success, 0x42))
            .Answer(EzspFrameId.SendBroadcast, new SendResponse(EmberStatus.Success, 0x43))
            .Answer(EzspFrameId.NetworkInit, new EmberStatusParameter(EmberStatus.NotJoined))
            .Answer(EzspFrameId.GetNetworkParameters, new GetNetworkParametersResponse(
                EmberStatus.Success, EmberNodeType.Coordinator, new(0x1122334455667788, 0x1A2B, 5, 15, 0, 0, 0, 1u << 15)));
        Adapter = ZigBeeAdapters.Create(settings ?? new() { Kind = "ezsp" }, "zigbee", OpenAsync, Ncp.Time);
    }

    public ScriptedNcp Ncp { get; }

    public IZigBeeAdapter Adapter { get; }

    /// <summary>How often the port was opened, or tried to be.</summary>
    public int Opened { get; private set; }

    public void FailToOpen(TransportException fault) => _openFaults.Enqueue(fault);

    public Task StartAsync() => Adapter.StartAsync(CancellationToken.None).DefaultTimeout();

    /// <summary>The stack's status, right after the adapter has taken a command.</summary>
    public AdapterBench After(EzspFrameId command, EmberStatus status)
    {
        Ncp.Then[command] = () => Ncp.Callback(EzspFrameId.StackStatusHandler, new EmberStatusParameter(status));
        return this;
    }

    public AdapterBench Stored()
    {
        Ncp.Answer(EzspFrameId.NetworkInit, new EmberStatusParameter(EmberStatus.Success));
        return After(EzspFrameId.NetworkInit, EmberStatus.NetworkUp);
    }

    /// <summary>Waits, while no time passes, until a command has come and its answer was taken: the next command goes out only
    /// then.</summary>
    public async Task TakenAsync(EzspFrameId command)
    {
        while (!Ncp.Ids.Contains(command))
        {
            await Task.Yield();
        }

        Ncp.Answer(EzspFrameId.GetNetworkKeyInfo, new NetworkKeyInfoResponse(SlStatus.Ok, true, false, 0, 0, 0));
        await Adapter.GetNetworkKeyStateAsync(CancellationToken.None);
    }

    /// <summary>Reads events up to and with the first of a kind.</summary>
    public async Task<T> EventAsync<T>()
        where T : ZigBeeAdapterEvent
    {
        while (true)
        {
            if (await Adapter.ReadEventAsync(CancellationToken.None).AsTask().DefaultTimeout() is T found)
            {
                return found;
            }
        }
    }

    public ValueTask DisposeAsync() => Adapter.DisposeAsync();

    private ValueTask<IByteTransport> OpenAsync(CancellationToken cancellationToken)
    {
        Opened++;
        return _openFaults.TryDequeue(out TransportException? fault) ? throw fault : new(Ncp.Open());
    }
}
