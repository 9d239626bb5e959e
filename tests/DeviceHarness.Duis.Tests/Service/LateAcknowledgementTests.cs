using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Service;

public sealed class LateAcknowledgementTests
{
    private static readonly DateTimeOffset Answered = DuisFixtures.Now.AddSeconds(2);
    private static readonly DateTimeOffset MuchLater = Answered.AddHours(1);

    [Fact]
    public void A_request_is_in_progress_until_it_is_answered_and_then_complete()
    {
        SimulatedDcc service = Service(late: null);
        RequestId id = Accept(service, counter: 1);

        RequestStatus? before = service.StatusOf(id, Answered);
        Complete(service, id);

        before.Should().Be(RequestStatus.InProgress);
        service.StatusOf(id, Answered).Should().Be(RequestStatus.Complete);
    }

    [Fact]
    public void A_request_that_was_never_accepted_has_no_log()
    {
        Service(late: null).StatusOf(new RequestId(DuisFixtures.ImportSupplier, DuisFixtures.Meter, 1), Answered).Should().BeNull();
    }

    [Fact]
    public void An_acknowledgement_within_the_time_completes_the_log_when_it_comes()
    {
        SimulatedDcc service = Service(new LateAcknowledgement { Share = 1, Delay = TimeSpan.FromMilliseconds(900) });
        RequestId id = Accept(service, counter: 1);
        Complete(service, id);

        service.StatusOf(id, Answered.AddMilliseconds(899)).Should().Be(RequestStatus.InProgress);
        service.StatusOf(id, Answered.AddMilliseconds(900)).Should().Be(RequestStatus.Complete);
    }

    [Fact]
    public void A_late_one_leaves_the_log_in_progress_for_good_while_the_answer_says_success()
    {
        SimulatedDcc service = Service(new LateAcknowledgement { Share = 1 });
        RequestId id = Accept(service, counter: 1);

        ServiceAnswer answer = Complete(service, id);

        answer.ResponseCode.Should().Be("I0");
        service.StatusOf(id, MuchLater).Should().Be(RequestStatus.InProgress);
    }

    [Fact]
    public void Another_device_is_not_hit()
    {
        SimulatedDcc service = Service(new LateAcknowledgement { Share = 1, Devices = new HashSet<Eui64> { DuisFixtures.OtherUser } });
        RequestId id = Accept(service, counter: 1);
        Complete(service, id);

        service.StatusOf(id, Answered).Should().Be(RequestStatus.Complete);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void The_share_of_requests_is_hit_and_the_same_ones_for_a_seed(double share)
    {
        LateAcknowledgement late = new() { Share = share, Seed = 7 };

        bool[] first = Hit(late);

        first.Count(isHit => isHit).Should().BeInRange((int)(400 * share * 0.7), (int)(400 * share * 1.3));
        Hit(late).Should().Equal(first);
    }

    [Fact]
    public void The_log_forgets_the_oldest_requests()
    {
        SimulatedDcc service = Service(late: null);
        RequestId[] ids = [.. Enumerable.Range(1, RequestStatusLog.MaxEntries + 1).Select(counter => Answer(service, (ulong)counter))];

        service.StatusOf(ids[0], MuchLater).Should().BeNull();
        service.StatusOf(ids[1], MuchLater).Should().Be(RequestStatus.Complete);
    }

    private static bool[] Hit(LateAcknowledgement late)
    {
        SimulatedDcc service = Service(late);
        return
        [
            .. Enumerable.Range(1, 400)
                .Select(counter => service.StatusOf(Answer(service, (ulong)counter), MuchLater) == RequestStatus.InProgress),
        ];
    }

    private static RequestId Answer(SimulatedDcc service, ulong counter)
    {
        RequestId id = Accept(service, counter);
        Complete(service, id);
        return id;
    }

    private static RequestId Accept(SimulatedDcc service, ulong counter)
    {
        DuisRequest request = DuisFixtures.Request(new ReadInstantaneousImportRegisters());
        RequestId id = new(request.Id.Originator, request.Id.Target, counter);
        service.Receive(request with { Id = id }, path: null, DuisFixtures.Now).Command.Should().NotBeNull();
        return id;
    }

    private static ServiceAnswer Complete(SimulatedDcc service, RequestId id) => service.Complete(
        id,
        new DeviceOutcome(
            DeviceOutcomeKind.Done, new ReadInstantaneousImportRegistersRsp { Electricity = new(new RegisterReading(42)) }, string.Empty,
            DeviceCode: null, LinkAnswersProbe: null),
        Answered);

    private static SimulatedDcc Service(LateAcknowledgement? late) => new(
        new ServiceOptions
        {
            Users = new ServiceUsers(new Dictionary<string, IReadOnlyList<Eui64>> { ["IS"] = [DuisFixtures.ImportSupplier] }),
            Faults = late is null ? [] : [late],
        },
        new SmartMeteringInventory([new InventoryDevice(DuisFixtures.Meter, "ESME", DeviceStatus.Commissioned, "4.2.0", Smets1: true)]));
}
