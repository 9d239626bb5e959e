using DeviceHarness.Duis.Bodies.Alerts;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Service;

/// <summary>DMCT case ALT-02: a device that repeats one alert, ten in sixty minutes being the limit.</summary>
public sealed class AlertThrottleTests
{
    private static readonly TimeSpan Period = AlertThrottlePolicy.Usual.Period;

    [Fact]
    public void Within_a_period_no_more_than_the_limit_is_handed_on()
    {
        SimulatedDcc service = Service("");

        int handedOn = Enumerable.Range(0, 25).Count(minute => Raise(service, "8154", minute) is not null);

        handedOn.Should().Be(AlertThrottlePolicy.Usual.Limit);
        Raise(service, "8145", 25).Should().NotBeNull("another code is another alert");
        Raise(service, "8154", 25, DuisFixtures.OtherUser).Should().NotBeNull("another device is another sender");
    }

    [Fact]
    public void One_copy_a_period_stands_for_what_was_dropped_as_long_as_the_storm_goes_on()
    {
        SimulatedDcc service = Service("");
        _ = Enumerable.Range(0, 25).Select(minute => Raise(service, "8154", minute)).ToList();

        Smets1ResponseMessage[] later =
        [
            .. Enumerable.Range((int)Period.TotalMinutes, 125).Select(minute => Raise(service, "8154", minute)).OfType<ServiceAnswer>()
                .Select(answer => (Smets1ResponseMessage)DuisResponseReader.Read(answer.Xml).Message.Content),
        ];

        later.Select(message => (message.ThrottledAlertSequenceId, message.ThrottledAlertCount))
            .Should().Equal((1u, 16u), (2u, 60u), (3u, 60u));
    }

    [Fact]
    public void A_storm_is_over_after_a_period_without_one()
    {
        SimulatedDcc service = Service("");
        _ = Enumerable.Range(0, 25).Select(minute => Raise(service, "8154", minute)).ToList();
        int hour = (int)Period.TotalMinutes;
        _ = Raise(service, "8154", hour);

        int handedOn = Enumerable.Range(2 * hour, 8).Count(minute => Raise(service, "8154", minute) is not null);

        handedOn.Should().Be(8);
    }

    [Fact]
    public void A_service_with_the_defect_hands_everything_on()
    {
        SimulatedDcc service = Service("alerts-not-throttled");

        Enumerable.Range(0, 25).Should().OnlyContain(minute => Raise(service, "8154", minute) != null);
    }

    [Fact]
    public void A_code_that_is_never_throttled_is_handed_on_each_time()
    {
        SimulatedDcc service = Service(
            "", AlertThrottlePolicy.Usual with { NeverThrottled = new HashSet<string> { "8F3D" } });

        Enumerable.Range(0, 25).Should().OnlyContain(minute => Raise(service, "8F3D", minute) != null);
    }

    private static ServiceAnswer? Raise(SimulatedDcc service, string code, int minute, Eui64? device = null) => service.Raise(
        device ?? DuisFixtures.Meter, DuisFixtures.ImportSupplier, new DeviceAlert(code, "told", DuisFixtures.Now),
        DuisFixtures.Now.AddMinutes(minute));

    private static SimulatedDcc Service(string defect, AlertThrottlePolicy? policy = null)
    {
        ServiceOptions options = new()
        {
            Users = new ServiceUsers(new Dictionary<string, IReadOnlyList<Eui64>> { ["IS"] = [DuisFixtures.ImportSupplier] }),
            AlertThrottle = policy ?? AlertThrottlePolicy.Usual,
        };
        if (ServiceDefects.TryParse(defect, out ServiceDefect? planted, out _))
        {
            options = planted.Plant(options, DuisFixtures.Meter);
        }

        return new SimulatedDcc(options, new SmartMeteringInventory([]));
    }
}
