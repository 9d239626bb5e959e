using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ezsp;

/// <summary>Fragments as a hostile sender makes them: each is taken, or refused with its reason, and none is acknowledged that was not
/// taken.</summary>
public sealed class EzspReassemblyTests
{
    private const EmberApsOptions Plain = EmberApsOptions.Fragment | EmberApsOptions.Retry;
    private const EmberApsOptions Encrypted = Plain | EmberApsOptions.Encryption;

    private readonly EzspReassembly _reassembly = new();
    private TimeSpan _now = TimeSpan.FromHours(1);

    [Theory]
    [InlineData("0000:01", ZigBeeFragmentFault.WrongCount)]
    [InlineData("0200:", ZigBeeFragmentFault.Empty)]
    [InlineData("0001:01", ZigBeeFragmentFault.Missing)]
    [InlineData("0300:01 0002:03", ZigBeeFragmentFault.Missing)]
    [InlineData("0200:01 0002:03", ZigBeeFragmentFault.WrongNumber)]
    [InlineData("0200:01 00FF:03", ZigBeeFragmentFault.WrongNumber)]
    [InlineData("0300:01 0200:01", ZigBeeFragmentFault.WrongCount)]
    [InlineData("0300:01 0300:02", ZigBeeFragmentFault.Changed)]
    [InlineData("0300:01 0001:02 0001:0202", ZigBeeFragmentFault.Changed)]
    public void What_does_not_fit_is_refused_with_its_reason_and_not_acknowledged(string fragments, ZigBeeFragmentFault fault)
    {
        EzspFragmentStep last = default;
        foreach (string fragment in fragments.Split(' '))
        {
            last.Fault.Should().BeNull();
            last = Take(Convert.ToUInt16(fragment[..4], 16), fragment[5..].Octets());
        }

        last.Fault.Should().Be(fault);
        (last.IsAcknowledged, last.Whole).Should().Be((false, (IncomingMessage?)null));
    }

    [Fact]
    public void A_message_goes_on_after_a_fragment_that_came_too_soon_or_again()
    {
        Take(0x0300, [1]).IsAcknowledged.Should().BeTrue();
        Take(0x0002, [3]).Fault.Should().Be(ZigBeeFragmentFault.Missing);
        Take(0x0300, [1]).Should().Be(new EzspFragmentStep(null, IsAcknowledged: true));
        Take(0x0301, [2]).IsAcknowledged.Should().BeTrue();

        EzspFragmentStep last = Take(0x0002, [3]);
        EzspFragmentStep again = Take(0x0002, [3]);

        last.Whole!.Value.Message.ToArray().Should().Equal(1, 2, 3);
        last.Whole!.Value.Aps.Should().Be(new EmberApsFrame(0x0109, 0x0704, 1, 1, EmberApsOptions.Retry, 0, 7));
        again.Should().Be(new EzspFragmentStep(null, IsAcknowledged: true));
    }

    [Theory]
    [InlineData(Encrypted, Plain)]
    [InlineData(Plain, Encrypted)]
    public void A_message_is_never_put_together_from_what_was_encrypted_and_what_was_not(EmberApsOptions first, EmberApsOptions second)
    {
        Take(0x0200, [1], options: first).IsAcknowledged.Should().BeTrue();

        Take(0x0001, [2], options: second).Fault.Should().Be(ZigBeeFragmentFault.MixedProtection);
        Take(0x0001, [2], options: first).Fault.Should().Be(ZigBeeFragmentFault.Missing);
    }

    [Fact]
    public void A_fragment_to_many_is_refused()
    {
        IncomingMessage broadcast = Fragment(0x0200, [1]) with { Type = EmberIncomingMessageType.Broadcast };

        _reassembly.Take(broadcast, _now).Fault.Should().Be(ZigBeeFragmentFault.NotUnicast);
    }

    [Fact]
    public void A_message_is_put_together_up_to_its_most_octets_and_no_further()
    {
        byte[] octets = new byte[64];
        Take(0xFF00, octets).IsAcknowledged.Should().BeTrue();
        for (int number = 1; number < EzspReassembly.MaximumOctets / octets.Length; number++)
        {
            Take((ushort)number, octets).IsAcknowledged.Should().BeTrue();
        }

        EzspFragmentStep over = Take(EzspReassembly.MaximumOctets / 64, [1]);

        over.Should().Be(new EzspFragmentStep(ZigBeeFragmentFault.Oversize, EndsMessage: true));
        _reassembly.NextDue.Should().BeNull();
    }

    [Fact]
    public void Senders_counters_and_endpoints_are_kept_apart_and_no_more_than_there_is_room_for()
    {
        for (ushort node = 1; node <= EzspReassembly.MaximumMessages; node++)
        {
            Take(0x0200, [(byte)node], node: node).IsAcknowledged.Should().BeTrue();
        }

        Take(0x0200, [1], node: 0x4000).Fault.Should().Be(ZigBeeFragmentFault.TooMany);
        EzspFragmentStep complete = Take(0x0001, [0xFF], node: 3);
        EzspFragmentStep inItsPlace = Take(0x0200, [1], node: 0x4000);
        _now += EzspReassembly.Limit;

        complete.Whole!.Value.Message.ToArray().Should().Equal(3, 0xFF);
        inItsPlace.IsAcknowledged.Should().BeTrue();
        _reassembly.Expire(_now).Should().HaveCount(EzspReassembly.MaximumMessages);
        _reassembly.NextDue.Should().BeNull();
    }

    [Fact]
    public void Each_fragment_gives_its_message_more_time_and_what_is_complete_ends_silently()
    {
        Take(0x0200, [1]);
        _now += EzspReassembly.Limit - TimeSpan.FromSeconds(1);
        _reassembly.Expire(_now).Should().BeEmpty();
        Take(0x0001, [2]).Whole.Should().NotBeNull();
        _now += EzspReassembly.Limit;

        _reassembly.Expire(_now).Should().BeEmpty();
        _reassembly.NextDue.Should().BeNull();
    }

    [Fact]
    public void Whatever_comes_is_taken_or_refused_and_stays_bounded()
    {
        Random random = new(20_261_123);
        int whole = 0;
        for (int turn = 0; turn < (TestSize.IsLong ? 1_000_000 : 20_000); turn++)
        {
            byte[] octets = new byte[random.Next(3)];
            ushort group = (ushort)((random.Next(4) << 8) | random.Next(4));
            EzspFragmentStep step = Take(group, octets, (ushort)random.Next(24), random.Next(8) == 0 ? Plain : Encrypted);
            (step.Fault is null).Should().Be(step.IsAcknowledged);
            whole += step.Whole is null ? 0 : 1;
            _now += TimeSpan.FromMilliseconds(random.Next(500));
            _reassembly.Expire(_now).Count.Should().BeLessThanOrEqualTo(EzspReassembly.MaximumMessages);
        }

        whole.Should().BePositive();
    }

    private static IncomingMessage Fragment(
        ushort group, byte[] octets, ushort node = 0x1234, EmberApsOptions options = Plain) => new(
        EmberIncomingMessageType.Unicast, new(0x0109, 0x0704, 1, 1, options, group, 7), new(node, 0, 0xFF, 0xFF, 200, -50, 0), octets);

    private EzspFragmentStep Take(ushort group, byte[] octets, ushort node = 0x1234, EmberApsOptions options = Plain) =>
        _reassembly.Take(Fragment(group, octets, node, options), _now);
}
