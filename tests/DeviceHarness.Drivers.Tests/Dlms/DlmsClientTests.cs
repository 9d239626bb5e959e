using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Dlms;

public sealed class DlmsClientTests
{
    private static readonly CosemAttributeDescriptor Attribute = new(1, ObisCode.Parse("0-0:96.1.0.255"), 2);
    private static readonly CosemMethodDescriptor Method = new(9, ObisCode.Parse("0-0:10.0.106.255"), 1);

    /// <summary>Accepted; the server takes 64 octets.</summary>
    private static readonly byte[] Accepted =
        ("61 29 A1 09 06 07 60 85 74 05 08 01 01 A2 03 02 01 00 A3 05 A1 03 02 01 00 "
            + "BE 10 04 0E 08 00 06 5F 1F 04 00 00 1C 1D 00 40 00 07").Octets();

    [Fact]
    public async Task AARQ_with_a_password_is_that_of_the_vector()
    {
        FakeApduLink link = new(MeterFrames.Vector("aare-ok"));
        DlmsClient client = new(link);

        await client.AssociateAsync(
            new DlmsAssociationSettings
            {
                Security = new AssociationSecurity { Password = SharedSecret.OfText("12345678") },
                Proposed = (Conformance)0x007E1F,
                MaximumReceivePduOctets = 1200,
            },
            CancellationToken.None);

        link.Sent[0].ShouldBeHex(Convert.ToHexString(MeterFrames.Vector("aarq-lls-12345678")));
        client.IsAssociated.Should().BeTrue();
        client.Association.Should().Be(new DlmsAssociation((Conformance)0x00501F, 500));
    }

    [Fact]
    public async Task AARQ_without_a_password_is_that_of_the_vector()
    {
        FakeApduLink link = new(MeterFrames.Vector("aare-lls-diag-1"));
        DlmsClient client = new(link);

        await client.AssociateAsync(
            new DlmsAssociationSettings { Proposed = (Conformance)0x007E1F, MaximumReceivePduOctets = 1200 }, CancellationToken.None);

        link.Sent[0].ShouldBeHex(Convert.ToHexString(MeterFrames.Vector("aarq-none")));
        client.IsAssociated.Should().BeTrue("the result decides, not the diagnostic 1");
    }

    [Theory]
    [InlineData("aare-dlms-version-low", 1)]
    public async Task A_rejection_names_diagnostic_and_mechanism_and_never_the_password(string vector, int diagnostic)
    {
        FakeApduLink link = new(MeterFrames.Vector(vector));
        DlmsClient client = new(link);
        DlmsAssociationSettings settings = new()
        {
            Security = new AssociationSecurity { Password = SharedSecret.OfText("s3cret-word") },
        };

        Func<Task> associate = () => client.AssociateAsync(settings, CancellationToken.None);

        AssociationRefusedException error = (await associate.Should().ThrowAsync<AssociationRefusedException>()).Which;
        error.DeviceCode.Should().Be(diagnostic);
        error.Message.Should().Contain("LowLevel").And.NotContain("s3cret");
        settings.ToString().Should().NotContain("s3cret");
        client.IsAssociated.Should().BeFalse();
    }

    [Fact]
    public async Task A_value_in_blocks_is_put_together()
    {
        (DlmsClient client, FakeApduLink link) = await OpenAsync(
            "C4 02 C1 00 00000001 00 04 09060100".Octets(), "C4 02 C1 01 00000002 00 04 01010203".Octets());

        byte[] value = (await client.GetAsync(Attribute, CancellationToken.None)).ToArray();

        value.ShouldBeHex("09 06 01 00 01 01 02 03");
        link.Sent[2].ShouldBeHex(Convert.ToHexString(MeterFrames.Vector("get-request-next-1")));
    }

    [Fact]
    public async Task A_block_with_an_error_is_a_refusal()
    {
        (DlmsClient client, _) = await OpenAsync(MeterFrames.Vector("get-response-block-error"));

        Func<Task> get = async () => await client.GetAsync(Attribute, CancellationToken.None);

        (await get.Should().ThrowAsync<DeviceRefusedException>()).Which.DeviceCode.Should().Be(1);
    }

    [Theory]
    [InlineData("C4 02 C1 00 00000002 00 04 09060100", "a block out of order")]
    [InlineData("C4 01 C2 00 06 00000001", "the answer to another invoke id")]
    [InlineData("C5 01 C1 00", "the answer to another service")]
    [InlineData("C4 01 C1 00 06 0000", "a value that ends too early")]
    [InlineData("C4 02 C1 01 00000001 00 02 0906", "blocks that hold no whole value")]
    [InlineData("", "nothing")]
    public async Task An_answer_that_breaks_the_protocol_is_never_a_value(string answer, string because)
    {
        (DlmsClient client, _) = await OpenAsync(answer.Octets());

        Func<Task> get = async () => await client.GetAsync(Attribute, CancellationToken.None);

        _ = await get.Should().ThrowAsync<RemoteProtocolException>(because);
    }

    [Theory]
    [InlineData("exception-service-not-supported", DlmsFaults.ExceptionResponse, 0x0102)]
    [InlineData("confirmed-service-error-decipher", DlmsFaults.ServiceError, 0x060006)]
    public async Task A_refusal_outside_of_the_service_is_a_refusal(string vector, string code, int deviceCode)
    {
        (DlmsClient client, _) = await OpenAsync(MeterFrames.Vector(vector));

        Func<Task> get = async () => await client.GetAsync(Attribute, CancellationToken.None);

        DeviceRefusedException error = (await get.Should().ThrowAsync<DeviceRefusedException>()).Which;
        (error.Code, error.DeviceCode).Should().Be((code, deviceCode));
    }

    [Fact]
    public async Task A_long_value_is_written_in_blocks_that_fit_the_server()
    {
        (DlmsClient client, FakeApduLink link) = await OpenAsync(
            MeterFrames.Vector("set-response-datablock-1"), "C5 02 C1 00000002".Octets(),
            MeterFrames.Vector("set-response-last-datablock"));
        byte[] value = [0x09, 0x6E, .. Enumerable.Range(0, 110).Select(number => (byte)number)];

        await client.SetAsync(Attribute, value, CancellationToken.None);

        link.Sent.Skip(1).Should().OnlyContain(apdu => apdu.Length <= 64);
        link.Sent[1][..19].ShouldBeHex("C1 02 C1 00 01 00 00 60 01 00 FF 02 00 00 00 00 00 01 28");
        link.Sent[2][..9].ShouldBeHex("C1 03 C1 00 00 00 00 02 28");
        link.Sent[3][..9].ShouldBeHex("C1 03 C1 01 00 00 00 03 20");
        byte[] joined = [.. link.Sent[1][19..], .. link.Sent[2][9..], .. link.Sent[3][9..]];
        joined.ShouldBeHex(Convert.ToHexString(value));
    }

    [Fact]
    public async Task A_method_s_parameter_goes_in_blocks_and_its_answer_comes_in_blocks()
    {
        (DlmsClient client, FakeApduLink link) = await OpenAsync(
            "C7 04 C1 00000001".Octets(), "C7 02 C1 00 00000001 04 00010009".Octets(), "C7 02 C1 01 00000002 03 02AABB".Octets());
        byte[] parameter = [0x09, 0x30, .. new byte[48]];

        byte[] returned = (await client.ActionAsync(Method, parameter, CancellationToken.None)).ToArray();

        returned.ShouldBeHex("09 02 AA BB");
        link.Sent[1][..3].ShouldBeHex("C3 04 C1");
        link.Sent[2][..3].ShouldBeHex("C3 06 C1");
        link.Sent[3].ShouldBeHex("C3 02 C1 00 00 00 01");
    }

    [Fact]
    public async Task A_script_is_executed_by_the_vector_s_octets()
    {
        (DlmsClient client, FakeApduLink link) = await OpenAsync("C7 01 C1 00 00".Octets());

        _ = await client.ActionAsync(Method, "12 00 02".Octets(), CancellationToken.None);

        link.Sent[1].ShouldBeHex(Convert.ToHexString(MeterFrames.Vector("script-106-execute-2")));
    }

    [Fact]
    public async Task A_refused_method_names_the_result()
    {
        (DlmsClient client, _) = await OpenAsync(MeterFrames.Vector("action-response-temporary-failure"));

        Func<Task> act = async () => await client.ActionAsync(Method, default, CancellationToken.None);

        (await act.Should().ThrowAsync<DeviceRefusedException>()).Which.DeviceCodeName.Should().Be("temporary-failure");
    }

    [Fact]
    public async Task Without_an_association_nothing_is_sent()
    {
        FakeApduLink link = new();
        DlmsClient client = new(link);

        Func<Task> get = async () => await client.GetAsync(Attribute, CancellationToken.None);

        _ = await get.Should().ThrowAsync<LocalProtocolException>();
        link.Sent.Should().BeEmpty();
    }

    private static async Task<(DlmsClient Client, FakeApduLink Link)> OpenAsync(params byte[][] answers)
    {
        FakeApduLink link = new([Accepted, .. answers]);
        DlmsClient client = new(link);
        await client.AssociateAsync(new DlmsAssociationSettings(), CancellationToken.None);
        return (client, link);
    }
}
