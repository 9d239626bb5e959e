using System.Text;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Dlms;

/// <summary>Class 18 against the messages of other implementations.</summary>
public sealed class ImageTransferObjectTests
{
    private static readonly byte[] Done = "C7 01 C1 00 00".Octets();

    [Fact]
    public async Task A_transfer_is_announced_by_the_message_of_the_vector()
    {
        (ImageTransferObject image, FakeApduLink link) = await OpenAsync(Done);

        await image.InitiateAsync(Encoding.ASCII.GetBytes("ESME-FW-1.2.3"), 500, CancellationToken.None);

        link.Sent[1].ShouldBeHex(Convert.ToHexString(MeterFrames.Vector("image-transfer-initiate")));
    }

    [Fact]
    public async Task Verification_and_activation_are_the_messages_of_the_vectors_and_a_temporary_failure_means_not_yet()
    {
        (ImageTransferObject image, FakeApduLink link) = await OpenAsync(
            MeterFrames.Vector("action-response-temporary-failure"), "C7 01 C2 00 00".Octets());

        bool isVerified = await image.VerifyAsync(CancellationToken.None);
        bool isActivated = await image.ActivateAsync(CancellationToken.None);

        isVerified.Should().BeFalse();
        isActivated.Should().BeTrue();
        link.Sent[1].ShouldBeHex(Convert.ToHexString(MeterFrames.Vector("image-verify")));
        byte[] activate = link.Sent[2];
        activate[2] = 0xC1;
        activate.ShouldBeHex(Convert.ToHexString(MeterFrames.Vector("image-activate")));
    }

    [Fact]
    public async Task The_block_size_of_the_vector_is_read()
    {
        (ImageTransferObject image, _) = await OpenAsync(MeterFrames.Vector("image-block-size-response"));

        (await image.ReadBlockSizeAsync(CancellationToken.None)).Should().Be(450);
    }

    [Theory]
    [InlineData("C4 01 C1 00 06 00 00 00 00")]
    [InlineData("C4 01 C1 00 06 00 01 00 00")]
    [InlineData("C4 01 C1 00 09 01 00")]
    public async Task A_block_size_that_cannot_be_breaks_the_protocol(string answer)
    {
        (ImageTransferObject image, _) = await OpenAsync(answer.Octets());

        Func<Task> act = async () => await image.ReadBlockSizeAsync(CancellationToken.None);

        await act.Should().ThrowAsync<RemoteProtocolException>();
    }

    [Fact]
    public async Task A_block_goes_out_with_its_number()
    {
        (ImageTransferObject image, FakeApduLink link) = await OpenAsync(Done);

        await image.TransferBlockAsync(258, "DE AD".Octets(), CancellationToken.None);

        link.Sent[1].ShouldBeHex("C3 01 C1 0012 00002C0000FF 02 01 02 02 06 00000102 09 02 DEAD");
    }

    [Fact]
    public async Task A_device_that_takes_images_is_not_written_to_and_another_is_switched_on()
    {
        (ImageTransferObject enabled, FakeApduLink first) = await OpenAsync("C4 01 C1 00 03 01".Octets());
        (ImageTransferObject disabled, FakeApduLink second) = await OpenAsync("C4 01 C1 00 03 00".Octets(), "C5 01 C2 00".Octets());

        await enabled.EnableAsync(CancellationToken.None);
        await disabled.EnableAsync(CancellationToken.None);

        first.Sent.Should().HaveCount(2);
        second.Sent[2].ShouldBeHex("C1 01 C2 0012 00002C0000FF 05 00 03 01");
    }

    [Fact]
    public async Task Held_images_are_read_with_size_identification_and_signature()
    {
        (ImageTransferObject image, _) = await OpenAsync("C4 01 C1 00 01 01 02 03 06 000001F4 09 02 3432 09 01 AA".Octets());

        IReadOnlyList<ImageToActivate> held = await image.ReadImagesAsync(CancellationToken.None);

        held.Should().ContainSingle();
        held[0].Octets.Should().Be(500);
        held[0].Identification.ToArray().ShouldBeHex("3432");
        held[0].Signature.ToArray().ShouldBeHex("AA");
    }

    [Theory]
    [InlineData("C4 01 C1 00 02 00")]
    [InlineData("C4 01 C1 00 01 01 02 02 06 000001F4 09 00")]
    [InlineData("C4 01 C1 00 01 01 11 05")]
    public async Task Another_list_of_images_breaks_the_protocol(string answer)
    {
        (ImageTransferObject image, _) = await OpenAsync(answer.Octets());

        Func<Task> act = async () => await image.ReadImagesAsync(CancellationToken.None);

        await act.Should().ThrowAsync<RemoteProtocolException>();
    }

    [Fact]
    public async Task A_status_beyond_the_standard_breaks_the_protocol()
    {
        (ImageTransferObject image, _) = await OpenAsync("C4 01 C1 00 16 08".Octets());

        Func<Task> act = async () => await image.ReadStatusAsync(CancellationToken.None);

        await act.Should().ThrowAsync<RemoteProtocolException>();
    }

    private static async Task<(ImageTransferObject Image, FakeApduLink Link)> OpenAsync(params byte[][] answers)
    {
        FakeApduLink link = new([MeterFrames.Vector("aare-ok"), .. answers]);
        DlmsClient client = new(link);
        await client.AssociateAsync(new DlmsAssociationSettings(), CancellationToken.None);
        return (new ImageTransferObject(client, ObisCode.Parse("0-0:44.0.0.255"), "esme-01"), link);
    }
}
