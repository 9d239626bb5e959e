using DeviceHarness.Codecs.Ezsp;

namespace DeviceHarness.Virtual.ZigBee.Devices;

/// <summary>Answers ZDO requests about a node.</summary>
/// <remarks>Source: ZigBee device profile, as this harness's ZigBee guide 6 sums it up.</remarks>
internal static class ZdoResponder
{
    public const ushort ResponseBit = 0x8000;
    public const ushort DeviceAnnounce = 0x0013;
    public const ushort PermitJoining = 0x0036;
    public const ushort Leave = 0x0034;

    private const ushort NetworkAddress = 0x0000;
    private const ushort IeeeAddress = 0x0001;
    private const ushort NodeDescriptor = 0x0002;
    private const ushort PowerDescriptor = 0x0003;
    private const ushort SimpleDescriptor = 0x0004;
    private const ushort ActiveEndpoints = 0x0005;
    private const ushort MatchDescriptor = 0x0006;
    private const ushort Bind = 0x0021;
    private const ushort Unbind = 0x0022;
    private const ushort NeighbourTable = 0x0031;
    private const ushort RoutingTable = 0x0032;

    private const byte Success = 0x00;
    private const byte InvalidRequest = 0x80;
    private const byte DeviceNotFound = 0x81;
    private const byte InvalidEndpoint = 0x82;
    private const byte NotActive = 0x83;
    private const byte NotSupported = 0x84;

    private const byte Band24 = 0x40;
    private const byte MaximumBuffer = 82;
    private const ushort MaximumTransfer = 128;
    private const ushort ServerMask = 0x2C00;
    private const byte PrimaryTrustCenter = 0x01;
    private const int NeighboursInAnswer = 3;
    private const byte PermitUnknown = 2;

    /// <summary>Answers a request.</summary>
    /// <param name="node">The node that was asked.</param>
    /// <param name="cluster">The request.</param>
    /// <param name="request">Its octets, from the transaction sequence on.</param>
    /// <param name="isBroadcast">Whether it was asked of many: then only who has an answer speaks.</param>
    /// <returns>The answer; null when there is none.</returns>
    public static byte[]? Answer(ZdoNode node, ushort cluster, ReadOnlySpan<byte> request, bool isBroadcast)
    {
        if (request.IsEmpty || (cluster & ResponseBit) != 0 || cluster == DeviceAnnounce)
        {
            return null;
        }

        WireOctets answer = new WireOctets().Octet(request[0]);
        ReadOnlySpan<byte> body = request[1..];
        return cluster switch
        {
            NetworkAddress => OfAddress(node, answer, WireOctets.Eui64At(body, 0) == node.Eui64, isBroadcast),
            IeeeAddress => OfAddress(node, answer, WireOctets.WordAt(body, 0) == node.ShortAddress, isBroadcast),
            NodeDescriptor or PowerDescriptor or SimpleDescriptor or ActiveEndpoints or MatchDescriptor =>
                OfDescriptor(node, cluster, answer, body, isBroadcast),
            Bind or Unbind or Leave => answer.Octet(body.Length < sizeof(ulong) ? InvalidRequest : Success).ToArray(),
            PermitJoining => isBroadcast ? null : answer.Octet(Success).ToArray(),
            NeighbourTable => OfNeighbours(node, answer, body.IsEmpty ? (byte)0 : body[0]),
            RoutingTable => answer.Octet(Success).Octet(0).Octet(body.IsEmpty ? (byte)0 : body[0]).Octet(0).ToArray(),
            _ => isBroadcast ? null : answer.Octet(NotSupported).ToArray(),
        };
    }

    /// <summary>What a node tells all when it has come into the network.</summary>
    /// <param name="node">The node.</param>
    /// <param name="sequence">The transaction sequence.</param>
    public static byte[] Announce(ZdoNode node, byte sequence) =>
        new WireOctets().Octet(sequence).Word(node.ShortAddress).Eui64(node.Eui64).Octet(node.Capability).ToArray();

    /// <remarks>Spec: ZigBee device profile, Mgmt_Lqi_rsp: an entry has 22 octets, so that a frame holds three.</remarks>
    private static byte[] OfNeighbours(ZdoNode node, WireOctets answer, byte start)
    {
        ZdoNeighbour[] told = [.. node.Neighbours.Skip(start).Take(NeighboursInAnswer)];
        answer.Octet(Success).Octet((byte)node.Neighbours.Count).Octet(start).Octet((byte)told.Length);
        foreach (ZdoNeighbour neighbour in told)
        {
            answer.Eui64(node.ExtendedPanId).Eui64(neighbour.Eui64).Word(neighbour.ShortAddress).Octet(neighbour.Relation)
                .Octet(PermitUnknown).Octet(1).Octet(neighbour.Lqi);
        }

        return answer.ToArray();
    }

    private static byte[]? OfAddress(ZdoNode node, WireOctets answer, bool isOwn, bool isBroadcast)
    {
        if (!isOwn && isBroadcast)
        {
            return null;
        }

        return answer.Octet(isOwn ? Success : DeviceNotFound).Eui64(node.Eui64).Word(node.ShortAddress).ToArray();
    }

    private static byte[]? OfDescriptor(
        ZdoNode node, ushort cluster, WireOctets answer, ReadOnlySpan<byte> body, bool isBroadcast)
    {
        ushort? about = WireOctets.WordAt(body, 0);
        bool isOwn = about == node.ShortAddress || (cluster == MatchDescriptor && about >= Radio.RadioFrame.FirstBroadcast);
        if (!isOwn)
        {
            byte status = about is null ? InvalidRequest : DeviceNotFound;
            return isBroadcast ? null : answer.Octet(status).Word(about ?? node.ShortAddress).Octet(0).ToArray();
        }

        switch (cluster)
        {
            case NodeDescriptor:
                return answer.Octet(Success).Word(node.ShortAddress).Run(Describe(node)).ToArray();
            case PowerDescriptor:
                return answer.Octet(Success).Word(node.ShortAddress).Word(PowerOf(node)).ToArray();
            case ActiveEndpoints:
                answer.Octet(Success).Word(node.ShortAddress).Octet((byte)node.Endpoints.Count);
                return answer.Run([.. node.Endpoints.Select(endpoint => endpoint.Number)]).ToArray();
            case SimpleDescriptor:
                return OfEndpoint(node, answer, body);
            default:
                return OfMatch(node, answer, body, isBroadcast);
        }
    }

    private static byte[] Describe(ZdoNode node) =>
        new WireOctets().Octet(node.LogicalType).Octet(Band24).Octet(node.Capability).Word(node.ManufacturerCode)
            .Octet(MaximumBuffer).Word(MaximumTransfer)
            .Word((ushort)(ServerMask | (node.NodeType == EmberNodeType.Coordinator ? PrimaryTrustCenter : 0)))
            .Word(MaximumTransfer).Octet(0).ToArray();

    // Mode, available sources, current source and its level: mains and full, or a battery and full.
    private static ushort PowerOf(ZdoNode node) => node.NodeType == EmberNodeType.SleepyEndDevice ? (ushort)0xC441 : (ushort)0xC110;

    private static byte[] OfEndpoint(ZdoNode node, WireOctets answer, ReadOnlySpan<byte> body)
    {
        const int EndpointOffset = sizeof(ushort);
        byte number = body.Length > EndpointOffset ? body[EndpointOffset] : (byte)0;
        HanEndpoint? endpoint = node.Endpoints.FirstOrDefault(candidate => candidate.Number == number);
        if (endpoint is null)
        {
            return answer.Octet(number is 0 or byte.MaxValue ? InvalidEndpoint : NotActive).Word(node.ShortAddress).Octet(0).ToArray();
        }

        byte[] descriptor = new WireOctets().Octet(endpoint.Number).Word(endpoint.Profile).Word(endpoint.DeviceId)
            .Octet(endpoint.DeviceVersion).Words(endpoint.InputClusters).Words(endpoint.OutputClusters).ToArray();
        return answer.Octet(Success).Word(node.ShortAddress).Octet((byte)descriptor.Length).Run(descriptor).ToArray();
    }

    private static byte[]? OfMatch(ZdoNode node, WireOctets answer, ReadOnlySpan<byte> body, bool isBroadcast)
    {
        if (!TryReadMatch(body, out ushort profile, out List<ushort> inputs, out List<ushort> outputs))
        {
            return isBroadcast ? null : answer.Octet(InvalidRequest).Word(node.ShortAddress).Octet(0).ToArray();
        }

        byte[] matches =
        [
            .. node.Endpoints.Where(endpoint => endpoint.Profile == profile
                    && (inputs.Exists(endpoint.InputClusters.Contains) || outputs.Exists(endpoint.OutputClusters.Contains)))
                .Select(endpoint => endpoint.Number),
        ];
        return isBroadcast && matches.Length == 0 ? null
            : answer.Octet(Success).Word(node.ShortAddress).Octet((byte)matches.Length).Run(matches).ToArray();
    }

    private static bool TryReadMatch(ReadOnlySpan<byte> body, out ushort profile, out List<ushort> inputs, out List<ushort> outputs)
    {
        int offset = sizeof(ushort);
        inputs = [];
        outputs = [];
        profile = WireOctets.WordAt(body, offset) ?? 0;
        offset += sizeof(ushort);
        return TryReadWords(body, ref offset, inputs) && TryReadWords(body, ref offset, outputs);
    }

    private static bool TryReadWords(ReadOnlySpan<byte> body, ref int offset, List<ushort> words)
    {
        if (offset >= body.Length)
        {
            return false;
        }

        int count = body[offset++];
        for (int word = 0; word < count; word++)
        {
            if (WireOctets.WordAt(body, offset) is not ushort value)
            {
                return false;
            }

            words.Add(value);
            offset += sizeof(ushort);
        }

        return true;
    }
}
