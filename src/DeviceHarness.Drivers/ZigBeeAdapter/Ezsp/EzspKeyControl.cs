using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;

/// <summary>Keys in an adapter, by the commands that its version has.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 (keys) and 11.2 sums it up.</remarks>
internal static class EzspKeyControl
{
    private const byte AnyIndex = 0xFF;
    private const byte FirstWithTransientKeys = 5;
    private const string TableFull = "; its key table may be full: remove devices that are gone, or plan for more in the rig file";

    private static readonly TimeSpan SwitchLimit = TimeSpan.FromSeconds(10);

    internal static async Task ImportLinkKeyAsync(
        EzspSession session, ulong eui64, CipherKey key, CancellationToken cancellationToken)
    {
        EzspKey octets = new(key.Reveal());
        EzspStatusCode status;
        if (session.Client.Version.HasSecurityManager)
        {
            SlStatusParameter answer = await session.AskAsync(
                EzspCommands.ImportLinkKey, new ImportLinkKeyRequest(AnyIndex, eui64, octets), cancellationToken).ConfigureAwait(false);
            status = answer.Status;
        }
        else
        {
            status = await UpdateKeyTableAsync(session, eui64, octets, cancellationToken).ConfigureAwait(false);
        }

        EzspFaults.Require(session.Port, $"the link key of {eui64:X16}", status, TableFull);
    }

    /// <remarks>The key itself stays in the adapter.</remarks>
    internal static async Task<bool> HasLinkKeyAsync(EzspSession session, ulong eui64, CancellationToken cancellationToken)
    {
        return await FindAsync(session, eui64, cancellationToken).ConfigureAwait(false) != AnyIndex;
    }

    internal static async Task<bool> EraseLinkKeyAsync(EzspSession session, ulong eui64, CancellationToken cancellationToken)
    {
        byte index = await FindAsync(session, eui64, cancellationToken).ConfigureAwait(false);
        if (index == AnyIndex)
        {
            return false;
        }

        EmberStatusParameter answer = await session.AskAsync(
            EzspCommands.EraseKeyTableEntry, new OctetParameter(index), cancellationToken).ConfigureAwait(false);
        EzspFaults.Require(session.Port, $"to forget the link key of {eui64:X16}", answer.Status);
        return true;
    }

    internal static async Task ImportJoiningKeyAsync(
        EzspSession session, ulong eui64, CipherKey key, CancellationToken cancellationToken)
    {
        EzspKey octets = new(key.Reveal());
        EzspVersion version = session.Client.Version;
        EzspStatusCode status;
        if (version.HasSecurityManager)
        {
            SlStatusParameter answer = await session.AskAsync(
                EzspCommands.ImportTransientKey, new ImportTransientKeyRequest(eui64, octets, 0), cancellationToken).ConfigureAwait(false);
            status = answer.Status;
        }
        else if (version.Number >= FirstWithTransientKeys)
        {
            EmberStatusParameter answer = await session.AskAsync(
                EzspCommands.AddTransientLinkKey, new AddTransientLinkKeyRequest(eui64, octets), cancellationToken).ConfigureAwait(false);
            status = answer.Status;
        }
        else
        {
            // No transient keys yet: the device's own entry takes it, and key establishment writes over it.
            status = await UpdateKeyTableAsync(session, eui64, octets, cancellationToken).ConfigureAwait(false);
        }

        EzspFaults.Require(session.Port, $"the joining key of {eui64:X16}", status, TableFull);
    }

    /// <remarks>Before there were transient keys a joining key stands in the device's own entry, where its link key takes its
    /// place.</remarks>
    internal static async Task ClearJoiningKeysAsync(EzspSession session, CancellationToken cancellationToken)
    {
        if (session.Client.Version.Number >= FirstWithTransientKeys)
        {
            await session.AskAsync(EzspCommands.ClearTransientLinkKeys, default, cancellationToken).ConfigureAwait(false);
        }
    }

    internal static async Task<ZigBeeNetworkKeyState> StateAsync(EzspSession session, CancellationToken cancellationToken)
    {
        if (session.Client.Version.HasSecurityManager)
        {
            NetworkKeyInfoResponse info =
                await session.AskAsync(EzspCommands.GetNetworkKeyInfo, default, cancellationToken).ConfigureAwait(false);
            EzspFaults.Require(session.Port, "to tell of its network key", info.Status);
            return new(info.KeySequence, info.IsAlternateKeySet ? info.AlternateKeySequence : null, info.FrameCounter);
        }

        KeyResponse current = await KeyAsync(session, EmberKeyType.CurrentNetworkKey, cancellationToken).ConfigureAwait(false);
        EzspFaults.Require(session.Port, "to tell of its network key", current.Status);
        KeyResponse next = await KeyAsync(session, EmberKeyType.NextNetworkKey, cancellationToken).ConfigureAwait(false);
        byte? nextSequence = next.Status.IsSuccess && !next.Key.Key.IsZero ? next.Key.Sequence : null;
        return new(current.Key.Sequence, nextSequence, current.Key.OutgoingFrameCounter);
    }

    internal static async Task SendNextAsync(EzspSession session, CipherKey key, CancellationToken cancellationToken)
    {
        EmberStatusParameter answer = await session.AskAsync(
            EzspCommands.BroadcastNextNetworkKey, new KeyParameter(new EzspKey(key.Reveal())), cancellationToken).ConfigureAwait(false);
        EzspFaults.Require(session.Port, "to send the next network key", answer.Status);
    }

    internal static async Task SendNextToAsync(
        EzspSession session, CipherKey key, ushort nodeId, ulong eui64, CancellationToken cancellationToken)
    {
        EmberStatusParameter answer = await session.AskAsync(
            EzspCommands.UnicastNwkKeyUpdate, new UnicastNwkKeyUpdateRequest(nodeId, eui64, new EzspKey(key.Reveal())), cancellationToken)
            .ConfigureAwait(false);
        EzspFaults.Require(session.Port, $"to send {eui64:X16} the next network key", answer.Status);
    }

    internal static async Task<byte> SwitchAsync(EzspSession session, CancellationToken cancellationToken)
    {
        byte sequence = 0;
        using EzspCallbackWait wait = session.Waits.Begin((id, parameters) =>
        {
            if (id != EzspFrameId.SwitchNetworkKeyHandler || !session.TryRead(parameters, out OctetParameter switched))
            {
                return false;
            }

            sequence = switched.Value;
            return true;
        });
        EmberStatusParameter answer = await session.AskAsync(
            EzspCommands.BroadcastNetworkKeySwitch, default, cancellationToken).ConfigureAwait(false);
        EzspFaults.Require(
            session.Port, "to switch the network key", answer.Status, "; it takes 9 s and more from sending the key to switching it");
        await wait.CompleteAsync("to switch the network key", SwitchLimit, cancellationToken).ConfigureAwait(false);
        return sequence;
    }

    private static async Task<byte> FindAsync(EzspSession session, ulong eui64, CancellationToken cancellationToken)
    {
        OctetParameter entry = await session.AskAsync(
            EzspCommands.FindKeyTableEntry, new FindKeyTableEntryRequest(eui64, IsLinkKey: true), cancellationToken).ConfigureAwait(false);
        return entry.Value;
    }

    private static ValueTask<KeyResponse> KeyAsync(EzspSession session, EmberKeyType type, CancellationToken cancellationToken) =>
        session.AskAsync(EzspCommands.GetKey, new OctetParameter((byte)type), cancellationToken);

    private static async Task<EzspStatusCode> UpdateKeyTableAsync(
        EzspSession session, ulong eui64, EzspKey key, CancellationToken cancellationToken)
    {
        EmberStatusParameter answer = await session.AskAsync(
            EzspCommands.AddOrUpdateKeyTableEntry,
            new AddOrUpdateKeyTableEntryRequest(eui64, IsLinkKey: true, key),
            cancellationToken).ConfigureAwait(false);
        return answer.Status;
    }
}
