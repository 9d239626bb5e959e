using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Dlms;

/// <summary>Rows of general blocks, both ways, by octets that are written down by hand.</summary>
public sealed class GeneralBlockRowTests
{
    private const string Accepted = "61 29 A1 09 06 07 60 85 74 05 08 01 01 A2 03 02 01 00 A3 05 A1 03 02 01 00 "
        + "BE 10 04 0E 08 00 06 5F 1F 04 00 20 1E 1D 00 40 00 07";

    private static readonly CosemAttributeDescriptor First = new(1, ObisCode.Parse("0-0:42.0.0.255"), 2);

    [Fact]
    public async Task A_row_is_taken_as_it_comes_and_acknowledged_once()
    {
        (DlmsClient client, FakeRowLink link) = await OpenAsync(
            "E0 01 0001 0000 06 C4 01 C1 00 09 05",
            "E0 41 0002 0001 02 01 02",
            "E0 41 0003 0001 01 03",
            "E0 81 0004 0001 02 04 05");

        ReadOnlyMemory<byte> value = await client.GetAsync(First, CancellationToken.None);

        value.Span.ShouldBeHex("09 05 01 02 03 04 05");
        link.Sent.Should().HaveCount(3, "the association, the request, and the acknowledgement that tells the window");
        link.Sent[2].Apdu.ShouldBeHex("E0 84 0001 0001 00");
        link.ReceivedAlone.Should().Be(2);
    }

    [Fact]
    public async Task A_block_that_is_lost_inside_a_row_is_asked_for_again()
    {
        (DlmsClient client, FakeRowLink link) = await OpenAsync(
            "E0 01 0001 0000 06 C4 01 C1 00 09 05",
            "E0 41 0002 0001 02 01 02",
            "E0 81 0004 0001 02 04 05",
            "E0 41 0003 0002 01 03",
            "E0 81 0004 0002 02 04 05");

        ReadOnlyMemory<byte> value = await client.GetAsync(First, CancellationToken.None);

        value.Span.ShouldBeHex("09 05 01 02 03 04 05");
        link.Sent[3].Apdu.ShouldBeHex("E0 84 0002 0002 00", "block 2 is the last without a gap before it");
    }

    [Fact]
    public async Task The_end_of_a_row_that_is_lost_is_asked_for_again()
    {
        (DlmsClient client, FakeRowLink link) = await OpenAsync(
            "E0 01 0001 0000 06 C4 01 C1 00 09 05",
            "E0 41 0002 0001 02 01 02",
            "",
            "E0 41 0003 0001 01 03",
            "E0 81 0004 0001 02 04 05");

        ReadOnlyMemory<byte> value = await client.GetAsync(First, CancellationToken.None);

        value.Span.ShouldBeHex("09 05 01 02 03 04 05");
        link.Sent[^1].Apdu.ShouldBeHex("E0 84 0002 0002 00");
    }

    [Fact]
    public async Task A_row_that_never_goes_on_breaks_the_protocol_in_the_end()
    {
        const string block = "E0 41 0002 0001 02 01 02";
        (DlmsClient client, FakeRowLink link) = await OpenAsync(
            "E0 01 0001 0000 06 C4 01 C1 00 09 05", block, "", block, "", block, "", block, "");

        Func<Task> read = async () => await client.GetAsync(First, CancellationToken.None);

        (await read.Should().ThrowAsync<RemoteProtocolException>()).Which.Message.Should().Contain("the rest of a row does not come");
        link.ReceivedAlone.Should().Be(4);
    }

    [Fact]
    public async Task A_long_request_goes_in_rows_of_the_device_s_window_and_goes_back_to_what_was_lost()
    {
        (DlmsClient client, FakeRowLink link) = await OpenAsync(
            "E0 83 0001 0001 00",
            "E0 83 0002 0002 00",
            "E0 83 0003 0005 04 C5 01 C1 00");
        byte[] data = [0x09, 0x81, 230, .. Enumerable.Range(0, 230).Select(value => (byte)value)];

        await client.SetAsync(First, data, CancellationToken.None);

        (string Head, bool Asks)[] blocks =
            [.. link.Sent.Skip(1).Select(sent => (Convert.ToHexString(sent.Apdu)[..8], sent.AsksForAnswer))];
        blocks.Should().Equal(
            ("E0040001", true),
            ("E0440002", false), ("E0440003", false), ("E0040004", true),
            ("E0440003", false), ("E0440004", false), ("E0840005", true));
        byte[][] taken = [link.Sent[1].Apdu, link.Sent[2].Apdu, link.Sent[5].Apdu, link.Sent[6].Apdu, link.Sent[7].Apdu];
        byte[] whole = [.. taken.SelectMany(block => block[7..])];
        whole.ShouldBeHex("C1 01 C1 0001 00002A0000FF 02 00" + Convert.ToHexString(data));
    }

    [Fact]
    public async Task What_the_device_says_inside_a_row_ends_the_exchange()
    {
        (DlmsClient client, FakeRowLink link) = await OpenAsync("E0 83 0001 0001 00", "C4 01 C2 00 11 07");
        link.Early[0] = "D8 01 03".Octets();

        Func<Task> write = async () => await client.SetAsync(First, (byte[])[0x09, 0x81, 230, .. new byte[230]], CancellationToken.None);

        await write.Should().ThrowAsync<DeviceRefusedException>();
        (await client.GetAsync(First, CancellationToken.None)).Span.ShouldBeHex("11 07");
    }

    private static async Task<(DlmsClient Client, FakeRowLink Link)> OpenAsync(params string[] answers)
    {
        FakeRowLink link = new([Accepted.Octets(), .. answers.Select(answer => answer.Octets())]);
        DlmsClient client = new(link);
        DlmsAssociationSettings settings = new()
        {
            Proposed = DlmsAssociationSettings.Offered | Conformance.GeneralBlockTransfer,
            GeneralBlockWindow = 4,
        };
        await client.AssociateAsync(settings, CancellationToken.None);
        return (client, link);
    }
}
