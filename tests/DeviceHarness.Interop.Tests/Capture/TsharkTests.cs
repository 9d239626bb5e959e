using DeviceHarness.Codecs.Capture;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Interop.Tests.Capture;

/// <summary>Captures that the harness exports, dissected by another program.</summary>
public sealed class TsharkTests(TsharkCapture capture) : IClassFixture<TsharkCapture>
{
    /// <summary>What tshark 4.0 itself leaves undone.</summary>
    private static readonly Dictionary<string, string> Exempt = new()
    {
        ["global Write Attributes Structured"] = "takes the frame's first octet for the indicator, which then does not fit",
        ["global Discover Commands Received Response"] = "does not dissect the payload",
        ["global Discover Commands Generated Response"] = "does not know the command",
        ["global Discover Attributes Extended Response"] = "does not know the command",
        ["0704 Server TransferData"] = "what a tunnel carries is not of the cluster",
        ["0704 Client TransferData"] = "what a tunnel carries is not of the cluster",
    };

    [Fact]
    public void No_command_of_any_cluster_is_malformed()
    {
        capture.Packets.Should().HaveCountGreaterThan(250);

        capture.Packets.Where(packet => packet.Complaint.Length > 0 && !Exempt.ContainsKey(packet.Name))
            .Select(packet => $"{packet.Name}: {packet.Complaint} {packet.Info}").Should().BeEmpty();
    }

    [Fact]
    public void Every_packet_is_dissected_to_the_layer_that_it_was_made_of()
    {
        capture.Packets.Where(packet => !packet.Protocols.StartsWith("wpan:zbee_nwk:zbee_aps:zbee", StringComparison.Ordinal))
            .Select(packet => $"{packet.Name}: {packet.Protocols}").Should().BeEmpty();
        capture.Packets.Where(packet => packet.Undissected.Length > 0 && !Exempt.ContainsKey(packet.Name))
            .Select(packet => $"{packet.Name}: {packet.Undissected}").Should().BeEmpty();
    }

    [Fact]
    public void Attributes_of_every_cluster_are_dissected_with_their_types()
    {
        TsharkPacket[] reports = [.. capture.Packets.Where(packet => packet.Name.Contains("attributes", StringComparison.Ordinal))];

        reports.Should().HaveCountGreaterThan(60);
        reports.Where(packet => packet.AttributeTypes == 0).Select(packet => packet.Name).Should().BeEmpty();
        reports.Sum(packet => packet.AttributeTypes).Should().BeGreaterThan(400);
    }

    [Fact]
    public void Each_packet_has_its_time_and_says_that_it_was_rebuilt()
    {
        capture.Packets.Select(packet => packet.Comment).Distinct().Should().Equal(PcapngWriter.RebuiltComment);
        decimal first = capture.Packets[0].Time;
        first.Should().Be(TsharkCapture.Start.ToUnixTimeSeconds());
        capture.Packets.Select((packet, index) => packet.Time - first - (index * 0.0000011m)).Should().OnlyContain(late => late == 0);
    }
}
