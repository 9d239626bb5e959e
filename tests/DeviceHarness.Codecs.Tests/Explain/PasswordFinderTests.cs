using System.Text;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Explain;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Codecs.Tests.Hdlc;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Explain;

public sealed class PasswordFinderTests
{
    private const string Password = "sesame!!";

    private static readonly byte[] Apdu = Association(AuthenticationMechanism.LowLevel);

    [Fact]
    public void A_password_in_an_APDU_without_a_link_is_found()
    {
        SentPasswords found = PasswordFinder.Find(Apdu);

        Text(Apdu, found).Should().Be(Password);
        Encoding.ASCII.GetString(found.Values.Should().ContainSingle().Subject.Span).Should().Be(Password);
    }

    [Fact]
    public void A_password_that_the_link_cut_in_two_frames_at_any_octet_is_found_in_both()
    {
        for (int cut = 1; cut < Apdu.Length; cut++)
        {
            byte[] sent = [.. Frame(0, [0xE6, 0xE6, 0x00, .. Apdu[..cut]], isSegmented: true), .. Frame(1, Apdu[cut..])];

            SentPasswords found = PasswordFinder.Find(sent);

            Text(sent, found).Should().Be(Password, $"cut at {cut}");
            found.Values.Select(value => Encoding.ASCII.GetString(value.Span)).Should().Contain(Password, $"cut at {cut}");
        }
    }

    [Theory]
    [InlineData("C101C1000F0000280000FF0700")]
    [InlineData("C101C100130000140000FF0800")]
    [InlineData("C301C1000F0000280000FF0201")]
    [InlineData("C301C100730000132800FF0101")]
    public void A_secret_that_is_written_in_clear_is_found(string head)
    {
        byte[] apdu = [.. head.Octets(), 0x09, (byte)Password.Length, .. Encoding.ASCII.GetBytes(Password)];
        byte[] sent = [.. Frame(0, [0xE6, 0xE6, 0x00, .. apdu[..18]], isSegmented: true), .. Frame(1, apdu[18..])];

        Text(apdu, PasswordFinder.Find(apdu)).Should().Be(Password);
        Text(sent, PasswordFinder.Find(sent)).Should().Be(Password);
    }

    [Fact]
    public void The_install_code_of_a_device_that_may_join_is_found_behind_what_is_no_secret()
    {
        string code = "83FED3407A939723A5C639B26916D505";
        byte[] apdu = $"C301C6006800001E0300FF0101 0203 090890B3D51F300000B1 120258 0910{code}".Octets();

        SentPasswords found = PasswordFinder.Find(apdu);

        found.Offsets.Should().Equal(Enumerable.Range(apdu.Length - 16, 16));
        Convert.ToHexString(found.Values.Should().ContainSingle().Subject.Span).Should().Be(code);
    }

    [Theory]
    [InlineData("C101C1000F0000280000FF070000")]
    [InlineData("C101C1000F0000280000FF07000900")]
    [InlineData("C101C100080000010000FF0200090812345678123456 78")]
    [InlineData("C301C1000F0000280000FF010109081234567812345678")]
    public void A_write_of_something_else_holds_no_secret(string hex) => PasswordFinder.Find(hex.Octets()).Values.Should().BeEmpty();

    [Fact]
    public void A_frame_that_was_sent_again_is_masked_again()
    {
        int cut = Apdu.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Password)) + 3;
        byte[] first = Frame(0, [0xE6, 0xE6, 0x00, .. Apdu[..cut]], isSegmented: true);
        byte[] second = Frame(1, Apdu[cut..]);
        byte[] sent = [.. first, .. first, .. second, .. second];

        SentPasswords found = PasswordFinder.Find(sent);

        Masked(sent, found).Should().NotContain(Password[..3]).And.NotContain(Password[3..]);
        found.Values.Select(value => Encoding.ASCII.GetString(value.Span)).Should().Contain(Password);
    }

    [Fact]
    public void A_password_that_the_octets_end_in_is_found_as_far_as_it_goes()
    {
        int begin = Apdu.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Password));

        Text(Apdu, PasswordFinder.Find(Apdu.AsSpan(0, begin + 5))).Should().Be(Password[..5]);
    }

    [Theory]
    [InlineData(AuthenticationMechanism.None)]
    [InlineData(AuthenticationMechanism.HighLevelGmac)]
    public void A_challenge_is_no_password(AuthenticationMechanism mechanism) =>
        PasswordFinder.Find(Association(mechanism)).Offsets.Should().BeEmpty();

    [Fact]
    public void Noise_has_no_password_and_throws_nothing()
    {
        Random random = new(20_261_122);
        byte[] noise = new byte[4096];
        for (int round = 0; round < 200; round++)
        {
            random.NextBytes(noise);

            PasswordFinder.Find(noise.AsSpan(0, random.Next(noise.Length))).Offsets.Should().BeEmpty();
        }
    }

    private static byte[] Association(AuthenticationMechanism mechanism)
    {
        byte[] target = new byte[200];
        Aarq aarq = new()
        {
            Context = ApplicationContext.LogicalName,
            Mechanism = mechanism,
            AuthenticationValue = mechanism == AuthenticationMechanism.None ? [] : Encoding.ASCII.GetBytes(Password),
            UserInformation = "01 00 00 00 06 5F 1F 04 00 00 7E 1F 04 B0".Octets(),
        };
        Aarq.Encode(aarq, target, out int written).Should().Be(System.Buffers.OperationStatus.Done);
        return target[..written];
    }

    private static byte[] Frame(int sequence, byte[] information, bool isSegmented = false) => HdlcSamples.Encode(
        new(HdlcAddress.Server(1), HdlcAddress.Client(1), HdlcControl.Information(sequence, 0), information, isSegmented));

    private static string Text(byte[] sent, SentPasswords found) =>
        Encoding.ASCII.GetString([.. found.Offsets.Select(offset => sent[offset])]);

    private static string Masked(byte[] sent, SentPasswords found)
    {
        byte[] masked = [.. sent];
        foreach (int offset in found.Offsets)
        {
            masked[offset] = (byte)'*';
        }

        return Encoding.Latin1.GetString(masked);
    }
}
