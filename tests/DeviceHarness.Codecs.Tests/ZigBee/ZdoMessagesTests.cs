using System.Buffers;
using DeviceHarness.Codecs.Tests.Zcl;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Codecs.ZigBee;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.ZigBee;

public sealed class ZdoMessagesTests
{
    public static TheoryData<ushort, string, string> Messages { get; } = new()
    {
        { 0x0000, "01 332211602BD5B370 00 00", "sequence = 1, ieee_addr = 70B3D52B60112233, request_type = 0, start_index = 0" },
        { 0x8001, "81 00 F0002000000000FF 0001",
            "sequence = 129, status = 0, ieee_addr = FF000000002000F0, nwk_addr = 256" },
        { 0x8002, "02 00 1D4A 02 40 80 5E10 52 5200 0000 5200 00", "sequence = 2, status = 0, nwk_addr = 18973, node_type = 2, "
            + "frequency_and_aps = 64, capability = 128, manufacturer_code = 4190, max_buffer = 82, max_incoming_transfer = 82, "
            + "server_mask = 0, max_outgoing_transfer = 82, descriptor_capability = 0" },
        { 0x8004, "03 00 1D4A 10 01 0901 0105 00 03 0000 0207 0507 01 1900", "sequence = 3, status = 0, nwk_addr = 18973, length = 16, "
            + "endpoint = 1, profile = 265, device = 1281, device_version = 0, in_count = 3, cluster = 0, cluster = 1794, cluster = 1797, "
            + "out_count = 1, cluster = 25" },
        { 0x8004, "03 82 1D4A 00", "sequence = 3, status = 130, nwk_addr = 18973, length = 0" },
        { 0x8005, "04 00 1D4A 02 01 F2", "sequence = 4, status = 0, nwk_addr = 18973, count = 2, endpoint = 1, endpoint = 242" },
        { 0x0006, "05 FDFF 0901 01 0207 00", "sequence = 5, nwk_addr = 65533, profile = 265, in_count = 1, cluster = 1794, out_count = 0" },
        { 0x8006, "05 00 0000 01 01", "sequence = 5, status = 0, nwk_addr = 0, count = 1, endpoint = 1" },
        { 0x0013, "06 1D4A 332211602BD5B370 80", "sequence = 6, nwk_addr = 18973, ieee_addr = 70B3D52B60112233, capability = 128" },
        { 0x0021, "07 332211602BD5B370 01 0207 03 04030201004B1200 01", "sequence = 7, source = 70B3D52B60112233, "
            + "source_endpoint = 1, cluster = 1794, destination_mode = 3, destination = 00124B0001020304, destination_endpoint = 1" },
        { 0x0022, "07 332211602BD5B370 01 0207 01 4B0B", "sequence = 7, source = 70B3D52B60112233, source_endpoint = 1, "
            + "cluster = 1794, destination_mode = 1, group = 2891" },
        { 0x8021, "07 84", "sequence = 7, status = 132" },
        { 0x8031, "08 00 01 00 01 DDDDDDDDDDDDDD5D 332211602BD5B370 1D4A 12 02 01 FF", "sequence = 8, status = 0, entries = 1, "
            + "start_index = 0, count = 1, extended_pan_id = 5DDDDDDDDDDDDDDD, ieee_addr = 70B3D52B60112233, nwk_addr = 18973, "
            + "relation = 18, permit_joining = 2, depth = 1, lqi = 255" },
        { 0x0034, "09 332211602BD5B370 40", "sequence = 9, ieee_addr = 70B3D52B60112233, flags = 64" },
        { 0x0036, "0A 3C 01", "sequence = 10, seconds = 60, trust_centre_significance = 1" },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_is_read_and_written(ushort cluster, string hex, string fields)
    {
        byte[] octets = hex.Octets();

        OperationStatus status = ZdoMessages.Find(cluster)!.Layout.Read(octets, out MessageContent content, out CodecFault fault);

        (status, fault).Should().Be((OperationStatus.Done, CodecFault.None));
        string.Join(", ", ContentFlattener.Lines(content)).Should().Be(fields);
        content.ToOctets().ShouldBeHex(hex);
    }

    [Fact]
    public void Every_request_has_its_response_and_every_message_its_sequence()
    {
        ushort[] requests = [.. ZdoMessages.All.Select(message => message.Id).Where(id => (id & ZdoMessages.ResponseBit) == 0)];

        requests.Where(request => request != 0x0013).Should().HaveCount(11)
            .And.OnlyContain(request => ZdoMessages.Find((ushort)(request | ZdoMessages.ResponseBit)) != null);
        ZdoMessages.All.Should().OnlyContain(message => message.Layout.Fields[0].Name == "sequence");
        ZdoMessages.Find(0x7FFF).Should().BeNull();
    }

    [Fact]
    public void Counts_follow_from_the_items()
    {
        MessageContent answer = ZdoMessages.Create(0x8005, 4).Set("status", 0).Set("nwk_addr", 0x4A1D);
        answer.Add("endpoints").Set("endpoint", 1);
        answer.Add("endpoints").Set("endpoint", 242);

        answer.ToOctets().ShouldBeHex("04 00 1D4A 02 01 F2");
    }
}
