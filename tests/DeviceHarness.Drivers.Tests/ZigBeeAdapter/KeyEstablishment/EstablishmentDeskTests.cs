using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.KeyEstablishment;

public sealed class EstablishmentDeskTests
{
    private readonly EstablishmentBench _bench = new();

    [Fact]
    public void Two_peers_establish_their_own_keys_beside_each_other()
    {
        using EstablishmentDesk desk = new(_bench.HubSettings);
        using EstablishmentMachine first = Meter(1);
        using EstablishmentMachine second = Meter(2);
        EstablishmentMessage ofFirst = first.Start(_bench.Now).Transmit!.Value;
        EstablishmentMessage ofSecond = second.Start(_bench.Now).Transmit!.Value;
        EstablishmentResult? firstResult = null;
        EstablishmentResult? secondResult = null;

        for (int turn = 0; turn < 3; turn++)
        {
            EstablishmentDeskStep stepOfFirst = desk.Receive(1, ofFirst, _bench.Now);
            EstablishmentDeskStep stepOfSecond = desk.Receive(2, ofSecond, _bench.Now);
            firstResult = stepOfFirst.Result;
            secondResult = stepOfSecond.Result;
            ofFirst = first.Receive(stepOfFirst.Transmit!.Value, _bench.Now).Transmit.GetValueOrDefault();
            ofSecond = second.Receive(stepOfSecond.Transmit!.Value, _bench.Now).Transmit.GetValueOrDefault();
        }

        firstResult!.LinkKey.Should().Be(first.LinkKey);
        secondResult!.LinkKey.Should().Be(second.LinkKey);
        firstResult.LinkKey.Should().NotBe(secondResult.LinkKey);
        firstResult.PeerCertificate!.Subject.Should().Be(1);
        desk.Count.Should().Be(0);
    }

    [Fact]
    public void A_desk_begins_as_initiator_too()
    {
        using EstablishmentDesk desk = new(_bench.MeterSettings);
        using EstablishmentMachine hub = _bench.Responder();
        EstablishmentDeskStep step = desk.Start(EstablishmentBench.Hub, _bench.Now);

        while (step.Transmit is { } message && hub.Receive(message, _bench.Now).Transmit is { } answer)
        {
            step = desk.Receive(EstablishmentBench.Hub, answer, _bench.Now);
        }

        step.Event.Should().Be(EstablishmentEvent.Established);
        step.Result!.LinkKey.Should().Be(hub.LinkKey);
        step.NextTick.Should().BeNull();
    }

    [Fact]
    public void A_peer_for_which_there_is_no_room_is_told_to_try_again()
    {
        using EstablishmentDesk desk = new(_bench.HubSettings, maximumExchanges: 1);
        using EstablishmentMachine first = Meter(1);
        using EstablishmentMachine second = Meter(2);
        EstablishmentMessage request = first.Start(_bench.Now).Transmit!.Value;

        desk.Receive(1, request, _bench.Now).Event.Should().Be(EstablishmentEvent.None);
        EstablishmentDeskStep refused = desk.Receive(2, second.Start(_bench.Now).Transmit!.Value, _bench.Now);
        desk.Receive(1, request, _bench.Now).Event.Should().Be(EstablishmentEvent.None, "it begins anew in its own place");
        desk.Drop(1);
        EstablishmentDeskStep taken = desk.Receive(2, second.Start(_bench.Now).Transmit!.Value, _bench.Now);

        refused.Transmit!.Value.Payload.ToArray().ShouldBeHex("04 1E 0100");
        taken.Transmit!.Value.Command.Should().Be(EstablishmentCommand.Initiate);
        desk.Count.Should().Be(1);
    }

    [Fact]
    public void Of_silent_peers_each_is_told_of_once()
    {
        using EstablishmentDesk desk = new(_bench.HubSettings);
        using EstablishmentMachine first = Meter(1);
        using EstablishmentMachine second = Meter(2);
        desk.Receive(1, first.Start(_bench.Now).Transmit!.Value, _bench.Now);
        TimeSpan due = desk.Receive(2, second.Start(_bench.Now).Transmit!.Value, _bench.Now).NextTick!.Value;

        EstablishmentDeskStep early = desk.Tick(due - TimeSpan.FromTicks(1));
        EstablishmentDeskStep[] late = [desk.Tick(due), desk.Tick(due)];
        EstablishmentDeskStep none = desk.Tick(due);

        early.NextTick.Should().Be(due);
        late.Select(step => step.Peer).Should().BeEquivalentTo([1UL, 2UL]);
        late.Should().OnlyContain(step => step.Result!.Failure == EstablishmentFailure.Silence);
        none.Should().Be(new EstablishmentDeskStep(0, null, EstablishmentEvent.None, null, null));
    }

    [Fact]
    public void A_message_of_a_peer_that_did_not_begin_is_passed_over_and_a_failure_told()
    {
        using EstablishmentDesk desk = new(_bench.HubSettings);
        EstablishmentMessage confirm = new(EstablishmentCommand.Confirm, EstablishmentRole.Initiator, new byte[16]);
        EstablishmentMessage answer = new(EstablishmentCommand.Initiate, EstablishmentRole.Responder, new byte[52]);
        EstablishmentMessage wrong = new(EstablishmentCommand.Initiate, EstablishmentRole.Initiator, new byte[3]);

        desk.Receive(1, confirm, _bench.Now).Event.Should().Be(EstablishmentEvent.Ignored);
        desk.Receive(1, answer, _bench.Now).Event.Should().Be(EstablishmentEvent.Ignored);
        EstablishmentDeskStep step = desk.Receive(1, wrong, _bench.Now);

        step.Result!.Status.Should().Be(TerminateStatus.BadMessage);
        step.Result.LinkKey.Should().BeNull();
        desk.Count.Should().Be(0);
    }

    [Fact]
    public void A_desk_without_room_cannot_begin()
    {
        using EstablishmentDesk desk = new(_bench.MeterSettings, maximumExchanges: 1);
        desk.Start(1, _bench.Now);

        Action crowded = () => desk.Start(2, _bench.Now);
        Action none = () => new EstablishmentDesk(_bench.MeterSettings, 0).Dispose();

        crowded.Should().Throw<InvalidOperationException>();
        none.Should().Throw<ArgumentOutOfRangeException>();
    }

    private EstablishmentMachine Meter(ulong eui)
    {
        EstablishmentSettings settings = _bench.MeterSettings with
        {
            Identities = [_bench.Authority.Issue(eui, new CertificateTerms(eui, 0), EstablishmentBench.Octets((int)eui))],
        };
        return new(settings, EstablishmentRole.Initiator, EstablishmentBench.Hub);
    }
}
