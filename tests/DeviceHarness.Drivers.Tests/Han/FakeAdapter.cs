using System.Threading.Channels;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.ZigBeeAdapter;

namespace DeviceHarness.Drivers.Tests.Han;

/// <summary>An adapter without a radio: the test says what comes of each message, and tells events.</summary>
internal sealed class FakeAdapter : IZigBeeAdapter
{
    private readonly Channel<ZigBeeAdapterEvent> _events = Channel.CreateUnbounded<ZigBeeAdapterEvent>();
    private readonly Channel<ZigBeeMessage> _sent = Channel.CreateUnbounded<ZigBeeMessage>();
    private (string Order, TaskCompletionSource? Ordered) _awaited = (string.Empty, null);

    public string Kind => "fake";

    public IZigBeeKeyAgreement? KeyAgreement { get; init; }

    public string Port => "zb-01";

    public ZigBeeAdapterIdentity? Identity { get; private set; }

    public ZigBeeNetwork? Network { get; set; } = new(ZigBeeRole.Coordinator, 0, 0x1122334455667788, 0x1A62, 15, 5);

    /// <summary>What comes of a message; delivered unless the test says otherwise.</summary>
    public Func<ZigBeeMessage, Task<ZigBeeDelivery>> Carry { get; set; } = _ => Task.FromResult(Delivery());

    public List<string> Orders { get; } = [];

    public Dictionary<ulong, CipherKey> LinkKeys { get; } = [];

    public Dictionary<ulong, ushort> Table { get; } = [];

    public static ZigBeeDelivery Delivery(
        ZigBeeDeliveryOutcome outcome = ZigBeeDeliveryOutcome.Delivered, string status = "Success") =>
        new(outcome, status, 1, TimeSpan.FromMilliseconds(20));

    public void Tell(ZigBeeAdapterEvent told) => _events.Writer.TryWrite(told);

    public ValueTask<ZigBeeMessage> SentAsync() => _sent.Reader.ReadAsync();

    public bool TryTakeSent(out ZigBeeMessage? message) => _sent.Reader.TryRead(out message);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Identity = new(0x00124B0001020304, "fake", "1", []);
        return Task.CompletedTask;
    }

    public ValueTask<ZigBeeAdapterEvent> ReadEventAsync(CancellationToken cancellationToken) => _events.Reader.ReadAsync(cancellationToken);

    public Task<ZigBeeNetwork> FormAsync(ZigBeeFormSettings settings, CancellationToken cancellationToken) => Task.FromResult(Network!);

    /// <summary>The networks that a scan hears.</summary>
    public IReadOnlyList<ZigBeeFoundNetwork> Heard { get; set; } = [];

    public Task<ZigBeeNetwork> JoinAsync(ZigBeeJoinSettings settings, CancellationToken cancellationToken)
    {
        Order($"join {settings.ExtendedPanId:X}");
        Network ??= new(settings.Role, 0x1234, settings.ExtendedPanId, settings.PanId, settings.Channel, 5);
        return Task.FromResult(Network);
    }

    public Task<ZigBeeNetwork> RejoinAsync(bool hasNetworkKey, uint channels, CancellationToken cancellationToken)
    {
        Order($"rejoin {hasNetworkKey}");
        return Task.FromResult(Network!);
    }

    public Task<ulong?> FindTrustCentreAsync(CancellationToken cancellationToken) => FindEui64Async(0, cancellationToken);

    public Task<bool> HasLinkKeyAsync(ulong eui64, CancellationToken cancellationToken) => Task.FromResult(LinkKeys.ContainsKey(eui64));

    public async Task<bool> EraseLinkKeyAsync(ulong eui64, CancellationToken cancellationToken)
    {
        await Order($"erase {eui64:X16}");
        return LinkKeys.Remove(eui64);
    }

    public Task LeaveAsync(CancellationToken cancellationToken) => Order("leave");

    public Task PermitJoiningAsync(TimeSpan duration, CancellationToken cancellationToken) => Order($"permit {duration.TotalSeconds}");

    public Task<IReadOnlyList<ZigBeeChannelEnergy>> ScanEnergyAsync(uint channels, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ZigBeeChannelEnergy>>([]);

    public Task<IReadOnlyList<ZigBeeFoundNetwork>> ScanNetworksAsync(uint channels, CancellationToken cancellationToken) =>
        Task.FromResult(Heard);

    public Task<ZigBeeDelivery> SendAsync(ZigBeeMessage message, CancellationToken cancellationToken)
    {
        Task<ZigBeeDelivery> carried = Carry(message);
        _sent.Writer.TryWrite(message);
        return carried.WaitAsync(cancellationToken);
    }

    public Task<ushort?> FindNodeAsync(ulong eui64, CancellationToken cancellationToken) =>
        Task.FromResult<ushort?>(Table.TryGetValue(eui64, out ushort nodeId) ? nodeId : null);

    public Task<ulong?> FindEui64Async(ushort nodeId, CancellationToken cancellationToken) =>
        Task.FromResult<ulong?>(Table.FirstOrDefault(pair => pair.Value == nodeId) is { Key: > 0 } pair ? pair.Key : null);

    public Task ImportLinkKeyAsync(ulong eui64, CipherKey key, CancellationToken cancellationToken)
    {
        LinkKeys[eui64] = key;
        return Order($"link key {eui64:X16}");
    }

    public Task ImportJoiningKeyAsync(ulong eui64, CipherKey key, CancellationToken cancellationToken) =>
        Order($"joining key {eui64:X16} {Convert.ToHexString(key.Reveal())}");

    public Task ClearJoiningKeysAsync(CancellationToken cancellationToken) => Order("clear joining keys");

    /// <summary>What a backup holds; null for an adapter that gives no keys away.</summary>
    public ZigBeeNetworkBackup? Backup { get; set; }

    public Task<ZigBeeNetworkBackup> BackUpAsync(CancellationToken cancellationToken) => Backup is { } backup
        ? Task.FromResult(backup with { LinkKeys = new Dictionary<ulong, CipherKey>(LinkKeys) })
        : throw new AdapterException("EZSP-015", AdapterFault.Refused, "refused");

    public Task<ZigBeeNetwork> RestoreAsync(ZigBeeNetworkBackup backup, CancellationToken cancellationToken)
    {
        Backup = backup;
        Network = backup.Network;
        return Task.FromResult(Network);
    }

    public Task<ZigBeeNetworkKeyState> GetNetworkKeyStateAsync(CancellationToken cancellationToken) =>
        Task.FromResult(default(ZigBeeNetworkKeyState));

    /// <summary>The network keys that were sent, to all and to one.</summary>
    public List<CipherKey> NetworkKeys { get; } = [];

    public Task SendNextNetworkKeyAsync(CipherKey key, CancellationToken cancellationToken)
    {
        NetworkKeys.Add(key);
        return Order("next key");
    }

    public Task SendNextNetworkKeyToAsync(CipherKey key, ushort nodeId, ulong eui64, CancellationToken cancellationToken)
    {
        NetworkKeys.Add(key);
        return Order($"next key to {nodeId:X4} {eui64:X16}");
    }

    public async Task<byte> SwitchNetworkKeyAsync(CancellationToken cancellationToken)
    {
        await Order("switch");
        return 1;
    }

    /// <summary>Whether it takes the order to remove a device.</summary>
    public bool RefusesRemoval { get; set; }

    public Task RemoveDeviceAsync(ushort nodeId, ulong eui64, CancellationToken cancellationToken) => RefusesRemoval
        ? throw new AdapterException("EZSP-015", AdapterFault.Refused, "refused") : Order($"remove {eui64:X16}");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Waits for an order.</summary>
    public Task OrderedAsync(string order)
    {
        lock (Orders)
        {
            _awaited = Orders.Contains(order) ? (order, null) : (order, new(TaskCreationOptions.RunContinuationsAsynchronously));
            return _awaited.Ordered?.Task ?? Task.CompletedTask;
        }
    }

    private Task Order(string order)
    {
        lock (Orders)
        {
            Orders.Add(order);
            _ = _awaited.Order == order && _awaited.Ordered?.TrySetResult() == true;
        }

        return Task.CompletedTask;
    }
}
