using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Dlms;

/// <summary>General block transfer and GET with list, by octets that are written down by hand.</summary>
public sealed class NegotiatedServicesTests
{
    private static readonly CosemAttributeDescriptor First = new(1, ObisCode.Parse("0-0:42.0.0.255"), 2);
    private static readonly CosemAttributeDescriptor Second = new(8, ObisCode.Parse("0-0:1.0.0.255"), 2);

    [Fact]
    public async Task A_long_answer_is_put_together_from_general_blocks_each_of_which_is_acknowledged()
    {
        (DlmsClient client, FakeApduLink link) = await OpenAsync(
            Conformance.GeneralBlockTransfer,
            "E0 01 0001 0000 06 C4 01 C1 00 09 05",
            "E0 01 0002 0001 03 01 02 03",
            "E0 81 0003 0001 02 04 05");

        ReadOnlyMemory<byte> value = await client.GetAsync(First, CancellationToken.None);

        value.Span.ShouldBeHex("09 05 01 02 03 04 05");
        link.Sent[1].ShouldBeHex("C0 01 C1 0001 00002A0000FF 02 00");
        link.Sent[2].ShouldBeHex("E0 81 0001 0001 00");
        link.Sent[3].ShouldBeHex("E0 81 0002 0002 00", "the first acknowledgement has been acknowledged itself");
    }

    [Fact]
    public async Task A_block_that_comes_again_after_a_gap_is_taken_once()
    {
        (DlmsClient client, _) = await OpenAsync(
            Conformance.GeneralBlockTransfer,
            "E0 01 0001 0000 06 C4 01 C1 00 09 05",
            "E0 81 0003 0001 02 04 05",
            "E0 01 0002 0001 03 01 02 03",
            "E0 81 0003 0001 02 04 05");

        ReadOnlyMemory<byte> value = await client.GetAsync(First, CancellationToken.None);

        value.Span.ShouldBeHex("09 05 01 02 03 04 05");
    }

    [Fact]
    public async Task A_long_request_goes_in_general_blocks()
    {
        (DlmsClient client, FakeApduLink link) = await OpenAsync(
            Conformance.GeneralBlockTransfer, "E0 81 0001 0001 00", "E0 81 0002 0002 04 C5 01 C1 00");
        byte[] data = [0x09, 70, .. Enumerable.Range(0, 70).Select(value => (byte)value)];

        await client.SetAsync(First, data, CancellationToken.None);

        link.Sent[1].Should().HaveCount(64 - 2, "two octets of the length are not needed");
        link.Sent[1][..8].ShouldBeHex("E0 01 0001 0000 37 C1");
        link.Sent[2][..6].ShouldBeHex("E0 81 0002 0001");
        byte[] whole = [.. link.Sent[1][7..], .. link.Sent[2][7..]];
        whole.ShouldBeHex("C1 01 C1 0001 00002A0000FF 02 00" + Convert.ToHexString(data));
    }

    [Fact]
    public async Task An_exception_in_place_of_a_block_ends_the_exchange()
    {
        (DlmsClient client, _) = await OpenAsync(
            Conformance.GeneralBlockTransfer, "E0 01 0001 0000 06 C4 01 C1 00 09 05", "D8 01 03", "C4 01 C2 00 11 07");

        Func<Task> read = async () => await client.GetAsync(First, CancellationToken.None);

        await read.Should().ThrowAsync<DeviceRefusedException>();
        (await client.GetAsync(First, CancellationToken.None)).Span.ShouldBeHex("11 07");
    }

    [Fact]
    public async Task A_block_that_acknowledges_what_was_never_sent_breaks_the_protocol()
    {
        (DlmsClient client, _) = await OpenAsync(Conformance.GeneralBlockTransfer, "E0 01 0001 0005 06 C4 01 C1 00 09 05");

        Func<Task> read = async () => await client.GetAsync(First, CancellationToken.None);

        await read.Should().ThrowAsync<RemoteProtocolException>();
    }

    [Fact]
    public async Task A_list_is_one_request_and_one_answer()
    {
        (DlmsClient client, FakeApduLink link) = await OpenAsync(Conformance.MultipleReferences, "C4 03 C1 02 00 11 07 01 04");

        IReadOnlyDictionary<CosemAttributeDescriptor, byte[]> values =
            await new AttributeList(client).ReadAsync([First, Second], CancellationToken.None);

        link.Sent[1].ShouldBeHex("C0 03 C1 02 0001 00002A0000FF 02 00 0008 0000010000FF 02 00");
        values.Should().ContainSingle("the second is refused");
        values[First].ShouldBeHex("11 07");
    }

    [Fact]
    public async Task A_long_list_comes_in_the_blocks_of_GET()
    {
        (DlmsClient client, FakeApduLink link) = await OpenAsync(
            Conformance.MultipleReferences, "C4 02 C1 00 00000001 00 04 02 00 11 07", "C4 02 C1 01 00000002 00 03 00 11 08");

        IReadOnlyDictionary<CosemAttributeDescriptor, byte[]> values =
            await new AttributeList(client).ReadAsync([First, Second], CancellationToken.None);

        link.Sent[2].ShouldBeHex("C0 02 C1 00000001");
        values[First].ShouldBeHex("11 07");
        values[Second].ShouldBeHex("11 08");
    }

    [Fact]
    public async Task A_device_that_refuses_a_list_is_not_asked_for_another()
    {
        (DlmsClient client, FakeApduLink link) = await OpenAsync(Conformance.MultipleReferences, "D8 01 02");
        AttributeList list = new(client);

        (await list.ReadAsync([First, Second], CancellationToken.None)).Should().BeEmpty();
        (await list.ReadAsync([First, Second], CancellationToken.None)).Should().BeEmpty();

        link.Sent.Should().HaveCount(2, "the association and one list");
    }

    [Theory]
    [InlineData("C4 03 C1 01 00 11 07")]
    [InlineData("C4 03 C1 03 00 11 07 00 11 07 00 11 07")]
    public async Task A_list_of_another_length_breaks_the_protocol(string answer)
    {
        (DlmsClient client, _) = await OpenAsync(Conformance.MultipleReferences, answer);

        Func<Task> read = async () => await new AttributeList(client).ReadAsync([First, Second], CancellationToken.None);

        await read.Should().ThrowAsync<RemoteProtocolException>();
    }

    [Fact]
    public async Task What_was_not_proposed_is_not_agreed_on_whatever_the_device_says()
    {
        (DlmsClient client, FakeApduLink link) = await OpenAsync(Conformance.None, "C4 01 C1 00 11 07");

        client.Association.Conformance.Should().NotHaveFlag(Conformance.MultipleReferences);
        (await new AttributeList(client).ReadAsync([First], CancellationToken.None)).Should().BeEmpty();
        (await client.GetAsync(First, CancellationToken.None)).Span.ShouldBeHex("11 07");
        link.Sent.Should().HaveCount(2);
    }

    /// <summary>An association with a server that takes 64 octets and claims both services.</summary>
    private static async Task<(DlmsClient Client, FakeApduLink Link)> OpenAsync(Conformance more, params string[] answers)
    {
        byte[] accepted = ("61 29 A1 09 06 07 60 85 74 05 08 01 01 A2 03 02 01 00 A3 05 A1 03 02 01 00 "
            + "BE 10 04 0E 08 00 06 5F 1F 04 00 20 1E 1D 00 40 00 07").Octets();
        FakeApduLink link = new([accepted, .. answers.Select(answer => answer.Octets())]);
        DlmsClient client = new(link);
        await client.AssociateAsync(
            new DlmsAssociationSettings { Proposed = DlmsAssociationSettings.Offered | more }, CancellationToken.None);
        return (client, link);
    }
}
