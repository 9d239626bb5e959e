using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Service;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Rig;

public sealed class ServiceRulesReaderTests
{
    private const string Bench = """
        rig: bench-07
        users:
          IS: 90-B3-D5-1F-30-01-00-01
        devices:
          esme-01: { type: ESME, eui64: 90-B3-D5-1F-30-00-00-A0, profile: generic, link: { via: virtual, model: esme.yaml } }
        """;

    [Fact]
    public void A_file_that_says_nothing_has_the_usual_rules()
    {
        RigConfiguration rig = Parse("description: none");

        rig.KeyRotation.Should().Be(KeyRotationPolicy.Fixed);
        rig.AlertThrottle.Should().BeSameAs(AlertThrottlePolicy.Usual);
        rig.AnomalyThresholds.Should().BeSameAs(AnomalyThresholds.None);
    }

    [Fact]
    public void A_file_states_rules_of_its_own()
    {
        RigConfiguration rig = Parse("""
            key-rotation: { repeats: 2, after: 7m }
            alert-throttle: { limit: 3, period: 5m, never: [ "8F35" ] }
            anomaly-thresholds:
              name: mine
              source: a letter
              window: 24h
              limits: [ { user: IS, srv: "7.2", at-most: 5 }, { user: IS, at-most: 50 } ]
            """);

        rig.KeyRotation.Should().Be(new KeyRotationPolicy(2, TimeSpan.FromMinutes(7)));
        rig.AlertThrottle.Should().BeEquivalentTo(
            new AlertThrottlePolicy(3, TimeSpan.FromMinutes(5)) { NeverThrottled = new HashSet<string> { "8F35" } });
        Eui64 user = Eui64.Parse("90-B3-D5-1F-30-01-00-01");
        rig.AnomalyThresholds.Should().BeEquivalentTo(new AnomalyThresholds(
            "mine", "a letter", TimeSpan.FromHours(24),
            [new AnomalyThreshold(user, "7.2", 5), new AnomalyThreshold(user, string.Empty, 50)]));
        Parse("alert-throttle: none").AlertThrottle.Should().BeNull();
        Parse("key-rotation: { repeats: 0 }").KeyRotation.Should().Be(KeyRotationPolicy.BeforeFix);
    }

    [Theory]
    [InlineData("key-rotation: { after: 5m }", "key-rotation.repeats", "the key 'repeats'")]
    [InlineData("key-rotation: { repeats: 11 }", "key-rotation.repeats", "0 to 10")]
    [InlineData("key-rotation: { repeats: 1, wait: 5m }", "key-rotation.wait", "after, repeats")]
    [InlineData("alert-throttle: some", "alert-throttle", "none, or the keys limit, period and never")]
    [InlineData("alert-throttle: { limit: 0, period: 1h }", "alert-throttle.limit", "1 to 10000")]
    [InlineData("alert-throttle: { limit: 1, period: 1h, never: [ 8f35 ] }", "alert-throttle.never[0]",
        "four upper-case hexadecimal digits")]
    [InlineData("anomaly-thresholds: { name: a, source: b, window: 1h, limits: [] }", "anomaly-thresholds.limits", "1 to 256")]
    [InlineData("anomaly-thresholds: { name: a, window: 1h, limits: [ { user: IS, at-most: 1 } ] }", "anomaly-thresholds.source",
        "the key 'source'")]
    [InlineData("anomaly-thresholds: { name: a, source: b, window: 1h, limits: [ { user: GS, at-most: 1 } ] }",
        "anomaly-thresholds.limits[0].user", "a User of this file: IS")]
    [InlineData("anomaly-thresholds: { name: a, source: b, window: 1h, limits: [ { user: IS, srv: \"7.4\", at-most: 1 } ] }",
        "anomaly-thresholds.limits[0].srv", "a critical service reference variant")]
    [InlineData("anomaly-thresholds: { name: a, source: b, window: 1h, limits: [ { user: IS, at-most: 1 }, { user: IS, at-most: 2 } ] }",
        "anomaly-thresholds.limits[1]", "each once")]
    public void What_is_wrong_is_told_with_its_place(string text, string key, string allowed)
    {
        Action read = () => Parse(text);

        ConfigurationException wrong = read.Should().Throw<ConfigurationException>().Which;
        wrong.Key.Should().Be(key);
        wrong.Message.Should().Contain(allowed);
    }

    [Fact]
    public void The_simulated_service_has_the_rules_of_the_file()
    {
        using BenchFolder folder = new();
        RigConfiguration rig = folder.Rig with { KeyRotation = KeyRotationPolicy.BeforeFix, AlertThrottle = null };
        using ServiceKeys keys = ServiceKeys.Open(ServiceKeys.Folder(folder.Path, rig.Name), TimeProvider.System);
        RigDevice meter = rig.Devices[0];
        SmartMeteringInventory inventory = new([meter.InventoryRow]);

        SimulatedServicePort service = new(rig, [], inventory, [], keys, new ManualTimeProvider());

        service.KeyRotation.Should().Be(KeyRotationPolicy.BeforeFix);
        Duis.Bodies.Alerts.DeviceAlert alert = new("8154", "again", DateTimeOffset.UnixEpoch);
        Enumerable.Range(0, AlertThrottlePolicy.Usual.Limit + 1).Select(_ => service.Raise(meter.Eui64, rig.Users["IS"], alert))
            .Should().OnlyContain(message => message != null);
    }

    private static RigConfiguration Parse(string text) => RigConfigurationReader.Parse($"{text}\n{Bench}", "/rigs/bench.yaml");
}
