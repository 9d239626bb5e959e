using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Drivers.ZigBeeAdapter;

/// <summary>A ZigBee adapter of a bench, whatever protocol it speaks with its host.</summary>
/// <remarks>
/// It is started before anything else. When it is lost - it rebooted, stopped, was unplugged - every call in flight fails with the typed
/// fault, <see cref="ReadEventAsync"/> tells of it, and the adapter is brought back by itself; what it then finds is told too. Safe for any
/// number of callers and one reader of events.
/// </remarks>
public interface IZigBeeAdapter : IAsyncDisposable
{
    /// <summary>The kind that a rig file names, such as <c>ezsp</c>.</summary>
    string Kind { get; }

    /// <summary>The port, as the rig file names it.</summary>
    string Port { get; }

    /// <summary>What the adapter is; null before it was started for the first time.</summary>
    ZigBeeAdapterIdentity? Identity { get; }

    /// <summary>The network that it is in; null when it is in none, or lost.</summary>
    ZigBeeNetwork? Network { get; }

    /// <summary>The adapter's own key establishment; null when it has no curve library or certificate, or was not asked for them: see
    /// <see cref="ZigBeeAdapterSettings.UsesOwnKeyAgreement"/>.</summary>
    IZigBeeKeyAgreement? KeyAgreement => null;

    /// <summary>Resets the adapter, sets it up, and goes on in the network that it has stored, if any.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">The adapter does not do its work: the message says what a person does about it.</exception>
    /// <exception cref="TransportException">The port is missing, busy or gone.</exception>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Waits for the next event; they are kept from the first start on, the oldest go when nobody reads.</summary>
    /// <param name="cancellationToken">Ends the wait; no event is lost by it.</param>
    ValueTask<ZigBeeAdapterEvent> ReadEventAsync(CancellationToken cancellationToken);

    /// <summary>Forms a network, as its trust centre.</summary>
    /// <param name="settings">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    Task<ZigBeeNetwork> FormAsync(ZigBeeFormSettings settings, CancellationToken cancellationToken);

    /// <summary>Joins a network that somebody else formed.</summary>
    /// <param name="settings">Which, as what, and with which key.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">It refuses, did not join, or is lost.</exception>
    Task<ZigBeeNetwork> JoinAsync(ZigBeeJoinSettings settings, CancellationToken cancellationToken);

    /// <summary>Looks for the network that it joined once more, as after it was out of reach.</summary>
    /// <param name="hasNetworkKey">Whether it asks under the network key that it holds; else under its link key alone, as after a change of
    /// the network key that it missed.</param>
    /// <param name="channels">Where, channels as bits, 11 to 26; 0 for the one that it knows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">It refuses, was not taken back, or is lost.</exception>
    Task<ZigBeeNetwork> RejoinAsync(bool hasNetworkKey, uint channels, CancellationToken cancellationToken);

    /// <summary>The trust centre of the network that it is in.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when the adapter does not know it.</returns>
    /// <exception cref="AdapterException">It is in no network, or lost.</exception>
    Task<ulong?> FindTrustCentreAsync(CancellationToken cancellationToken);

    /// <summary>Leaves the network.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    Task LeaveAsync(CancellationToken cancellationToken);

    /// <summary>Lets devices join through the adapter and through the routers of its network, or no longer.</summary>
    /// <param name="duration">How long, up to 254 s; zero closes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    Task PermitJoiningAsync(TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Measures how much energy is on each channel.</summary>
    /// <param name="channels">The channels as bits, 11 to 26.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    Task<IReadOnlyList<ZigBeeChannelEnergy>> ScanEnergyAsync(uint channels, CancellationToken cancellationToken);

    /// <summary>Looks for networks.</summary>
    /// <param name="channels">The channels as bits, 11 to 26.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    Task<IReadOnlyList<ZigBeeFoundNetwork>> ScanNetworksAsync(uint channels, CancellationToken cancellationToken);

    /// <summary>Sends a message to one node and waits for what came of it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the wait; the message may be delivered all the same.</param>
    /// <exception cref="AdapterException">The adapter is lost, and nobody knows what came of it.</exception>
    Task<ZigBeeDelivery> SendAsync(ZigBeeMessage message, CancellationToken cancellationToken);

    /// <summary>The short address of a node, as far as the adapter knows it.</summary>
    /// <param name="eui64">The node.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when the adapter does not know it.</returns>
    /// <exception cref="AdapterException">The adapter is lost.</exception>
    Task<ushort?> FindNodeAsync(ulong eui64, CancellationToken cancellationToken);

    /// <summary>The node that has a short address, as far as the adapter knows it.</summary>
    /// <param name="nodeId">The short address.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when the adapter does not know it.</returns>
    /// <exception cref="AdapterException">The adapter is lost.</exception>
    Task<ulong?> FindEui64Async(ushort nodeId, CancellationToken cancellationToken);

    /// <summary>Gives the adapter the link key that it shares with a device, as key establishment made it.</summary>
    /// <param name="eui64">The device.</param>
    /// <param name="key">16 octets; it is not kept.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">Its key table is full, or it is lost.</exception>
    Task ImportLinkKeyAsync(ulong eui64, CipherKey key, CancellationToken cancellationToken);

    /// <summary>Whether the adapter holds a link key that it shares with a device alone, from whatever run.</summary>
    /// <param name="eui64">The device.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">The adapter is lost.</exception>
    Task<bool> HasLinkKeyAsync(ulong eui64, CancellationToken cancellationToken);

    /// <summary>Has the adapter forget the link key that it shares with a device: what came under it is no longer read.</summary>
    /// <param name="eui64">The device.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when it held none.</returns>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    Task<bool> EraseLinkKeyAsync(ulong eui64, CancellationToken cancellationToken);

    /// <summary>Gives the adapter the key that a device derives from its install code, so that it may join.</summary>
    /// <param name="eui64">The device.</param>
    /// <param name="key">16 octets; it is not kept.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    Task ImportJoiningKeyAsync(ulong eui64, CipherKey key, CancellationToken cancellationToken);

    /// <summary>Has the adapter forget all keys that devices may join with.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    Task ClearJoiningKeysAsync(CancellationToken cancellationToken);

    /// <summary>Takes from the adapter what another needs to take its place as trust centre.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Secrets, for who keeps them.</returns>
    /// <exception cref="AdapterException">It is no trust centre, does not give its keys away, or is lost.</exception>
    Task<ZigBeeNetworkBackup> BackUpAsync(CancellationToken cancellationToken);

    /// <summary>Makes an adapter without a network the trust centre that another was.</summary>
    /// <param name="backup">What the other knew, with raised counters.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">It is in a network, refuses, or is lost.</exception>
    Task<ZigBeeNetwork> RestoreAsync(ZigBeeNetworkBackup backup, CancellationToken cancellationToken);

    /// <summary>What is known of the network key; never the key itself.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    Task<ZigBeeNetworkKeyState> GetNetworkKeyStateAsync(CancellationToken cancellationToken);

    /// <summary>Sends the next network key to all that are awake. It is not in use before <see cref="SwitchNetworkKeyAsync"/>.</summary>
    /// <param name="key">16 octets; it is not kept.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    Task SendNextNetworkKeyAsync(CipherKey key, CancellationToken cancellationToken);

    /// <summary>Sends the next network key, which was sent to all, to one device that slept then. Whether it came there is not
    /// told.</summary>
    /// <param name="key">The same 16 octets; they are not kept.</param>
    /// <param name="nodeId">Its short address.</param>
    /// <param name="eui64">The device.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    Task SendNextNetworkKeyToAsync(CipherKey key, ushort nodeId, ulong eui64, CancellationToken cancellationToken);

    /// <summary>Tells all to use the next network key; at least 9 s after it was sent, 15 s to be sure.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The number of the key now in use.</returns>
    /// <exception cref="AdapterException">It is too soon, or the adapter refuses or is lost.</exception>
    Task<byte> SwitchNetworkKeyAsync(CancellationToken cancellationToken);

    /// <summary>Tells a device to leave the network.</summary>
    /// <param name="nodeId">Its short address.</param>
    /// <param name="eui64">The device.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    Task RemoveDeviceAsync(ushort nodeId, ulong eui64, CancellationToken cancellationToken);
}
