using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.ZigBee;

/// <summary>What a network tells and nobody waits for, as a person at the bench reads it.</summary>
public sealed class HanNoticesTests
{
    private const ulong Meter = 0x70B3D52B60112233;
    private const ulong Stranger = 0x70B3D52B60445566;
    private const ushort MeterNode = 0x4711;

    private static readonly DateTimeOffset At = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly List<HanNotice> _noted = [];

    public static TheoryData<HanEvent, string> Told { get; } = new()
    {
        {
            new HanKeylessRemoved(Meter, MeterNode, TimeSpan.FromMinutes(20), At),
            "gsme-01 agreed on no link key in 20 min and was told to leave"
        },
        { new HanStrangerRemoved(Stranger, 0x0001, At), "70B3D52B60445566 joined, was let in by nobody, and was told to leave" },
        {
            new HanAdapterEvent(new ZigBeeFragmentRefused(MeterNode, 0x0702, ZigBeeFragmentFault.TimedOut), At),
            "gsme-01: a fragment of cluster 0702 was not taken: TimedOut"
        },
        { new HanAnswerLost(0x0002, "NotDelivered", At), "the node 0002: an answer to it was lost: NotDelivered" },
        { new HanUndecodedMessage(MeterNode, 0x0702, new byte[3], At), "gsme-01: 3 octets of cluster 0702 are no ZCL frame" },
        {
            new HanKeyEstablishment(Meter, EstablishmentRole.Responder, EstablishmentFailure.RefusedByPeer, TerminateStatus.BadMessage, At),
            "gsme-01: key establishment failed: RefusedByPeer, BadMessage"
        },
        { new HanAdapterEvent(new ZigBeeEventsLost("the adapter ran out of memory"), At), "the adapter ran out of memory" },
        {
            new HanAdapterEvent(new ZigBeeAdapterLost(new LocalProtocolException("X-001", "unplugged", "Up", "any")), At),
            "the adapter is lost: *unplugged*"
        },
        { new HanAdapterEvent(new ZigBeeAdapterRecovered(null, 2), At), "the adapter is back, at attempt 2" },
        { new HanFault(new LocalProtocolException("HAN-007", "the directory is full", "Full", "any"), At), "*the directory is full*" },
    };

    [Theory]
    [MemberData(nameof(Told))]
    public void What_nobody_waits_for_is_put_into_words(HanEvent told, string text)
    {
        HanNotices notices = Make();

        notices.Told(told);

        _noted.Should().ContainSingle().Which.Text.Should().Match(text);
        notices.Take().Should().Equal(_noted);
        notices.Take().Should().BeEmpty("they were taken");
    }

    [Fact]
    public void What_somebody_waits_for_or_what_is_usual_is_none_and_the_oldest_goes_for_a_new_one()
    {
        HanNotices notices = Make();
        notices.Told(new HanNodeJoined(Meter, MeterNode, false, At));
        notices.Told(new HanKeyEstablishment(Meter, EstablishmentRole.Responder, EstablishmentFailure.None, TerminateStatus.Success, At));
        notices.Told(new HanAdapterEvent(new ZigBeeNetworkKeySwitched(1), At));
        _noted.Should().BeEmpty();

        for (int number = 0; number <= HanNotices.Capacity; number++)
        {
            notices.Told(new HanAnswerLost((ushort)number, "NotDelivered", At));
        }

        IReadOnlyList<HanNotice> kept = notices.Take();
        kept.Should().HaveCount(HanNotices.Capacity);
        kept[0].Text.Should().StartWith("the node 0001");
    }

    private HanNotices Make() => new(
        eui64 => eui64 == Meter ? "gsme-01" : null, nodeId => nodeId == MeterNode ? Meter : null, _noted.Add);
}
