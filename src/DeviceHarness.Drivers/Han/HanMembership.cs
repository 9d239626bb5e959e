using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.ZigBee;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;

namespace DeviceHarness.Drivers.Han;

/// <summary>The adapter as a device in the network of a hub: joins it, agrees on a link key, and is back in it after a restart.</summary>
/// <remarks>Source: this harness's ZigBee guide 4.7 and 10.5, from the device's side, and 11.2 for who missed a network key.</remarks>
internal sealed class HanMembership(IZigBeeAdapter adapter, HanDirectory directory, ZdoClient zdo, HanKeyDesk? keys)
{
    private const ushort NodeDescriptor = 0x0002;

    /// <summary>Joins, unless the adapter is in a network already: then makes sure that the hub is reached.</summary>
    internal async Task<HanEntered> EnterAsync(HanEntry entry, CancellationToken cancellationToken)
    {
        if (adapter.Network is { Role: ZigBeeRole.Coordinator })
        {
            throw HanFaults.IsTrustCentre(adapter.Port);
        }

        bool isNew = adapter.Network is null;
        if (isNew)
        {
            await JoinAsync(entry, cancellationToken).ConfigureAwait(false);
        }

        HanNode hub = await FindAsync(cancellationToken).ConfigureAwait(false);
        if (!isNew)
        {
            await ReachAsync(hub.Eui64, entry.Channels, cancellationToken).ConfigureAwait(false);
        }

        bool hasKey = await AgreeAsync(hub.Eui64, cancellationToken).ConfigureAwait(false);
        ZigBeeNetwork network = adapter.Network ?? throw HanFaults.NotInNetwork(adapter.Port);
        return new(network, directory.Find(hub.Eui64) ?? hub, isNew, hasKey);
    }

    /// <summary>The hub, which is the network's coordinator.</summary>
    internal async Task<HanNode> FindAsync(CancellationToken cancellationToken)
    {
        ulong eui64 = await adapter.FindTrustCentreAsync(cancellationToken).ConfigureAwait(false)
            ?? throw HanFaults.NoTrustCentre(adapter.Port);
        _ = directory.Place(eui64, ZigBeeProfile.Coordinator);
        return directory.Change(eui64, node => node with { Kind = HanNodeKind.Coordinator })
            ?? throw HanFaults.UnknownNode(adapter.Port, eui64);
    }

    private async Task JoinAsync(HanEntry entry, CancellationToken cancellationToken)
    {
        IReadOnlyList<ZigBeeFoundNetwork> found =
            await adapter.ScanNetworksAsync(entry.Channels, cancellationToken).ConfigureAwait(false);
        ZigBeeFoundNetwork chosen = Choose(entry, found);
        directory.Clear();
        try
        {
            await adapter.JoinAsync(
                new ZigBeeJoinSettings
                {
                    Channel = chosen.Channel,
                    PanId = chosen.PanId,
                    ExtendedPanId = chosen.ExtendedPanId,
                    Role = entry.Role,
                    JoiningKey = entry.Code.LinkKey(),
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (AdapterException refused) when (refused.Fault == AdapterFault.Refused)
        {
            throw HanFaults.NotLetIn(adapter.Port, adapter.Identity?.Eui64 ?? 0, chosen, refused);
        }
    }

    /// <summary>A network is heard from each of its routers; one that lets devices join is enough.</summary>
    private ZigBeeFoundNetwork Choose(HanEntry entry, IReadOnlyList<ZigBeeFoundNetwork> found)
    {
        ZigBeeFoundNetwork[] fitting =
        [
            .. found.Where(network => entry.ExtendedPanId is null ? network.IsAllowingJoin : network.ExtendedPanId == entry.ExtendedPanId)
                .OrderByDescending(network => network.IsAllowingJoin).ThenByDescending(network => network.Lqi)
                .DistinctBy(network => network.ExtendedPanId),
        ];
        return fitting switch
        {
            [{ IsAllowingJoin: true } one] => one,
            [_] => throw HanFaults.NetworkClosed(adapter.Port, fitting[0].ExtendedPanId),
            [] => throw HanFaults.NoNetwork(adapter.Port, found),
            _ => throw HanFaults.SeveralNetworks(adapter.Port, fitting),
        };
    }

    /// <summary>Speaks to the hub; rejoins with the network key, and then with the link key alone, when it does not hear.</summary>
    private async Task ReachAsync(ulong hub, uint channels, CancellationToken cancellationToken)
    {
        HarnessException? last = null;
        foreach (bool? hasNetworkKey in new bool?[] { null, true, false })
        {
            try
            {
                if (hasNetworkKey is { } secured)
                {
                    await adapter.RejoinAsync(secured, channels, cancellationToken).ConfigureAwait(false);
                    _ = await FindAsync(cancellationToken).ConfigureAwait(false);
                }

                await zdo.AskAsync(hub, NodeDescriptor, static (_, _) => { }, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (HarnessException failed)
                when (failed is HanDeliveryException or LinkTimeoutException or AdapterException { Fault: AdapterFault.Refused })
            {
                last = failed;
            }
        }

        throw HanFaults.HubOutOfReach(adapter.Port, hub, last!);
    }

    private async Task<bool> AgreeAsync(ulong hub, CancellationToken cancellationToken)
    {
        if (keys is null)
        {
            return false;
        }

        if (!await adapter.HasLinkKeyAsync(hub, cancellationToken).ConfigureAwait(false))
        {
            HanNode node = await zdo.InterviewAsync(hub, cancellationToken).ConfigureAwait(false);
            string what = $"{adapter.Port}: key establishment with {hub:X16}";
            byte endpoint = node.EndpointServing(EstablishmentMessage.Cluster)
                ?? throw HanFaults.Unfit(what, "no endpoint of the hub serves it", default);
            EstablishmentResult result = await keys.StartAsync(new(hub, endpoint), cancellationToken).ConfigureAwait(false);
            if (result.Failure != EstablishmentFailure.None)
            {
                throw HanFaults.NoKey(what, result);
            }
        }

        return true;
    }
}
