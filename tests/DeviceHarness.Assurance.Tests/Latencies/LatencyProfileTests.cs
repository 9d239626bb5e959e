using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Latencies;
using DeviceHarness.Assurance.Reports;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;
using static DeviceHarness.Assurance.Tests.AssuranceSamples;

namespace DeviceHarness.Assurance.Tests.Latencies;

public sealed partial class LatencyProfileTests
{
    private const string Model = "ESME generic-smets1-esme";

    [Fact]
    public void Samples_are_told_apart_by_model_firmware_and_SRV_and_not_by_device()
    {
        CycleDetail cycle = TwoMeters(
            "4.2.0", Step("11.2", 10), Step("4.1.1", 10), Step("4.1.1", 30, "esme-02"), Step("4.1.1", 10, "other"));

        IReadOnlyList<LatencyProfile> profiles = LatencyProfile.Of(cycle);

        profiles.Select(profile => (profile.Key, profile.Total.Count)).Should().Equal(
            (new LatencyKey(Model, "4.2.0", "4.1.1"), 2), (new LatencyKey(Model, "4.2.0", "11.2"), 1));
        LatencyProfile reads = profiles[0];
        (reads.Total.Longest, reads.Harness.Longest, reads.Line.Longest, reads.Device.Longest).Should().Be((
            TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(9), TimeSpan.FromMilliseconds(9), TimeSpan.FromMilliseconds(12)));
        reads.LineFloor.Should().Be(TimeSpan.FromMilliseconds(3));
    }

    [Fact]
    public void Cycles_add_up_and_another_firmware_stays_apart()
    {
        LatencyProfile[] all =
        [
            .. LatencyProfile.Of(TwoMeters("4.2.0", Step("4.1.1", 10))), .. LatencyProfile.Of(TwoMeters("4.10.0", Step("4.1.1", 20))),
            .. LatencyProfile.Of(TwoMeters("4.2.0", Step("4.1.1", 40), Step("4.1.1", 50))),
        ];

        LatencyProfile.Merge(all).Select(profile => (profile.Key.Firmware, profile.Total.Count, profile.Total.Longest.TotalMilliseconds))
            .Should().Equal(("4.2.0", 3, 50), ("4.10.0", 1, 20));
    }

    [Fact]
    public async Task The_report_draws_each_with_its_percentiles_and_floor_and_says_the_same_in_numbers()
    {
        Step[] steps = [.. Enumerable.Range(1, 100).Select(total => Step("4.1.1", total * 10)), Step("7.2", 10)];
        using StringWriter target = new(CultureInfo.InvariantCulture);

        await HtmlReport.WriteAsync(
            target, TwoMeters("4.2.0", steps), (_, _) => Task.FromResult<ReadOnlyMemory<byte>?>(null), Noon, CancellationToken.None)
            .DefaultTimeout();

        XElement section = XDocument.Parse(
                OpenPattern().Replace(target.ToString().Replace("<!DOCTYPE html>\n", ""), "<meta$1/>").Replace(" open>", " open=''>"))
            .Descendants("section").Single(one => (string?)one.Attribute("id") == "histograms");
        XElement[] rows = [.. section.Descendants("tbody").Single().Elements("tr")];
        rows.Should().HaveCount(2);
        rows[0].Elements("td").Take(9).Select(cell => cell.Value).Should()
            .Equal("4.1.1", Model, "4.2.0", "100", "3.000", "507.9", "950.3", "999.4", "1000");
        XElement picture = section.Descendants("figure").First().Element("svg")!;
        section.Descendants("figcaption").First().Value.Should().Be($"4.1.1 on {Model} 4.2.0, 100 samples");
        picture.Elements("text").Select(text => text.Value).Should().Equal("1", "10", "100", "1000", "floor", "p50", "p95", "p99");
        picture.Elements("rect").Sum(bar => int.Parse(bar.Value.Split(' ')[0], CultureInfo.InvariantCulture)).Should().Be(100);
        double[] marks =
        [
            .. picture.Elements("line").Where(line => (string?)line.Attribute("class") is "mark" or "line")
                .Select(line => double.Parse(line.Attribute("x1")!.Value, CultureInfo.InvariantCulture)),
        ];
        marks.Should().HaveCount(4).And.BeInAscendingOrder();
        section.Descendants("script").Should().BeEmpty();
    }

    private static CycleDetail TwoMeters(string firmware, params Step[] steps)
    {
        DeviceBaseline meter = Device(Virtual);
        meter = meter with { Inventory = meter.Inventory with { FirmwareVersion = firmware } };
        DeviceBaseline second = meter with { Device = meter.Device with { Id = new DeviceId("esme-02") } };
        CycleDetail cycle = Cycle(Execution(1, Attempt(1, Verdict.Passed, steps: steps)));
        return cycle with { Cycle = cycle.Cycle with { Devices = [meter, second] } };
    }

    [GeneratedRegex("<meta([^>]*)>")]
    private static partial Regex OpenPattern();
}
