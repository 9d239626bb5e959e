using System.Collections.Frozen;
using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Codecs.ZigBee;

/// <summary>The messages of the ZigBee device object: profile 0000, endpoint 0 to endpoint 0.</summary>
/// <remarks>
/// Spec: ZigBee specification, ZigBee device profile, as this harness's ZigBee guide sums it up. A response has the number of its request
/// with the highest bit set. Every message begins with a transaction sequence number.
/// </remarks>
public static class ZdoMessages
{
    /// <summary>The bit by which a response's number differs from its request's.</summary>
    public const ushort ResponseBit = 0x8000;

    private const string Definitions = """
        0000 NWK_addr_req: sequence u8, ieee_addr eui, request_type e8, start_index u8
        0001 IEEE_addr_req: sequence u8, nwk_addr d16, request_type e8, start_index u8
        0002 Node_Desc_req: sequence u8, nwk_addr d16
        0004 Simple_Desc_req: sequence u8, nwk_addr d16, endpoint u8
        0005 Active_EP_req: sequence u8, nwk_addr d16
        0006 Match_Desc_req: sequence u8, nwk_addr d16, profile d16, in_count u8, in_clusters{cluster cluster}*in_count, out_count u8,
         out_clusters{cluster cluster}*out_count
        0013 Device_annce: sequence u8, nwk_addr d16, ieee_addr eui, capability b8(capability)
        0021 Bind_req: sequence u8, source eui, source_endpoint u8, cluster cluster, destination_mode e8(address_mode),
         [destination_mode=1] group d16, [destination_mode=3] destination eui, [destination_mode=3] destination_endpoint u8
        0022 Unbind_req: sequence u8, source eui, source_endpoint u8, cluster cluster, destination_mode e8(address_mode),
         [destination_mode=1] group d16, [destination_mode=3] destination eui, [destination_mode=3] destination_endpoint u8
        0031 Mgmt_Lqi_req: sequence u8, start_index u8
        0034 Mgmt_Leave_req: sequence u8, ieee_addr eui, flags b8(leave)
        0036 Mgmt_Permit_Joining_req: sequence u8, seconds u8, trust_centre_significance bool
        8000 NWK_addr_rsp: sequence u8, status e8(zdo_status), ? ieee_addr eui, nwk_addr d16, count u8, start_index u8,
         devices{nwk_addr d16}*count
        8001 IEEE_addr_rsp: sequence u8, status e8(zdo_status), ? ieee_addr eui, nwk_addr d16, count u8, start_index u8,
         devices{nwk_addr d16}*count
        8002 Node_Desc_rsp: sequence u8, status e8(zdo_status), ? nwk_addr d16, node_type b8(node_type), frequency_and_aps b8,
         capability b8(capability), manufacturer_code d16, max_buffer u8, max_incoming_transfer u16, server_mask b16,
         max_outgoing_transfer u16, descriptor_capability b8
        8004 Simple_Desc_rsp: sequence u8, status e8(zdo_status), ? nwk_addr d16, length u8, endpoint u8, profile d16, device d16,
         device_version u8, in_count u8, in_clusters{cluster cluster}*in_count, out_count u8, out_clusters{cluster cluster}*out_count
        8005 Active_EP_rsp: sequence u8, status e8(zdo_status), ? nwk_addr d16, count u8, endpoints{endpoint u8}*count
        8006 Match_Desc_rsp: sequence u8, status e8(zdo_status), ? nwk_addr d16, count u8, endpoints{endpoint u8}*count
        8021 Bind_rsp: sequence u8, status e8(zdo_status)
        8022 Unbind_rsp: sequence u8, status e8(zdo_status)
        8031 Mgmt_Lqi_rsp: sequence u8, status e8(zdo_status), ? entries u8, start_index u8, count u8, neighbours{extended_pan_id eui,
         ieee_addr eui, nwk_addr d16, relation b8, permit_joining b8, depth u8, lqi u8}*count
        8034 Mgmt_Leave_rsp: sequence u8, status e8(zdo_status)
        8036 Mgmt_Permit_Joining_rsp: sequence u8, status e8(zdo_status)
        """;

    private static readonly FrozenDictionary<ushort, CommandDefinition> ById =
        CommandDefinition.Parse(Definitions).ToFrozenDictionary(definition => definition.Id);

    /// <summary>All messages.</summary>
    public static IReadOnlyList<CommandDefinition> All => ById.Values;

    /// <summary>The definition of a message; null for a number that is not known here.</summary>
    /// <param name="cluster">The number.</param>
    public static CommandDefinition? Find(ushort cluster) => ById.GetValueOrDefault(cluster);

    /// <summary>A message with its sequence number and no other field yet.</summary>
    /// <param name="cluster">The number; one that is known here.</param>
    /// <param name="sequence">The transaction sequence number.</param>
    public static MessageContent Create(ushort cluster, byte sequence) => ById[cluster].Layout.Create().Set("sequence", sequence);
}
