using System.Security.Cryptography;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;

/// <summary>Networks: formed, joined, left, opened, looked for.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 to 4.7 sums it up.</remarks>
internal static class EzspNetworkControl
{
    private const ushort AllRouters = 0xFFFC;
    private const ushort Coordinator = 0x0000;
    private const ushort FirstReservedAddress = 0xFFF8;
    private const ushort PermitJoiningCluster = 0x0036;
    private const ushort ParentAndRejoin = 3;
    private const byte EnergyScan = 0;
    private const byte ActiveScan = 1;
    private const byte ScanDuration = 3;
    private const ushort HighRamConcentrator = 0xFFF9;

    /// <summary>The security of a trust centre whose joining keys are those of install codes.</summary>
    internal const EmberInitialSecurityBits TrustCenterBits = EmberInitialSecurityBits.TrustCenterUsesHashedLinkKey
        | EmberInitialSecurityBits.HavePreconfiguredKey | EmberInitialSecurityBits.HaveNetworkKey
        | EmberInitialSecurityBits.RequireEncryptedKey;

    private static readonly TimeSpan UpLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan JoinLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ScanLimit = TimeSpan.FromSeconds(30);

    /// <summary>Goes on in the network that the adapter has stored.</summary>
    /// <returns>The network; null when there is none.</returns>
    internal static async Task<ZigBeeNetwork?> ResumeAsync(EzspSession session, CancellationToken cancellationToken)
    {
        using EzspCallbackWait up = WaitForEnd(session, _ => { });
        EmberStatusParameter answer = await session.AskAsync(
            EzspCommands.NetworkInit, new NetworkInitRequest(ParentAndRejoin), cancellationToken).ConfigureAwait(false);
        if (answer.Status.ToEmberStatus() == EmberStatus.NotJoined)
        {
            return null;
        }

        EzspFaults.Require(session.Port, "to go on in its network", answer.Status);
        await up.CompleteAsync("to go on in its network", UpLimit, cancellationToken).ConfigureAwait(false);
        return await SettleAsync(session, cancellationToken).ConfigureAwait(false);
    }

    internal static async Task<ZigBeeNetwork> FormAsync(
        EzspSession session, ZigBeeFormSettings settings, CancellationToken cancellationToken)
    {
        await new EzspSetup(session).SetTrustCenterAsync(settings.AllowsUnsecuredRejoins, cancellationToken).ConfigureAwait(false);
        EzspKey networkKey = settings.NetworkKey is null ? RandomKey() : new EzspKey(settings.NetworkKey.Reveal());
        await SecureAsync(session, new(TrustCenterBits, RandomKey(), networkKey, 0, 0), cancellationToken).ConfigureAwait(false);
        await ClearKeysAsync(session, cancellationToken).ConfigureAwait(false);
        EmberNetworkParameters parameters = new(
            settings.ExtendedPanId ?? RandomExtendedPanId(),
            settings.PanId ?? (ushort)RandomNumberGenerator.GetInt32(1, 0xFFFE),
            settings.TxPowerDbm,
            settings.Channel,
            EmberJoinMethod.MacAssociation,
            0,
            0,
            1u << settings.Channel);
        return await FormAsync(session, parameters, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forms a network under the security state that was set.</summary>
    internal static async Task<ZigBeeNetwork> FormAsync(
        EzspSession session, EmberNetworkParameters parameters, CancellationToken cancellationToken)
    {
        EzspStatusCode end = default;
        using EzspCallbackWait up = WaitForEnd(session, status => end = status);
        EmberStatusParameter answer = await session.AskAsync(
            EzspCommands.FormNetwork, new FormNetworkRequest(parameters), cancellationToken).ConfigureAwait(false);
        EzspFaults.Require(session.Port, "to form a network", answer.Status);
        await up.CompleteAsync("to form a network", UpLimit, cancellationToken).ConfigureAwait(false);
        RequireUp(session, "to form a network", end);
        return await SettleAsync(session, cancellationToken).ConfigureAwait(false);
    }

    internal static async Task<ZigBeeNetwork> JoinAsync(
        EzspSession session, ZigBeeJoinSettings settings, CancellationToken cancellationToken)
    {
        const EmberInitialSecurityBits Bits =
            EmberInitialSecurityBits.HavePreconfiguredKey | EmberInitialSecurityBits.RequireEncryptedKey;
        await SecureAsync(session, new(Bits, new EzspKey(settings.JoiningKey.Reveal()), default, 0, 0), cancellationToken)
            .ConfigureAwait(false);
        await ClearKeysAsync(session, cancellationToken).ConfigureAwait(false);
        EmberNodeType type = settings.Role == ZigBeeRole.EndDevice ? EmberNodeType.EndDevice : EmberNodeType.Router;
        EmberNetworkParameters parameters = new(
            settings.ExtendedPanId,
            settings.PanId,
            settings.TxPowerDbm,
            settings.Channel,
            EmberJoinMethod.MacAssociation,
            0,
            0,
            1u << settings.Channel);
        EzspStatusCode end = default;
        using EzspCallbackWait up = WaitForEnd(session, status => end = status);
        EmberStatusParameter answer = await session.AskAsync(
            EzspCommands.JoinNetwork, new JoinNetworkRequest(type, parameters), cancellationToken).ConfigureAwait(false);
        EzspFaults.Require(session.Port, "to join the network", answer.Status);
        await up.CompleteAsync("to join the network", JoinLimit, cancellationToken).ConfigureAwait(false);
        RequireUp(session, "to join the network", end);
        return await SettleAsync(session, cancellationToken).ConfigureAwait(false);
    }

    internal static async Task<ZigBeeNetwork> RejoinAsync(
        EzspSession session, bool hasNetworkKey, uint channels, CancellationToken cancellationToken)
    {
        EzspStatusCode end = default;

        // It may be down in between.
        using EzspCallbackWait up = WaitForEnd(session, status => end = status, EmberStatus.NetworkDown);
        EmberStatusParameter answer = await session.AskAsync(
            EzspCommands.FindAndRejoinNetwork, new FindAndRejoinNetworkRequest(hasNetworkKey, channels, 0, 0), cancellationToken)
            .ConfigureAwait(false);
        EzspFaults.Require(session.Port, "to rejoin its network", answer.Status);
        await up.CompleteAsync("to rejoin its network", JoinLimit, cancellationToken).ConfigureAwait(false);
        RequireUp(session, "to rejoin its network", end);
        return await SettleAsync(session, cancellationToken).ConfigureAwait(false);
    }

    internal static async Task<ulong?> FindTrustCentreAsync(EzspSession session, CancellationToken cancellationToken)
    {
        CurrentSecurityStateResponse answer = await session.AskAsync(
            EzspCommands.GetCurrentSecurityState, default, cancellationToken).ConfigureAwait(false);
        EzspFaults.Require(session.Port, "to tell of its trust centre", answer.Status);
        return answer.TrustCenterEui64 is not (0 or ulong.MaxValue)
            ? answer.TrustCenterEui64
            : await FindEui64Async(session, Coordinator, cancellationToken).ConfigureAwait(false);
    }

    internal static async Task LeaveAsync(EzspSession session, CancellationToken cancellationToken)
    {
        using EzspCallbackWait down = WaitForEnd(session, _ => { });
        EmberStatusParameter answer = await session.AskAsync(EzspCommands.LeaveNetwork, default, cancellationToken).ConfigureAwait(false);
        EzspFaults.Require(session.Port, "to leave the network", answer.Status);
        await down.CompleteAsync("to leave the network", UpLimit, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens or closes the adapter itself, then the routers of its network.</summary>
    internal static async Task PermitJoiningAsync(
        EzspSession session, byte seconds, byte transaction, CancellationToken cancellationToken)
    {
        EmberStatusParameter answer = await session.AskAsync(
            EzspCommands.PermitJoining, new OctetParameter(seconds), cancellationToken).ConfigureAwait(false);
        EzspFaults.Require(session.Port, "to let devices join", answer.Status);
        const byte TrustCenterDecides = 1;
        await EzspMessenger.BroadcastZdoAsync(
            session, AllRouters, PermitJoiningCluster, new[] { transaction, seconds, TrustCenterDecides }, cancellationToken)
            .ConfigureAwait(false);
    }

    internal static async Task RemoveAsync(EzspSession session, ushort nodeId, ulong eui64, CancellationToken cancellationToken)
    {
        EmberStatusParameter answer = await session.AskAsync(
            EzspCommands.RemoveDevice, new RemoveDeviceRequest(nodeId, eui64, eui64), cancellationToken).ConfigureAwait(false);
        EzspFaults.Require(session.Port, $"to remove {eui64:X16}", answer.Status);
    }

    internal static async Task<ushort?> FindNodeAsync(EzspSession session, ulong eui64, CancellationToken cancellationToken)
    {
        WordParameter answer = await session.AskAsync(
            EzspCommands.LookupNodeIdByEui64, new Eui64Parameter(eui64), cancellationToken).ConfigureAwait(false);
        return answer.Value < FirstReservedAddress ? answer.Value : null;
    }

    internal static async Task<ulong?> FindEui64Async(EzspSession session, ushort nodeId, CancellationToken cancellationToken)
    {
        LookupEui64Response answer = await session.AskAsync(
            EzspCommands.LookupEui64ByNodeId, new WordParameter(nodeId), cancellationToken).ConfigureAwait(false);
        return answer.Status.IsSuccess && answer.Eui64 is not (0 or ulong.MaxValue) ? answer.Eui64 : null;
    }

    internal static async Task<IReadOnlyList<ZigBeeChannelEnergy>> ScanEnergyAsync(
        EzspSession session, uint channels, CancellationToken cancellationToken)
    {
        List<ZigBeeChannelEnergy> found = [];
        await ScanAsync(session, EnergyScan, channels, Take, cancellationToken).ConfigureAwait(false);
        return found;

        void Take(EzspFrameId id, ReadOnlyMemory<byte> parameters)
        {
            if (id == EzspFrameId.EnergyScanResultHandler && session.TryRead(parameters, out EnergyScanResult result))
            {
                found.Add(new(result.Channel, result.MaximumRssi));
            }
        }
    }

    internal static async Task<IReadOnlyList<ZigBeeFoundNetwork>> ScanNetworksAsync(
        EzspSession session, uint channels, CancellationToken cancellationToken)
    {
        List<ZigBeeFoundNetwork> found = [];
        await ScanAsync(session, ActiveScan, channels, Take, cancellationToken).ConfigureAwait(false);
        return found;

        void Take(EzspFrameId id, ReadOnlyMemory<byte> parameters)
        {
            if (id == EzspFrameId.NetworkFoundHandler && session.TryRead(parameters, out NetworkFound heard))
            {
                EmberNetworkFound network = heard.Network;
                found.Add(new(
                    network.Channel, network.PanId, network.ExtendedPanId, network.IsAllowingJoin, heard.LastHopLqi, heard.LastHopRssi));
            }
        }
    }

    private static async Task ScanAsync(
        EzspSession session,
        byte type,
        uint channels,
        Action<EzspFrameId, ReadOnlyMemory<byte>> take,
        CancellationToken cancellationToken)
    {
        EzspStatusCode end = default;
        using EzspCallbackWait wait = session.Waits.Begin((id, parameters) =>
        {
            take(id, parameters);
            if (id != EzspFrameId.ScanCompleteHandler || !session.TryRead(parameters, out ScanComplete complete))
            {
                return false;
            }

            end = complete.Status;
            return true;
        });
        SlStatusParameter answer = await session.AskAsync(
            EzspCommands.StartScan, new StartScanRequest(type, channels, ScanDuration), cancellationToken).ConfigureAwait(false);
        EzspFaults.Require(session.Port, "to scan", answer.Status);
        await wait.CompleteAsync("to scan", ScanLimit, cancellationToken).ConfigureAwait(false);
        EzspFaults.Require(session.Port, "to scan", end);
    }

    internal static async Task ClearKeysAsync(EzspSession session, CancellationToken cancellationToken)
    {
        EmberStatusParameter cleared =
            await session.AskAsync(EzspCommands.ClearKeyTable, default, cancellationToken).ConfigureAwait(false);
        EzspFaults.Require(session.Port, "to clear its key table", cleared.Status);
    }

    internal static async Task SecureAsync(EzspSession session, EmberInitialSecurityState state, CancellationToken cancellationToken)
    {
        EmberStatusParameter answer = await session.AskAsync(
            EzspCommands.SetInitialSecurityState, new SetInitialSecurityStateRequest(state), cancellationToken).ConfigureAwait(false);
        EzspFaults.Require(session.Port, "its security state; it may be in a network that has to be left first", answer.Status);
    }

    /// <summary>What is due once the network is up.</summary>
    private static async Task<ZigBeeNetwork> SettleAsync(EzspSession session, CancellationToken cancellationToken)
    {
        GetNetworkParametersResponse answer = await session.AskAsync(
            EzspCommands.GetNetworkParameters, default, cancellationToken).ConfigureAwait(false);
        EzspFaults.Require(session.Port, "to tell of its network", answer.Status);
        EzspStatusParameter tokens = await session.AskAsync(
            EzspCommands.SetValue, new SetValueRequest(EzspValueId.StackTokenWriting, new byte[] { 1 }), cancellationToken)
            .ConfigureAwait(false);
        EzspFaults.Require(session.Port, "to keep its counters", tokens.Status);
        ZigBeeRole role = RoleOf(answer.NodeType);
        if (role == ZigBeeRole.Coordinator)
        {
            EmberStatusParameter concentrator = await session.AskAsync(
                EzspCommands.SetConcentrator,
                new SetConcentratorRequest(true, HighRamConcentrator, 10, 60, 3, 1, 0),
                cancellationToken).ConfigureAwait(false);
            EzspFaults.Require(session.Port, "to be a concentrator", concentrator.Status);
        }

        WordParameter node = await session.AskAsync(EzspCommands.GetNodeId, default, cancellationToken).ConfigureAwait(false);
        EmberNetworkParameters network = answer.Parameters;
        return new(role, node.Value, network.ExtendedPanId, network.PanId, network.Channel, network.TxPowerDbm);
    }

    private static ZigBeeRole RoleOf(EmberNodeType type) => type switch
    {
        EmberNodeType.Coordinator => ZigBeeRole.Coordinator,
        EmberNodeType.Router => ZigBeeRole.Router,
        _ => ZigBeeRole.EndDevice,
    };

    /// <summary>Waits for the status that ends what is going on: up, down, or why not.</summary>
    private static EzspCallbackWait WaitForEnd(
        EzspSession session, Action<EzspStatusCode> end, EmberStatus? passing = null) => session.Waits.Begin((id, parameters) =>
    {
        if (id != EzspFrameId.StackStatusHandler || !session.TryRead(parameters, out EmberStatusParameter answer)
            || answer.Status.ToEmberStatus() == passing
            || answer.Status.ToEmberStatus() is EmberStatus.NetworkOpened or EmberStatus.NetworkClosed
                or EmberStatus.ChannelChanged or EmberStatus.PanIdChanged or EmberStatus.NodeIdChanged)
        {
            return false;
        }

        end(answer.Status);
        return true;
    });

    private static void RequireUp(EzspSession session, string what, EzspStatusCode end)
    {
        if (end.ToEmberStatus() != EmberStatus.NetworkUp)
        {
            throw EzspFaults.Refused(session.Port, what, end);
        }
    }

    private static EzspKey RandomKey() => new(RandomNumberGenerator.GetBytes(EzspKey.OctetCount));

    private static ulong RandomExtendedPanId()
    {
        ulong id = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        return id == 0 ? 1 : id;
    }
}
