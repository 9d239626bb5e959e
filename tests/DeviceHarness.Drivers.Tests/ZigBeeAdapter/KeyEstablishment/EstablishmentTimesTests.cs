using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.KeyEstablishment;

public sealed class EstablishmentTimesTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_peer_is_waited_for_as_long_as_it_stated_and_margin_and_its_poll()
    {
        EstablishmentBench bench = new();
        bench.HubSettings = bench.HubSettings with { PollLatency = 7 * Second, Margin = 2 * Second };
        bench.MeterSettings = bench.MeterSettings with { OwnEphemeralTime = 40 * Second, OwnConfirmTime = 300 * Second };
        using EstablishmentMachine initiator = bench.Initiator();
        using EstablishmentMachine responder = bench.Responder();

        EstablishmentStep first = initiator.Start(bench.Now);
        EstablishmentStep second = responder.Receive(first.Transmit!.Value, bench.Now);
        EstablishmentStep third = initiator.Receive(second.Transmit!.Value, bench.Now);
        EstablishmentStep fourth = responder.Receive(third.Transmit!.Value, bench.Now);

        first.NextTick.Should().Be(bench.Now + (12 * Second));
        second.NextTick.Should().Be(bench.Now + (49 * Second));
        third.NextTick.Should().Be(bench.Now + (12 * Second));
        fourth.NextTick.Should().Be(bench.Now + (263 * Second), "254 s is the most that can be stated");
    }

    [Fact]
    public void Silence_fails_when_the_time_is_over_and_not_before_and_sends_nothing()
    {
        EstablishmentBench bench = new();
        using EstablishmentMachine initiator = bench.Initiator();
        TimeSpan due = initiator.Start(bench.Now).NextTick!.Value;

        EstablishmentStep early = initiator.Tick(due - TimeSpan.FromTicks(1));
        EstablishmentStep late = initiator.Tick(due);

        early.Should().Be(new EstablishmentStep(null, EstablishmentEvent.None, due));
        late.Should().Be(new EstablishmentStep(null, EstablishmentEvent.Failed, null));
        initiator.Failure.Should().Be(EstablishmentFailure.Silence);
    }

    [Fact]
    public void A_busy_peer_says_when_to_try_again()
    {
        EstablishmentBench bench = new();
        using EstablishmentMachine initiator = bench.Initiator();
        initiator.Start(bench.Now);
        EstablishmentMessage refusal = EstablishmentMachine.Refusal(
            bench.HubSettings, EstablishmentRole.Responder, TerminateStatus.NoResources, TimeSpan.FromMilliseconds(59_001));

        EstablishmentStep step = initiator.Receive(refusal, bench.Now);

        refusal.Payload.ToArray().ShouldBeHex("04 3C 0100");
        step.Event.Should().Be(EstablishmentEvent.Failed);
        initiator.Failure.Should().Be(EstablishmentFailure.RefusedByPeer);
        initiator.Status.Should().Be(TerminateStatus.NoResources);
        initiator.RetryAfter.Should().Be(60 * Second);
        initiator.PeerSuites.Should().Be(EstablishmentSuites.Suite1);
    }

    [Fact]
    public void An_exchange_that_is_given_up_tells_its_peer_once()
    {
        EstablishmentBench bench = new();
        using EstablishmentMachine initiator = bench.Initiator();
        initiator.Start(bench.Now);

        EstablishmentStep first = initiator.Abandon(30 * Second);
        EstablishmentStep second = initiator.Abandon(30 * Second);

        first.Transmit!.Value.Payload.ToArray().ShouldBeHex("04 1E 0100");
        first.Event.Should().Be(EstablishmentEvent.Failed);
        second.Transmit.Should().BeNull();
        initiator.Failure.Should().Be(EstablishmentFailure.Abandoned);
    }
}
