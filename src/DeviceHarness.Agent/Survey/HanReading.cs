using System.Globalization;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.ZigBeeAdapter;

namespace DeviceHarness.Agent.Survey;

/// <summary>Asks the nodes of a home area network what they are. Descriptors and attributes are read; nothing is written, nobody joins or
/// leaves.</summary>
/// <remarks>Spec: ZigBee device profile and ZigBee Cluster Library, Basic, as this harness's ZigBee guide sums them up.</remarks>
internal sealed class HanReading(HanNetwork network, IReadOnlyCollection<ulong> supposed, Action<string> told)
{
    private const ushort SoftwareBuild = 0x4000;
    private const ushort MeteringDeviceType = 0x0306;

    private static readonly (ushort Attribute, string Name)[] BasicAttributes =
    [
        (0x0000, "ZCL version"), (0x0001, "application version"), (0x0002, "stack version"), (0x0003, "hardware version"),
        (0x0004, "manufacturer"), (0x0005, "model"), (0x0006, "date code"), (0x0007, "power source"), (SoftwareBuild, "software build"),
    ];

    private readonly List<SurveyedNode> _nodes = [];

    /// <summary>What is known; it stays when the survey ends early.</summary>
    internal IReadOnlyList<SurveyedNode> Nodes => _nodes;

    /// <summary>Asks all nodes, one after the other.</summary>
    /// <exception cref="AdapterException">The adapter is lost.</exception>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        bool isOwn = network.Network?.Role == ZigBeeRole.Coordinator;
        ulong? hub = isOwn ? null : (await network.FindTrustCentreAsync(cancellationToken).ConfigureAwait(false)).Eui64;
        IEnumerable<ulong> members = isOwn
            ? (await network.ListMembersAsync(cancellationToken).ConfigureAwait(false)).Select(member => member.Eui64)
            : [];
        ulong[] hubs = hub is { } first ? [first] : [];
        ulong[] all = [.. hubs.Concat(members).Concat(network.Nodes.Select(node => node.Eui64)).Concat(supposed).Distinct()];
        foreach (ulong eui64 in all.Where(eui64 => eui64 != network.Identity?.Eui64))
        {
            if (await network.FindAsync(eui64, cancellationToken).ConfigureAwait(false) is { } node)
            {
                await AskAsync(new SurveyedNode(node, eui64 == hub), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static string Name(SurveyedNode node) => node.Node.Eui64.ToString("X16", CultureInfo.InvariantCulture);

    private async Task AskAsync(SurveyedNode known, CancellationToken cancellationToken)
    {
        told($"{Name(known)}: asked what it is{(known.Node.IsSleepy ? "; it sleeps, and answers at its next wake" : string.Empty)}");
        int place = _nodes.Count;
        _nodes.Add(known);
        try
        {
            known = known with { Node = await network.Zdo.InterviewAsync(known.Node.Eui64, cancellationToken).ConfigureAwait(false) };
            _nodes[place] = known;
            known = await ReadBasicAsync(known, cancellationToken).ConfigureAwait(false);
            _nodes[place] = known;
            known = await ReadMeteringAsync(known, cancellationToken).ConfigureAwait(false);
            _nodes[place] = known;
        }
        catch (HarnessException fault) when (fault is not AdapterException)
        {
            _nodes[place] = _nodes[place] with { Problem = $"{fault.Code}: {fault.Message}" };
        }
    }

    private async Task<SurveyedNode> ReadBasicAsync(SurveyedNode node, CancellationToken cancellationToken)
    {
        if (node.Node.EndpointServing(ClusterCatalogue.Basic.Id) is not { } endpoint)
        {
            return node;
        }

        IReadOnlyList<AttributeResult> results = await network.Zcl.ReadAsync(
            new HanTarget(node.Node.Eui64, endpoint), ClusterCatalogue.Basic.Id,
            [.. BasicAttributes.Select(attribute => attribute.Attribute)], cancellationToken).ConfigureAwait(false);
        return node with
        {
            Basic =
            [
                .. results.Where(result => result.Value is { IsInvalid: false }).Select(result => KeyValuePair.Create(
                    BasicAttributes.First(attribute => attribute.Attribute == result.Attribute).Name, Text(result.Value!))),
            ],
            SoftwareBuild = results.First(result => result.Attribute == SoftwareBuild).Value?.Text?.Trim() ?? string.Empty,
        };
    }

    /// <summary>What tells a gas meter from an electricity meter and from a mirror; a device may keep it to who has a link key.</summary>
    private async Task<SurveyedNode> ReadMeteringAsync(SurveyedNode node, CancellationToken cancellationToken)
    {
        if (node.Node.EndpointServing(ClusterCatalogue.Metering.Id) is not { } endpoint)
        {
            return node;
        }

        IReadOnlyList<AttributeResult> results = await network.Zcl.ReadAsync(
            new HanTarget(node.Node.Eui64, endpoint), ClusterCatalogue.Metering.Id, [MeteringDeviceType], cancellationToken)
            .ConfigureAwait(false);
        return results[0].Value is { } value && value.View.TryGetInt64(out long type) ? node with { MeteringType = type } : node;
    }

    private static string Text(ZclData value) =>
        value.Text ?? (value.View.TryGetInt64(out long number) ? number.ToString(CultureInfo.InvariantCulture) : value.ToString()!);
}
