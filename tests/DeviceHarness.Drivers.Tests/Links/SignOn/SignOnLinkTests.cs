using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Drivers.Links.Hdlc;
using DeviceHarness.Drivers.Links.SignOn;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Links.SignOn;

/// <summary>Sign-on and HDLC on one line, against a device made of other implementations' octets.</summary>
public sealed class SignOnLinkTests
{
    private const byte Snrm = 0x93;
    private const byte Disc = 0x53;

    private static readonly LineSetting Slow = new(300, SerialFormat.SevenEven1);
    private static readonly LineSetting Agreed = new(9600, SerialFormat.EightNone1);
    private static readonly byte[] Request = MeterFrames.Vector("request-any-device");
    private static readonly byte[] Select = MeterFrames.Vector("ack-mode-e-9600");

    /// <summary>Where the device listens; it hears nothing that comes at another rate or in another form.</summary>
    private LineSetting _listensAt = Slow;

    private bool _returnsAfterDisc = true;
    private byte[] _confirmation = Select;

    [Fact]
    public async Task A_device_is_signed_on_to_and_connected_at_the_agreed_rate()
    {
        ScriptedLine line = new(Device);
        SignOnLink link = LinkOn(line);

        await link.ConnectAsync(CancellationToken.None);

        link.IsUp.Should().BeTrue();
        line.Settings.Should().Equal(Slow, Agreed);
        line.Written.Select(write => write.Setting).Should().Equal(Slow, Slow, Agreed);
        (link.SignOnCount, link.Machine.AgreedBaud, link.Rate.Baud).Should().Be((1, 9600, 9600));
    }

    [Fact]
    public async Task A_host_that_is_held_up_longer_than_any_time_out_signs_on_at_the_first_attempt()
    {
        ScriptedLine line = new(Device) { Stall = TimeSpan.FromSeconds(30) };
        SignOnLink link = LinkOn(line);

        await link.ConnectAsync(CancellationToken.None);

        line.Written.Should().HaveCount(3, "request, select and SNRM, each once");
    }

    [Fact]
    public async Task After_disc_the_device_is_signed_on_to_again()
    {
        ScriptedLine line = new(Device);
        SignOnLink link = LinkOn(line);

        for (int session = 1; session <= 3; session++)
        {
            await link.ConnectAsync(CancellationToken.None);
            await link.DisconnectAsync(CancellationToken.None);
        }

        link.SignOnCount.Should().Be(3);
        line.Written.Should().HaveCount(12, "request, select, SNRM and DISC each time");
    }

    [Fact]
    public async Task A_device_that_stays_in_hdlc_after_disc_is_connected_there_when_its_profile_says_so()
    {
        _returnsAfterDisc = false;
        ScriptedLine line = new(Device);
        SignOnLink link = LinkOn(line, new SignOnSettings { StaysInHdlc = true });

        for (int session = 1; session <= 3; session++)
        {
            await link.ConnectAsync(CancellationToken.None);
            await link.DisconnectAsync(CancellationToken.None);
        }

        link.SignOnCount.Should().Be(1);
    }

    [Fact]
    public async Task A_device_that_another_session_left_in_hdlc_is_found_there()
    {
        _listensAt = Agreed;
        ScriptedLine line = new(Device);
        SignOnLink link = LinkOn(line);

        await link.ConnectAsync(CancellationToken.None);

        link.IsUp.Should().BeTrue();
        link.SignOnCount.Should().Be(0);
        line.Written.Take(3).Should().OnlyContain(write => write.Octets.SequenceEqual(Request));
    }

    [Fact]
    public async Task After_a_lost_link_hdlc_is_tried_before_a_sign_on()
    {
        ScriptedLine line = new(Device);
        SignOnLink link = LinkOn(line);
        await link.ConnectAsync(CancellationToken.None);
        link.Abandon();
        int before = line.Written.Count;

        await link.ConnectAsync(CancellationToken.None);
        line.Written.Skip(before).Should().ContainSingle().Which.Setting.Should().Be(Agreed);

        link.Abandon();
        _listensAt = Slow;
        await link.ConnectAsync(CancellationToken.None);
        link.SignOnCount.Should().Be(2, "the device had gone back to its sign-on");
    }

    [Fact]
    public async Task Nothing_at_all_is_a_time_out_that_names_the_identification()
    {
        ScriptedLine line = new((_, _) => null);
        SignOnLink link = LinkOn(line);

        LinkTimeoutException silence = await FailureOf<LinkTimeoutException>(link);

        (silence.Code, silence.Attempts).Should().Be(("SIGN-010", 3));
        line.Written.Count(write => write.Octets.SequenceEqual(Request)).Should().Be(3);
        line.Written.Count(write => write.Octets is [0x7E, .., 0x7E]).Should().BePositive("HDLC was tried once too");
        link.IsUp.Should().BeFalse();
    }

    [Fact]
    public async Task A_device_that_stays_slow_after_its_confirmation_is_silent_in_hdlc_and_found_again_later()
    {
        bool staysSlow = true;
        ScriptedLine line = new((setting, octets) =>
        {
            byte[]? answer = Device(setting, octets);
            _listensAt = staysSlow ? Slow : _listensAt;
            return answer;
        });
        SignOnLink link = LinkOn(line);

        LinkTimeoutException silence = await FailureOf<LinkTimeoutException>(link);
        silence.Code.Should().Be("SIGN-015");
        silence.Message.Should().Contain("GRX512345678 confirmed 9600 baud");
        staysSlow = false;
        await link.ConnectAsync(CancellationToken.None);

        link.IsUp.Should().BeTrue();
        link.SignOnCount.Should().Be(2);
    }

    [Theory]
    [InlineData("", "SIGN-011")]
    [InlineData("02333A3137312E302830290312", "SIGN-012")]
    [InlineData("02333A3137312E302830290313", "SIGN-012")]
    [InlineData("063239320D0A", "SIGN-013")]
    [InlineData("06323A320D0A", "SIGN-013")]
    public async Task A_device_that_does_not_take_mode_e_fails_with_its_reason(string confirmation, string expected)
    {
        _confirmation = confirmation.Octets();
        SignOnLink link = LinkOn(new ScriptedLine(Device));

        HarnessException failure = await FailureOf<HarnessException>(link);

        failure.Code.Should().Be(expected);
        failure.Message.Should().StartWith("probe: ").And.Contain("GRX512345678");
        (failure is RemoteProtocolException).Should().Be(expected != "SIGN-011");
    }

    [Fact]
    public async Task A_line_that_cannot_change_says_so_before_anything_is_sent()
    {
        ScriptedLine line = new(Device) { CanChange = false };
        SignOnLink link = LinkOn(line);

        LocalProtocolException refusal = await FailureOf<LocalProtocolException>(link);

        refusal.Code.Should().Be("SIGN-001");
        line.Written.Should().BeEmpty();
    }

    [Fact]
    public async Task Through_a_serial_server_of_fixed_rate_parity_is_made_here_and_hdlc_follows_at_the_same_rate()
    {
        ScriptedLine line = new((_, octets) => octets switch
        {
            [0xAF, 0x3F, ..] => WithParity("/GRX0A\r\n"u8.ToArray()),
            [0x06, ..] => octets,
            [0x7E, ..] => MeterFrames.Ua(),
            _ => null,
        })
        {
            CanChange = false,
        };
        SignOnLink link = LinkOn(line, new SignOnSettings { IsRateFixed = true, IsParityInSoftware = true, MaximumBaud = 300 });

        await link.ConnectAsync(CancellationToken.None);

        link.IsUp.Should().BeTrue();
        line.Written[1].Octets.ShouldBeHex("06 B2 30 B2 8D 0A");
        line.Settings.Should().BeEmpty();
    }

    [Fact]
    public async Task A_cancelled_sign_on_ends()
    {
        using CancellationTokenSource cancellation = new();
        ScriptedLine line = new((_, _) =>
        {
            cancellation.Cancel();
            return null;
        });
        SignOnLink link = LinkOn(line);

        await FluentActions.Awaiting(() => link.ConnectAsync(cancellation.Token)).Should().ThrowAsync<OperationCanceledException>();

        link.IsUp.Should().BeFalse();
    }

    private static async Task<T> FailureOf<T>(SignOnLink link)
        where T : Exception =>
        (await FluentActions.Awaiting(() => link.ConnectAsync(CancellationToken.None)).Should().ThrowAsync<T>()).Which;

    private static byte[] WithParity(byte[] characters) => [.. characters.Select(octet => (byte)(octet | (int.PopCount(octet) % 2 << 7)))];

    private static SignOnLink LinkOn(ScriptedLine line, SignOnSettings? settings = null)
    {
        HdlcClientSettings hdlc = new()
        {
            Client = HdlcAddress.Client(16),
            Server = HdlcAddress.Server(1),
            Rate = LineRate.None,
        };
        return new SignOnLink(line, settings ?? new SignOnSettings(), new HdlcLinkPump(line, new HdlcClientLink(hdlc), line.Time));
    }

    private byte[]? Device(LineSetting setting, byte[] octets)
    {
        if (setting != _listensAt)
        {
            return null;
        }

        if (setting == Slow)
        {
            if (octets.SequenceEqual(Select) && _confirmation.SequenceEqual(Select))
            {
                _listensAt = Agreed;
            }

            return octets.SequenceEqual(Request) ? MeterFrames.Vector("identification-grx-9600")
                : octets.SequenceEqual(Select) ? _confirmation
                : null;
        }

        bool isDisc = octets[5] == Disc;
        _listensAt = isDisc && _returnsAfterDisc ? Slow : _listensAt;
        return isDisc || octets[5] == Snrm ? MeterFrames.Ua() : null;
    }
}
