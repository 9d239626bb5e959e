using System.Buffers.Binary;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;

/// <summary>Takes the keys and counters of a trust centre out of an adapter, and puts them into another.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 (keys, values 23 and 24) and 11.1 sums it up: a counter that goes back
/// makes devices deaf.</remarks>
internal static class EzspBackup
{
    private const byte NoIndex = 0;

    internal static async Task<ZigBeeNetworkBackup> TakeAsync(
        EzspSession session, ZigBeeNetwork? network, ulong eui64, CancellationToken cancellationToken)
    {
        if (network is not { Role: ZigBeeRole.Coordinator })
        {
            throw EzspFaults.Refused(
                session.Port, "to give away its keys: it is no trust centre", EzspStatusCode.FromEmberStatus(EmberStatus.InvalidCall));
        }

        bool isNew = session.Client.Version.HasSecurityManager;
        EzspKey networkKey = isNew
            ? await ExportAsync(session, SecurityManagerKeyType.Network, cancellationToken).ConfigureAwait(false)
            : await GetAsync(session, EmberKeyType.CurrentNetworkKey, cancellationToken).ConfigureAwait(false);
        EzspKey ownKey = isNew
            ? await ExportAsync(session, SecurityManagerKeyType.TcLink, cancellationToken).ConfigureAwait(false)
            : await GetAsync(session, EmberKeyType.TrustCenterLinkKey, cancellationToken).ConfigureAwait(false);
        ZigBeeNetworkKeyState state = await EzspKeyControl.StateAsync(session, cancellationToken).ConfigureAwait(false);
        Dictionary<ulong, CipherKey> linkKeys = [];
        for (int index = 0; index < EzspSetup.KeyTableSize(session.Settings); index++)
        {
            (ulong Eui64, EzspKey Key)? entry = isNew
                ? await ExportLinkKeyAsync(session, (byte)index, cancellationToken).ConfigureAwait(false)
                : await GetLinkKeyAsync(session, (byte)index, cancellationToken).ConfigureAwait(false);
            if (entry is { } found)
            {
                linkKeys[found.Eui64] = KeyOf(found.Key);
            }
        }

        return new()
        {
            Eui64 = eui64,
            Network = network,
            NetworkKey = KeyOf(networkKey),
            NetworkKeySequence = state.Sequence,
            TrustCentreKey = KeyOf(ownKey),
            NetworkFrameCounter = state.FrameCounter,
            ApsFrameCounter = await CounterAsync(session, EzspValueId.ApsFrameCounter, cancellationToken).ConfigureAwait(false),
            LinkKeys = linkKeys,
        };
    }

    internal static async Task<ZigBeeNetwork> PutAsync(
        EzspSession session, ZigBeeNetworkBackup backup, CancellationToken cancellationToken)
    {
        await new EzspSetup(session).SetTrustCenterAsync(allowsUnsecuredRejoins: true, cancellationToken).ConfigureAwait(false);
        EmberInitialSecurityState state = new(
            EzspNetworkControl.TrustCenterBits | EmberInitialSecurityBits.NoFrameCounterReset,
            new EzspKey(backup.TrustCentreKey.Reveal()), new EzspKey(backup.NetworkKey.Reveal()), backup.NetworkKeySequence, 0);
        await EzspNetworkControl.SecureAsync(session, state, cancellationToken).ConfigureAwait(false);
        await EzspNetworkControl.ClearKeysAsync(session, cancellationToken).ConfigureAwait(false);
        await SetCounterAsync(session, EzspValueId.NwkFrameCounter, backup.NetworkFrameCounter, cancellationToken).ConfigureAwait(false);
        await SetCounterAsync(session, EzspValueId.ApsFrameCounter, backup.ApsFrameCounter, cancellationToken).ConfigureAwait(false);
        foreach ((ulong eui64, CipherKey key) in backup.LinkKeys)
        {
            await EzspKeyControl.ImportLinkKeyAsync(session, eui64, key, cancellationToken).ConfigureAwait(false);
        }

        ZigBeeNetwork network = backup.Network;
        EmberNetworkParameters parameters = new(
            network.ExtendedPanId, network.PanId, network.TxPowerDbm, network.Channel, EmberJoinMethod.MacAssociation, 0, 0,
            1u << network.Channel);
        return await EzspNetworkControl.FormAsync(session, parameters, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<EzspKey> ExportAsync(EzspSession session, SecurityManagerKeyType type, CancellationToken cancellationToken)
    {
        ExportKeyResponse answer = await session.AskAsync(
            EzspCommands.ExportKey, new ExportKeyRequest(new(type, NoIndex, 0, 0, 0, 0, 0)), cancellationToken).ConfigureAwait(false);
        EzspFaults.Require(session.Port, $"to give its key {type} away", answer.Status);
        return answer.Key;
    }

    private static async Task<EzspKey> GetAsync(EzspSession session, EmberKeyType type, CancellationToken cancellationToken)
    {
        KeyResponse answer = await session.AskAsync(
            EzspCommands.GetKey, new OctetParameter((byte)type), cancellationToken).ConfigureAwait(false);
        EzspFaults.Require(session.Port, $"to give its key {type} away", answer.Status);
        return answer.Key.Key;
    }

    private static async Task<(ulong Eui64, EzspKey Key)?> ExportLinkKeyAsync(
        EzspSession session, byte index, CancellationToken cancellationToken)
    {
        ExportLinkKeyByIndexResponse answer = await session.AskAsync(
            EzspCommands.ExportLinkKeyByIndex, new OctetParameter(index), cancellationToken).ConfigureAwait(false);
        return answer.Status.IsSuccess && !answer.Key.IsZero ? (answer.Context.Eui64, answer.Key) : null;
    }

    private static async Task<(ulong Eui64, EzspKey Key)?> GetLinkKeyAsync(
        EzspSession session, byte index, CancellationToken cancellationToken)
    {
        KeyResponse answer = await session.AskAsync(
            EzspCommands.GetKeyTableEntry, new OctetParameter(index), cancellationToken).ConfigureAwait(false);
        return answer.Status.IsSuccess && !answer.Key.Key.IsZero ? (answer.Key.PartnerEui64, answer.Key.Key) : null;
    }

    private static async Task<uint> CounterAsync(EzspSession session, EzspValueId id, CancellationToken cancellationToken)
    {
        ValueResponse answer = await session.AskAsync(
            EzspCommands.GetValue, new OctetParameter((byte)id), cancellationToken).ConfigureAwait(false);
        EzspFaults.Require(session.Port, $"to tell {id}", answer.Status);
        return BinaryPrimitives.TryReadUInt32LittleEndian(answer.Value.Span, out uint counter)
            ? counter
            : throw EzspFaults.Misfit(session.Port, EzspFrameId.GetValue, session.Client.Version);
    }

    private static async Task SetCounterAsync(EzspSession session, EzspValueId id, uint value, CancellationToken cancellationToken)
    {
        byte[] octets = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(octets, value);
        EzspStatusParameter answer = await session.AskAsync(
            EzspCommands.SetValue, new SetValueRequest(id, octets), cancellationToken).ConfigureAwait(false);
        EzspFaults.Require(session.Port, $"to take {id}", answer.Status);
    }

    private static CipherKey KeyOf(EzspKey key) => CipherKey.Create(key.ToArray());
}
